import type { Changes } from './changes.ts'
import type { Ids } from './ids.ts'
import type { Channel, Person } from './people.ts'
import type { Block } from './schema-blocks.ts'
import type { Interactive } from './schema-elements.ts'
import { SlackError } from './slack-error.ts'
import type { Ephemeral, Message, Metadata, State } from './state.ts'

export interface Content {
  text: string
  blocks?: Block[] | undefined
  metadata?: Metadata | undefined
}

/** Slack gives every block, and every element that can be pressed, an id when the app gave none. */
export function withIds(blocks: readonly Block[], ids: Ids): Block[] {
  const element = <E extends Interactive>(each: E): E => ({ ...each, action_id: each.action_id ?? ids.next('', 5) })
  const fill = <B extends Block>(block: B): B => {
    const named = { ...block, block_id: block.block_id ?? ids.next('', 5) }
    if (named.type === 'actions') named.elements = named.elements.map(element)
    if (named.type === 'section' && named.accessory && named.accessory.type !== 'image') {
      named.accessory = element(named.accessory)
    }
    if (named.type === 'input') named.element = element(named.element)
    if (named.type === 'container') named.child_blocks = named.child_blocks.map(fill)
    return named
  }
  return blocks.map(fill)
}

/** Channels, direct conversations and the messages in them. */
export function createWorkspace({
  state,
  ids,
  changes,
  botId,
  now,
}: {
  state: State
  ids: Ids
  changes: Changes
  botId: string
  now: () => Date
}) {
  const messagesOf = (channel: string): Message[] => {
    state.messages[channel] ??= []
    return state.messages[channel]
  }

  const person = (idOrName: string): Person | undefined =>
    state.people.find((each) => each.id === idOrName || each.name === idOrName || each.real_name === idOrName)

  const channel = (id: string): Channel | undefined => state.channels.find((each) => each.id === id)

  const channelNamed = (name: string): Channel | undefined => {
    const bare = name.replace(/^#/, '')
    return state.channels.find((each) => each.name === bare && each.im_with === undefined)
  }

  const message = (channelId: string, ts: string): Message | undefined =>
    messagesOf(channelId).find((each) => each.ts === ts)

  const replies = (channelId: string, ts: string): Message[] =>
    messagesOf(channelId).filter((each) => each.thread_ts === ts && each.ts !== ts)

  /** The direct conversation of the bot with a person, opened when there is none yet. */
  const conversationWith = (user: string): Channel => {
    const open = state.channels.find((each) => each.im_with === user)
    if (open) return open
    const created: Channel = { id: ids.next('D'), name: '', members: [user, botId], im_with: user }
    state.channels.push(created)
    changes.emit({ kind: 'conversation-opened', channel: created.id, user })
    return created
  }

  const post = (
    where: { channel: string; user: string; thread_ts?: string | undefined; broadcast?: boolean | undefined },
    { text, blocks, metadata }: Content,
  ): Message => {
    // A reply to a reply joins the thread of the first message, as in Slack.
    const parent = where.thread_ts === undefined ? undefined : message(where.channel, where.thread_ts)
    if (where.thread_ts !== undefined && !parent) throw new SlackError('thread_not_found')
    const posted: Message = {
      channel: where.channel,
      ts: ids.ts(),
      user: where.user,
      text,
      at: now().toISOString(),
      edits: 0,
      ...(blocks && { blocks: withIds(blocks, ids) }),
      ...(parent && { thread_ts: parent.thread_ts ?? parent.ts }),
      ...(parent && where.broadcast && { broadcast: true }),
      ...(metadata && { metadata }),
    }
    if (parent && parent.thread_ts === undefined) parent.thread_ts = parent.ts
    messagesOf(where.channel).push(posted)
    changes.emit({
      kind: 'message-posted',
      channel: posted.channel,
      ts: posted.ts,
      user: posted.user,
      ...(posted.thread_ts !== undefined && { thread_ts: posted.thread_ts }),
    })
    return posted
  }

  const announce = (kind: 'message-edited' | 'message-deleted', { channel, ts, user, thread_ts }: Message) =>
    changes.emit({ kind, channel, ts, user, ...(thread_ts !== undefined && { thread_ts }) })

  /** Text without blocks removes the blocks; blocks without text keep the text; metadata stays until replaced. */
  const edit = (kept: Message, content: Omit<Content, 'text'> & { text: string | undefined }): Message => {
    if (content.text !== undefined) kept.text = content.text
    if (content.blocks) kept.blocks = withIds(content.blocks, ids)
    else if (content.text !== undefined) delete kept.blocks
    if (content.metadata) kept.metadata = content.metadata
    kept.edits += 1
    kept.edited = { user: botId, ts: ids.ts() }
    announce('message-edited', kept)
    return kept
  }

  const remove = (kept: Message): void => {
    state.messages[kept.channel] = messagesOf(kept.channel).filter((each) => each !== kept)
    announce('message-deleted', kept)
  }

  const postEphemeral = (
    to: { channel: string; user: string; thread_ts?: string | undefined },
    { text, blocks }: Content,
  ): Ephemeral => {
    const posted: Ephemeral = {
      channel: to.channel,
      ts: ids.ts(),
      user: to.user,
      text,
      at: now().toISOString(),
      ...(blocks && { blocks: withIds(blocks, ids) }),
      ...(to.thread_ts !== undefined && { thread_ts: to.thread_ts }),
    }
    state.ephemerals.push(posted)
    changes.emit({ kind: 'ephemeral-posted', channel: posted.channel, ts: posted.ts, user: posted.user })
    return posted
  }

  const ephemeral = (user: string, ts: string): Ephemeral | undefined =>
    state.ephemerals.find((each) => each.user === user && each.ts === ts)

  const replaceEphemeral = (kept: Ephemeral, { text, blocks }: Content): void => {
    kept.text = text
    if (blocks) kept.blocks = withIds(blocks, ids)
    else delete kept.blocks
    changes.emit({ kind: 'ephemeral-edited', channel: kept.channel, ts: kept.ts, user: kept.user })
  }

  const removeEphemeral = (kept: Ephemeral): void => {
    state.ephemerals = state.ephemerals.filter((each) => each !== kept)
    changes.emit({ kind: 'ephemeral-deleted', channel: kept.channel, ts: kept.ts, user: kept.user })
  }

  const join = (kept: Channel, user: string): void => {
    if (kept.members.includes(user)) return
    kept.members = [...kept.members, user]
    changes.emit({ kind: 'channel-joined', channel: kept.id, user })
  }

  return {
    person,
    channel,
    channelNamed,
    message,
    messages: (channelId: string): readonly Message[] => messagesOf(channelId),
    replies,
    conversationWith,
    post,
    edit,
    remove,
    join,
    postEphemeral,
    ephemeral,
    ephemerals: (user: string): readonly Ephemeral[] => state.ephemerals.filter((each) => each.user === user),
    replaceEphemeral,
    removeEphemeral,
  }
}

export type Workspace = ReturnType<typeof createWorkspace>
