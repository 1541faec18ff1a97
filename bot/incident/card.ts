import * as z from 'zod'

/** Why and when a level was asked: what its card says first. */
export const CardStep = z.object({
  why: z.string(),
  by: z.string().optional(),
  reason: z.string().optional(),
  /** When the step up was decided: office hours are judged by it. */
  at: z.iso.datetime(),
})

/**
 * A message about the incident, besides the root message, that is edited: the line in the channel of incidents, what asked
 * the developers, what asks management, in a channel and to each of them, and the action items in the thread.
 */
export const Card = z.object({
  /** `announcement`, `developers`, `managers`, `actions`, or `managers/U123` for the one that this person gets alone. */
  id: z.string().min(1),
  kind: z.enum(['announcement', 'developers', 'managers', 'actions']),
  /** Whose direct message it is; absent in a channel. */
  to: z.string().optional(),
  /** Absent where nobody is asked for anything. */
  step: CardStep.optional(),
  message: z.object({ channel: z.string(), ts: z.string() }).optional(),
  /** Counts what people could see change on it; one drawn from an older look is drawn again. */
  look: z.int(),
})
export type Card = z.output<typeof Card>
export type CardKind = Card['kind']

/** So many people of management get a direct message; the channel has it for the rest. */
export const mostManagers = 10
