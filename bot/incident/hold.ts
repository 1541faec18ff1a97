import * as z from 'zod'
import { isBefore, type Moment, minutes } from '../../common/time.ts'
import type { Incident } from './incident.ts'

/** How long a hold keeps the incident from going up, and management from being asked again. */
export const holdTime = minutes(15)

/** Characters of a reason that are kept: whoever would have been called reads it on a phone. */
export const longestReason = 200

/** Somebody has asked for a little time, and has said why. Only the latest counts. */
export const Hold = z.object({
  by: z.string(),
  at: z.iso.datetime(),
  until: z.iso.datetime(),
  reason: z.string(),
  /** The submission that asked for it, so that one told twice counts once. */
  press: z.string(),
})
export type Hold = z.output<typeof Hold>

/** What is due at `due` waits for the end of a hold. */
export const afterHold = ({ hold }: Pick<Incident, 'hold'>, due: Moment): Moment =>
  hold && isBefore(due, hold.until) ? hold.until : due
