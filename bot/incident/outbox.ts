import { isBefore, minutes, msBetween, plus } from '../../common/time.ts'
import type { PendingEffect } from './effect.ts'
import type { Incident } from './incident.ts'

/** A performer that has not reported by then is taken for lost; each further try waits twice as long. */
const firstPatience = minutes(1)
const longestPatience = minutes(15)

const patience = (attempt: number): number => Math.min(firstPatience * 2 ** (attempt - 1), longestPatience)

const isDue = (waiting: PendingEffect, now: string): boolean => {
  if (waiting.attempt === 0 || waiting.handedAt === undefined) return true
  if (waiting.claim && isBefore(now, waiting.claim.until)) return false
  return msBetween(waiting.handedAt, now) > patience(waiting.attempt)
}

/**
 * The effects to hand to their queues now: new ones, and those handed over so long ago that their
 * performer must have died. `now` is protocol time. The attempts are written into the incident, so
 * that the queue's deduplication tells a new try from an echo.
 */
export function handOver(incident: Incident, now: string): { incident: Incident; due: PendingEffect[] } {
  const pending = incident.pending.map((waiting) =>
    isDue(waiting, now) ? { ...waiting, attempt: waiting.attempt + 1, handedAt: now } : waiting,
  )
  const due = pending.filter((waiting, index) => waiting !== incident.pending[index])
  return { incident: due.length === 0 ? incident : { ...incident, pending }, due }
}

/** How long a claim holds, longer than the call it covers may take; an answer lost is looked for after it. */
export const claimLasts = 30_000

export type Claim =
  | { is: 'claimed'; incident: Incident; earlier: boolean }
  | { is: 'taken'; until: string }
  | { is: 'already-done' }

/** Takes the lease on an effect that must not happen twice. `earlier`: somebody began it before and never reported. */
export function claim(incident: Incident, effect: string, by: string, now: string): Claim {
  const waiting = incident.pending.find(({ id }) => id === effect)
  if (!waiting) return { is: 'already-done' }
  if (waiting.claim && isBefore(now, waiting.claim.until)) return { is: 'taken', until: waiting.claim.until }
  // It began when the first of several tries began: a lost message is looked for from there on.
  const lease = { by, at: waiting.claim?.at ?? now, until: plus(now, claimLasts) }
  return {
    is: 'claimed',
    earlier: waiting.claim !== undefined,
    incident: {
      ...incident,
      pending: incident.pending.map((other) => (other.id === effect ? { ...other, claim: lease } : other)),
    },
  }
}

/** Gives the lease back after an answer that says for certain that nothing happened. */
export function unclaim(incident: Incident, effect: string): Incident {
  return {
    ...incident,
    pending: incident.pending.map((waiting) => {
      if (waiting.id !== effect) return waiting
      const { claim: _given, ...free } = waiting
      return free
    }),
  }
}
