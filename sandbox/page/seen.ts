import type { Channel } from '../slack/people.ts'
import type { Slack } from '../slack/slack.ts'
import type { Ephemeral, Message, OpenView } from '../slack/state.ts'
import type { SeenChannel, SeenMessage, SeenView } from './protocol.ts'

/** A person sees the channels they are a member of, and no one else's conversation with the bot. */
export const sees = (channel: Channel | undefined, user: string): channel is Channel =>
  channel?.members.includes(user) ?? false

export const seenChannel = (channel: Channel, botName: string): SeenChannel => ({
  id: channel.id,
  name: channel.im_with === undefined ? channel.name : botName,
  isDirect: channel.im_with !== undefined,
})

export function seenMessage(message: Message | Ephemeral, botId: string): SeenMessage {
  const { channel, ts, text, blocks, thread_ts, at } = message
  const shared = { channel, ts, text, at, ...(blocks && { blocks }), ...(thread_ts !== undefined && { thread_ts }) }
  // An ephemeral message names its one reader; what is shown to one person alone always comes from the bot.
  if (!('edits' in message)) return { ...shared, user: botId, onlyYou: true }
  return {
    ...shared,
    user: message.user,
    ...(message.broadcast && { broadcast: true }),
    ...(message.edited && { edited: true }),
  }
}

export function seenView(view: OpenView, depth: number): SeenView {
  const { id, hash, definition, values } = view
  const { type, blocks } = definition
  const shared = { id, hash, type, blocks, values, depth }
  if (definition.type === 'home') return { ...shared, title: '' }
  const { title, submit, close } = definition
  return {
    ...shared,
    title: title.text,
    ...(submit && { submit: submit.text }),
    ...(close && { close: close.text }),
  }
}

/** Everything of the workspace that is in front of one person. */
export function workspaceOf(slack: Slack, user: string) {
  const { workspace, botId } = slack
  const botName = workspace.person(botId)?.real_name ?? botId
  const channels = slack.channels.filter((channel) => sees(channel, user))
  const messages = channels.flatMap(({ id }) => workspace.messages(id).map((message) => seenMessage(message, botId)))
  const whispers = workspace.ephemerals(user).map((message) => seenMessage(message, botId))
  return {
    me: user,
    botId,
    people: slack.people,
    groups: slack.groups,
    channels: channels.map((channel) => seenChannel(channel, botName)),
    messages: [...messages, ...whispers],
    modal: modalOf(slack, user),
    home: homeOf(slack, user),
  }
}

export function modalOf(slack: Slack, user: string): SeenView | null {
  const stack = slack.views.stack(user)
  const top = stack.at(-1)
  return top ? seenView(top, stack.length) : null
}

export function homeOf(slack: Slack, user: string): SeenView | null {
  const home = slack.views.home(user)
  return home ? seenView(home, 1) : null
}
