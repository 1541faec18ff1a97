import type { SeenMessage } from '../protocol.ts'
import type { World } from './world.ts'

/** Up to which ts a person has read: by channel, and by channel and thread. */
export type ReadMarks = Readonly<Record<string, string>>

export const threadKey = (channel: string, thread: string) => `${channel}/${thread}`

const isReply = ({ thread_ts, ts, broadcast }: SeenMessage) =>
  thread_ts !== undefined && thread_ts !== ts && broadcast !== true

const isNewer = (ts: string, mark: string | undefined) => mark === undefined || Number(ts) > Number(mark)

/** The marks with one moved forward; the same object when it stands there already or beyond. */
export const forward = (marks: ReadMarks, key: string, ts: string): ReadMarks =>
  isNewer(ts, marks[key]) ? { ...marks, [key]: ts } : marks

/** Whether a message calls this person: by name, by a group they are in, or everyone. */
export function mentions(message: SeenMessage, world: World): boolean {
  const groups = world.people.find(({ id }) => id === world.me)?.groups ?? []
  const said = `${message.text} ${JSON.stringify(message.blocks ?? [])}`
  return (
    [`<@${world.me}>`, '<!channel>', '<!here>', '<!everyone>'].some((call) => said.includes(call)) ||
    groups.some((group) => said.includes(`<!subteam^${group}`))
  )
}

export interface Unread {
  /** Messages in the channel itself. */
  messages: number
  /** Messages and thread replies that call this person. */
  calls: number
}

/** What a person has not read yet in a channel. What they wrote themselves counts as read. */
export function unreadIn(world: World, channel: string, marks: ReadMarks): Unread {
  const isDirect = world.channels.some(({ id, isDirect }) => id === channel && isDirect)
  const unread = { messages: 0, calls: 0 }
  for (const message of world.messages) {
    if (message.channel !== channel || message.user === world.me) continue
    const key = isReply(message) ? threadKey(channel, message.thread_ts ?? '') : channel
    if (!isNewer(message.ts, marks[key])) continue
    if (!isReply(message)) unread.messages += 1
    if (isDirect || mentions(message, world)) unread.calls += 1
  }
  return unread
}

/** Replies of a thread that a person has not read yet. */
export const unreadReplies = (replies: readonly SeenMessage[], thread: string, me: string, marks: ReadMarks): number =>
  replies.filter(({ channel, ts, user }) => user !== me && isNewer(ts, marks[threadKey(channel, thread)])).length
