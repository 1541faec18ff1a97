import { minutes, msBetween } from '../../common/time.ts'
import type { Incident } from './incident.ts'

/** What customers have noticed, in numbers of the record. */
export interface Impact {
  /** Milliseconds from the beginning until `asOf`. */
  lasted: number
  /** Until when the numbers count. */
  asOf: string
  /** Requests from `from` on, an hour at most; `isWhole` is false when there were more than are read. */
  requests?: { failed: number; total: number; isWhole: boolean; from: string }
  /** Milliseconds since the prices that came last of all currencies; only where no new ones come. */
  priceAge?: number
}

/** Prices come every 5 or 10 minutes; older ones are news. */
const usualAge = minutes(12)

/** The numbers as they were read last, or as they were at the end. */
export function impactOf(incident: Incident): Impact {
  const { evidence, resolved, escalation, ringingSince } = incident
  const known = [evidence?.readAt, escalation.since, ringingSince].filter((at) => at !== undefined).toSorted()
  const asOf = resolved?.at ?? known.at(-1) ?? ringingSince
  const requests = evidence?.requests
  const { failed = 0, total = 0, isWhole = false, from = ringingSince } = requests ?? {}
  const oldest = (evidence?.prices ?? []).map(({ updatedAt }) => updatedAt).toSorted()[0]
  const priceAge = oldest === undefined || resolved ? 0 : msBetween(oldest, asOf)
  return {
    lasted: Math.max(0, msBetween(incident.openedAt, asOf)),
    asOf,
    ...(requests && requests.total > 0 && { requests: { failed, total, isWhole, from } }),
    ...(priceAge > usualAge && { priceAge }),
  }
}
