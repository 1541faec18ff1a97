import { minutes, msBetween } from '../../common/time.ts'
import type { Incident } from './incident.ts'

/** Evidence is asked for every minute while an alarm rings; so many later whoever reads it is failing. */
const lateAfter = minutes(5)

/** The incident as it is when nothing could be read for minutes, so that people are told once; undefined when that is not so. */
export function grownLate(incident: Incident, at: string): Incident | undefined {
  const since = Object.values(incident.alarms)
    .filter(({ ringing }) => ringing)
    .map(({ changedAt }) => changedAt)
    .toSorted()[0]
  if (since === undefined || incident.evidenceIsLate) return undefined
  const readAt = incident.evidence?.readAt
  // What was read before it rang was not to be read again until then.
  const last = readAt !== undefined && readAt > since ? readAt : since
  return msBetween(last, at) < lateAfter ? undefined : { ...incident, evidenceIsLate: true }
}

/** The same incident when something was read again. */
export function inTime(incident: Incident): Incident {
  const { evidenceIsLate: _, ...rest } = incident
  return rest
}
