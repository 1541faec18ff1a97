import { minutes, msBetween } from '../../common/time.ts'
import { type Incident, isReported } from './incident.ts'
import { evidenceOf } from './when-rollback-asked.ts'

/** Evidence is asked for every minute while it lasts; so many later whoever reads it is failing. */
const lateAfter = minutes(5)

/** The incident as it is when nothing could be read for minutes, so that people are told once; undefined when that is not so. */
export function grownLate(incident: Incident, at: string): Incident | undefined {
  // Nobody reads anything for a drill, nor for what has neither a function nor numbers of ours.
  if (evidenceOf(incident).length === 0) return undefined
  const ringing = Object.values(incident.alarms).filter((alarm) => alarm.ringing)
  const reported = isReported(incident) ? (incident.reports ?? []) : []
  const since = [...ringing.map(({ changedAt }) => changedAt), ...reported.map(({ at }) => at)].toSorted()[0]
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
