import type { Change } from '../../sandbox/slack/changes.ts'
import type { Block } from '../../sandbox/slack/schema-blocks.ts'
import type { Slack } from '../../sandbox/slack/slack.ts'

/** Collects every block this Slack shows to anybody from now on. */
export function collectBlocks(slack: Slack): { all(): Block[] } {
  const lists = new Set<readonly Block[]>()
  const shownBy = (change: Change): readonly Block[] | undefined => {
    switch (change.kind) {
      case 'message-posted':
      case 'message-edited':
        return slack.workspace.message(change.channel, change.ts)?.blocks
      case 'ephemeral-posted':
      case 'ephemeral-edited':
        return slack.workspace.ephemeral(change.user, change.ts)?.blocks
      case 'view-opened':
      case 'view-updated':
        return slack.views.stack(change.user).find(({ id }) => id === change.view)?.definition.blocks
      case 'home-published':
        return slack.views.home(change.user)?.definition.blocks
      case 'message-deleted':
      case 'ephemeral-deleted':
      case 'view-closed':
      case 'channel-joined':
      case 'conversation-opened':
        return undefined
      default:
        throw change satisfies never
    }
  }
  slack.changes.subscribe((change) => {
    const blocks = shownBy(change)
    if (blocks) lists.add(blocks)
  })
  return { all: () => [...lists].flat() }
}
