import * as z from 'zod'
import { isBefore, minutes, msBetween, plus } from '../../common/time.ts'

/** Something to do that is not known to be done. It stays in its record until its performer reports back. */
export const Waiting = z.object({
  id: z.string(),
  /** How often it was handed to its queue; 0 until the first time. */
  attempt: z.int(),
  handedAt: z.iso.datetime().optional(),
  /** When it was decided, in domain time; absent in records of an older version. */
  madeAt: z.iso.datetime().optional(),
  /** A lease on what must not be done twice, longer than the call's time limit. */
  claim: z.object({ by: z.string(), at: z.iso.datetime(), until: z.iso.datetime() }).optional(),
})
export type Waiting = z.output<typeof Waiting>

/** A performer that has not reported by then is taken for lost; each further try waits twice as long. */
const firstPatience = minutes(1)
const longestPatience = minutes(15)
/**
 * Sweeps are a minute apart, give or take. The one of that minute must not come just too soon: what was lost before it
 * reached its queue would wait for two, and be taken for a message that Slack does not take.
 */
const leeway = 5_000

const patience = (attempt: number): number => Math.min(firstPatience * 2 ** (attempt - 1), longestPatience)

const isDue = (waiting: Waiting, now: string): boolean => {
  if (waiting.attempt === 0 || waiting.handedAt === undefined) return true
  if (waiting.claim && isBefore(now, waiting.claim.until)) return false
  return msBetween(waiting.handedAt, now) > patience(waiting.attempt) - leeway
}

/**
 * What to hand to its queue now: what is new, and what was handed over so long ago that its performer
 * must have died. `now` is protocol time. The attempts are written into the record, so that the queue's
 * deduplication tells a new try from an echo.
 */
export function handOver<R extends { pending: Waiting[] }>(
  record: R,
  now: string,
): { record: R; due: R['pending'][number][] } {
  const pending: R['pending'][number][] = record.pending.map((waiting) =>
    isDue(waiting, now) ? { ...waiting, attempt: waiting.attempt + 1, handedAt: now } : waiting,
  )
  const due = pending.filter((waiting, index) => waiting !== record.pending[index])
  return { record: due.length === 0 ? record : { ...record, pending }, due }
}

/** How long a claim holds, longer than the call it covers may take; an answer lost is looked for after it. */
export const claimLasts = 30_000

export type Claim<R> =
  | { is: 'claimed'; record: R; earlier: boolean }
  | { is: 'taken'; until: string }
  | { is: 'already-done' }

/** Takes the lease on an effect that must not happen twice. `earlier`: somebody began it before and never reported. */
export function claim<R extends { pending: Waiting[] }>(record: R, effect: string, by: string, now: string): Claim<R> {
  const waiting = record.pending.find(({ id }) => id === effect)
  if (!waiting) return { is: 'already-done' }
  if (waiting.claim && isBefore(now, waiting.claim.until)) return { is: 'taken', until: waiting.claim.until }
  // It began when the first of several tries began: a lost message is looked for from there on.
  const lease = { by, at: waiting.claim?.at ?? now, until: plus(now, claimLasts) }
  return {
    is: 'claimed',
    earlier: waiting.claim !== undefined,
    record: {
      ...record,
      pending: record.pending.map((other) => (other.id === effect ? { ...other, claim: lease } : other)),
    },
  }
}

/** Gives the lease back after an answer that says for certain that nothing happened. */
export function unclaim<R extends { pending: Waiting[] }>(record: R, effect: string): R {
  return {
    ...record,
    pending: record.pending.map((waiting) => {
      if (waiting.id !== effect) return waiting
      const { claim: _given, ...free } = waiting
      return free
    }),
  }
}
