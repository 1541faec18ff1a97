import type { Change } from '../slack/changes.ts'
import type { Slack } from '../slack/slack.ts'
import type { Update } from './protocol.ts'
import { homeOf, modalOf, seenChannel, seenMessage, sees } from './seen.ts'

/** What a change in the workspace means for one person's page; undefined when they do not see it. */
export function updateFor(change: Change, user: string, slack: Slack): Update | undefined {
  const { workspace, botId } = slack
  switch (change.kind) {
    case 'message-posted':
    case 'message-edited': {
      const message = workspace.message(change.channel, change.ts)
      if (!message || !sees(workspace.channel(change.channel), user)) return undefined
      return { is: 'message', message: seenMessage(message, botId) }
    }
    case 'message-deleted':
      if (!sees(workspace.channel(change.channel), user)) return undefined
      return { is: 'message-gone', channel: change.channel, ts: change.ts }
    case 'ephemeral-posted':
    case 'ephemeral-edited': {
      const message = change.user === user ? workspace.ephemeral(user, change.ts) : undefined
      return message && { is: 'message', message: seenMessage(message, botId) }
    }
    case 'ephemeral-deleted':
      return change.user === user ? { is: 'message-gone', channel: change.channel, ts: change.ts } : undefined
    case 'view-opened':
    case 'view-updated':
    case 'view-closed':
    case 'home-published': {
      if (change.user !== user) return undefined
      const home = homeOf(slack, user)
      return home?.id === change.view ? { is: 'home', home } : { is: 'modal', modal: modalOf(slack, user) }
    }
    case 'channel-joined':
    case 'conversation-opened': {
      const channel = workspace.channel(change.channel)
      if (!sees(channel, user)) return undefined
      return { is: 'channel', channel: seenChannel(channel, workspace.person(botId)?.real_name ?? botId) }
    }
    default:
      throw change satisfies never
  }
}
