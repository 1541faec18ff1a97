import type { ConsequenceWhen } from '../../common/alarms.ts'
import { servedMinutes } from '../../common/prices.ts'
import { isBefore, minutes, msBetween } from '../../common/time.ts'
import { type AlarmChange, type AlarmRecord, type Consequence, mostAlarms } from './alarm-record.ts'
import type { Evidence } from './evidence.ts'
import { type Incident, ringsItself } from './incident.ts'
import { isFromMaintenance } from './maintenance.ts'

/** Evidence is read every minute; older than this it says nothing about now. */
const readingHolds = minutes(5)
/** How long a consequence may ring on without its cause before it is taken for trouble of its own. */
export const ringsOnFor = minutes(5)
/** Prices older than this explain nothing: a currency that is no longer kept would excuse every error. */
const longestExplained = minutes(24 * 60)

/**
 * Whether an incident explains, at `at`, alarms that follow from it, only while it is open. Prices explain while something
 * of its own rings, and only by evidence: what is missing or out of date explains nothing.
 */
export function explains(incident: Incident, when: ConsequenceWhen, at: string): boolean {
  if (incident.status === 'resolved') return false
  switch (when) {
    case 'prices-too-old':
      return ringsItself(incident) && hasOldPrices(incident.evidence, at)
    case 'maintenance-mode':
      return isFromMaintenance(incident, at)
    default:
      return when satisfies never
  }
}

/** Prices of at least one currency are so old that the API refuses them. */
function hasOldPrices(evidence: Evidence | undefined, at: string): boolean {
  return (evidence?.prices ?? []).some(({ updatedAt, readAt }) => {
    const age = msBetween(updatedAt, at)
    const isRecent = msBetween(readAt, at) <= readingHolds
    return isRecent && age > minutes(servedMinutes) && age <= longestExplained
  })
}

/**
 * Whether a state of an alarm belongs to the incident of the service that may have caused it: because the alarm
 * is held there already, or because it fires and is explained. In doubt it does not, and its own service has it.
 */
export function follows(incident: Incident, when: ConsequenceWhen, alarm: AlarmChange): boolean {
  const known = incident.alarms[alarm.name]
  if (known && !known.consequence) return false
  const isFiring = alarm.state === 'ALARM'
  if (known && !isBefore(known.changedAt, alarm.changedAt)) return true
  if (known?.ringing && (!isFiring || incident.status !== 'resolved')) return true
  const hasRoom = known !== undefined || Object.keys(incident.alarms).length < mostAlarms
  return isFiring && hasRoom && explains(incident, when, alarm.changedAt)
}

/** Whether its own service has the alarm already, so that it is not offered to anybody else. */
export function isAtHome(own: Incident | undefined, alarm: AlarmChange): boolean {
  const known = own?.alarms[alarm.name]
  if (!own || !known) return false
  return (known.ringing && own.status !== 'resolved') || !isBefore(known.changedAt, alarm.changedAt)
}

export type Following = AlarmRecord & { consequence: Consequence }
export const isFollowing = (alarm: AlarmRecord | undefined): alarm is Following =>
  alarm?.consequence !== undefined && alarm.ringing

/** What rings without its cause: the cause was closed by a person, or has explained nothing for five minutes. */
export const unexplained = (incident: Incident, now: string): Following[] =>
  Object.values(incident.alarms)
    .filter(isFollowing)
    .filter(
      ({ consequence: { when, explainedAt } }) =>
        incident.status === 'resolved' ||
        // Maintenance mode needs no evidence: the record tells whether it is on.
        (!(when === 'maintenance-mode' && explains(incident, when, now)) && msBetween(explainedAt, now) >= ringsOnFor),
    )

/** The incident after new evidence, which explains what follows from it once more, or no longer. */
export function explainedAnew(incident: Incident, readAt: string): Incident {
  const alarms = Object.entries(incident.alarms).map(([name, alarm]): [string, AlarmRecord] => {
    const isExplained = isFollowing(alarm) && explains(incident, alarm.consequence.when, readAt)
    if (!isExplained || isBefore(readAt, alarm.consequence.explainedAt)) return [name, alarm]
    return [name, { ...alarm, consequence: { ...alarm.consequence, explainedAt: readAt } }]
  })
  return { ...incident, alarms: Object.fromEntries(alarms) }
}

/** A consequence as the incident of its own service is told of it: ringing since it was told, of the same state. */
export function asOwn(alarm: Following, at: string): AlarmChange {
  const { name, listed, changedAt, reason, value, threshold, severity } = alarm
  return {
    name,
    ...(listed !== undefined && { listed }),
    state: 'ALARM',
    changedAt,
    countsFrom: at,
    reason,
    ...(value !== undefined && { value }),
    ...(threshold !== undefined && { threshold }),
    severity,
  }
}
