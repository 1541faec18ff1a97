import * as z from 'zod'

const text = z.string().min(1)

/** Bolt looks up a team by its id, and a name that every object has would be found. */
const SlackId = z.string().regex(/^[A-Z0-9]{1,40}$/)
const Place = z.looseObject({ id: SlackId }).nullish()
const around = { team: Place, enterprise: Place }
const Person = z.looseObject({ id: text, team_id: SlackId.optional() })

/** What Bolt relies on without looking. */
const Interaction = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('block_actions'),
    user: Person,
    ...around,
    actions: z.array(z.looseObject({ action_id: z.string() })).min(1),
    // Bolt takes an absent channel, and stumbles over null.
    channel: z.looseObject({ id: text }).optional(),
  }),
  z.looseObject({
    type: z.enum(['view_submission', 'view_closed']),
    user: Person,
    ...around,
    view: z.looseObject({ id: text, callback_id: z.string() }),
    response_urls: z.array(z.looseObject({ response_url: text })).optional(),
  }),
])
const interactions: readonly unknown[] = ['block_actions', 'view_submission', 'view_closed']

/** A typed command, as far as Bolt relies on it; the rest is read where it is answered. */
const Command = z.looseObject({
  command: z.string(),
  team_id: SlackId.optional(),
  enterprise_id: SlackId.optional(),
})
/** What Slack tells of its own accord, as far as Bolt relies on it. */
const Told = z.looseObject({
  team_id: SlackId.optional(),
  enterprise_id: SlackId.nullish(),
  authorizations: z.array(z.looseObject({ team_id: SlackId.nullish(), enterprise_id: SlackId.nullish() })).optional(),
  event: z.looseObject({ type: text, user: text }),
})
/** The events that the manifest asks for. */
const events: readonly unknown[] = ['app_home_opened']
const OfEvent = z.looseObject({ type: z.literal('event_callback'), event: z.looseObject({ type: z.unknown() }) })

/** Slack asks in its own behalf whether the address is ours, and Bolt answers. */
const Question = z.union([
  z.looseObject({ ssl_check: z.unknown() }),
  z.looseObject({ type: z.literal('url_verification') }),
])
const Anything = z.looseObject({})

export const mediaType = (contentType: string | undefined): string =>
  (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? ''

/** What becomes of a body: Bolt is given it; nobody here knows it; or it is refused, and why. */
export type Readable = { is: 'ours' } | { is: 'unknown' } | { is: 'unreadable'; why: string }

/** Bolt is given only what the bot may answer, for it stumbles over much of the rest. */
export function readable(type: string, body: string): Readable {
  switch (type) {
    case 'application/json':
      return ofPayload(readJson(body))
    case 'application/x-www-form-urlencoded': {
      const fields = new URLSearchParams(body)
      const payload = fields.get('payload')
      return ofPayload(payload === null ? Object.fromEntries(fields) : readJson(payload))
    }
    default:
      return { is: 'unreadable', why: 'expected a form or JSON' }
  }
}

function ofPayload(read: unknown): Readable {
  const payload = Anything.safeParse(read)
  if (!payload.success) return { is: 'unreadable', why: 'the payload is not a JSON object' }
  const { type, command } = payload.data
  if (interactions.includes(type)) return checked(Interaction, read, 'the payload')
  const told = OfEvent.safeParse(read)
  if (told.success && events.includes(told.data.event.type)) return checked(Told, read, 'the event')
  if (typeof command === 'string') return checked(Command, read, 'the command')
  return Question.safeParse(read).success ? { is: 'ours' } : { is: 'unknown' }
}

const checked = (schema: z.ZodType, read: unknown, what: string): Readable =>
  schema.safeParse(read).success ? { is: 'ours' } : { is: 'unreadable', why: `${what} is not one that Slack sends` }

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
