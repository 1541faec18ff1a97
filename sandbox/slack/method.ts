import { z } from 'zod'
import type { Inside } from './inside.ts'
import type { Channel, Person } from './people.ts'
import { SlackError, slackMessages } from './slack-error.ts'

export type Args = Readonly<Record<string, unknown>>
export type Answer = Record<string, unknown>

/** One Web API method: reads its arguments and does its work, or throws a `SlackError`. */
export type Method = (args: Args, inside: Inside) => Answer

/** A method whose arguments have this schema. Anything it does not name is refused, not skipped. */
export const method =
  <S extends z.ZodType>(schema: S, run: (args: z.output<S>, inside: Inside) => Answer): Method =>
  (args, inside) => {
    const parsed = schema.safeParse(args)
    if (!parsed.success) throw new SlackError('invalid_arguments', slackMessages(parsed.error.issues, args, ''))
    return run(parsed.data, inside)
  }

/** Form bodies carry `true`, `1`, `false` and `0` as text. */
export const flag = z.preprocess((value) => {
  if (value === 'true' || value === '1' || value === 1) return true
  if (value === 'false' || value === '0' || value === 0 || value === '') return false
  return value
}, z.boolean())

/** A whole number, which form bodies carry as text. */
export const count = z.coerce.number().int()

/** Form bodies carry objects and lists as JSON text. */
export function fromJson(value: unknown, error: string): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    throw new SlackError(error, ['[ERROR] this is not JSON'])
  }
}

/** One page of a list with Slack's cursors; the cursor says where the next page starts. */
export function page<T>(items: readonly T[], limit: number, cursor: string | undefined) {
  const from = cursor
    ? Number(
        Buffer.from(cursor, 'base64')
          .toString()
          .replace(/^from:/, ''),
      )
    : 0
  if (!Number.isInteger(from) || from < 0) throw new SlackError('invalid_cursor')
  const more = from + limit < items.length
  return {
    items: items.slice(from, from + limit),
    more,
    response_metadata: { next_cursor: more ? Buffer.from(`from:${from + limit}`).toString('base64') : '' },
  }
}

export function knownChannel(id: string, { workspace }: Inside): Channel {
  const channel = workspace.channel(id)
  if (!channel) throw new SlackError('channel_not_found', [`[ERROR] no channel has the id ${id}`])
  return channel
}

/** A channel the bot may read or write in. */
export function joinedChannel(id: string, inside: Inside): Channel {
  const channel = knownChannel(id, inside)
  // A private channel does not exist for those outside.
  if (!channel.members.includes(inside.botId)) {
    throw new SlackError(channel.is_private ? 'channel_not_found' : 'not_in_channel')
  }
  return channel
}

export function knownPerson(id: string, { state }: Inside, error = 'user_not_found'): Person {
  const person = state.people.find((each) => each.id === id)
  if (!person) throw new SlackError(error, [`[ERROR] nobody has the id ${id}`])
  return person
}
