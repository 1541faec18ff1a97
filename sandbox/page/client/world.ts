import type { JournalEntry, SeenMessage, Update, Whole } from '../protocol.ts'

/** Everything the page knows of the sandbox. */
export type World = Whole

/** As many lines of what travels as the page keeps. */
const keptJournal = 400

const isSame = (a: SeenMessage, b: SeenMessage) => a.channel === b.channel && a.ts === b.ts

/** By ts, which orders the messages of a workspace. */
function withMessage(messages: readonly SeenMessage[], message: SeenMessage): SeenMessage[] {
  const index = messages.findLastIndex((each) => isSame(each, message))
  if (index >= 0) return messages.with(index, message)
  const before = messages.findLastIndex(({ ts }) => Number(ts) <= Number(message.ts))
  return messages.toSpliced(before + 1, 0, message)
}

function withEntries(journal: readonly JournalEntry[], entries: readonly JournalEntry[]): JournalEntry[] {
  const newest = journal.at(-1)?.n ?? 0
  return [...journal, ...entries.filter(({ n }) => n > newest)].slice(-keptJournal)
}

/** The world after an update. Until the first `whole` there is none, and nothing else makes one. */
export function updated(world: World | undefined, update: Update): World | undefined {
  if (update.is === 'whole') return update.whole
  if (!world) return undefined
  switch (update.is) {
    case 'message': {
      const { message } = update
      const messages = withMessage(world.messages, message)
      // The first reply makes its parent the first message of a thread; Slack sends no event for that.
      const parent = messages.find(({ channel, ts }) => channel === message.channel && ts === message.thread_ts)
      if (!parent || parent.thread_ts !== undefined) return { ...world, messages }
      return { ...world, messages: withMessage(messages, { ...parent, thread_ts: parent.ts }) }
    }
    case 'message-gone':
      return {
        ...world,
        messages: world.messages.filter(({ channel, ts }) => channel !== update.channel || ts !== update.ts),
      }
    case 'channel':
      return {
        ...world,
        channels: [...world.channels.filter(({ id }) => id !== update.channel.id), update.channel],
      }
    case 'modal':
      return { ...world, modal: update.modal }
    case 'home':
      return { ...world, home: update.home }
    case 'room':
      return { ...world, room: update.room }
    case 'journal':
      return { ...world, journal: withEntries(world.journal, update.entries) }
    case 'beat':
      return world
    default:
      throw update satisfies never
  }
}

/** What stands in a channel: first messages of threads, and replies that were sent there too. */
export const inChannel = (world: World, channel: string): SeenMessage[] =>
  world.messages.filter(
    (each) =>
      each.channel === channel && (each.thread_ts === undefined || each.thread_ts === each.ts || each.broadcast),
  )

/** The replies of a thread, oldest first. */
export const repliesTo = (world: World, channel: string, ts: string): SeenMessage[] =>
  world.messages.filter((each) => each.channel === channel && each.thread_ts === ts && each.ts !== ts)

export const messageAt = (world: World, channel: string, ts: string): SeenMessage | undefined =>
  world.messages.find((each) => each.channel === channel && each.ts === ts)
