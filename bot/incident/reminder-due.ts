import { isBefore, type Moment, minutes, plus } from '../../common/time.ts'
import { isDrill } from './drill.ts'
import { afterHold } from './hold.ts'
import { type Incident, ringsItself } from './incident.ts'
import { approvedAt, isInMaintenance } from './maintenance.ts'
import { isRollingBack } from './rollback.ts'
import type { Happening } from './timeline.ts'

/** Minutes in which an owner should have done something; what is milder than High can wait. */
export const silentMinutes = { Critical: 15, High: 30, Medium: undefined, Low: undefined } as const

/** After so many in a row the thread is left alone; the alarm's own duration goes on counting. */
export const mostReminders = 3

/** Minutes that management has for its decision before it is asked once more. */
export const decisionMinutes = 15

const latest = (moments: readonly (Moment | undefined)[]): Moment =>
  moments.filter((at) => at !== undefined).reduce((a, b) => (isBefore(a, b) ? b : a), '1970-01-01T00:00:00.000Z')

/** What the bot does in the name of whoever asked for it, some time later. */
const doneInTheirName: readonly Happening[] = ['alias-moved', 'remedy-applied', 'remedy-undone', 'remedy-failed']

/** When the owner was last heard of: by taking the incident, or by anything done in it since. */
export function lastHeardOf({ owner, timeline }: Incident): Moment | undefined {
  if (!owner) return undefined
  const theirs = timeline.filter(({ by, what }) => by === owner.user && !doneInTheirName.includes(what))
  return latest([owner.at, ...theirs.map(({ last }) => last)])
}

/** Reminders since the owner was last heard of, or since the incident came back. */
export function remindersInARow(incident: Incident): number {
  const { reminders, ringingSince } = incident
  const heard = lastHeardOf(incident)
  if (!reminders || heard === undefined || !isBefore(latest([heard, ringingSince]), reminders.at)) return 0
  return reminders.count
}

/** When the owner is reminded next; undefined while there is no reason to. */
export function reminderDue(incident: Incident): Moment | undefined {
  const { status, severity, ringingSince, rollback, reminders } = incident
  const endedAt = rollback?.stepAt
  const within = silentMinutes[severity]
  const heard = lastHeardOf(incident)
  if (within === undefined || heard === undefined || status !== 'acknowledged') return undefined
  // While a rollback runs the bot reports, and the owner waits for it like everybody else.
  if (!ringsItself(incident) || isRollingBack(rollback) || remindersInARow(incident) >= mostReminders) return undefined
  const since = latest([heard, ringingSince, reminders?.at, endedAt])
  return afterHold(incident, plus(since, minutes(within)))
}

/**
 * Whether somebody has taken it or decided something since management was asked, or since it came back. Whoever asks for
 * a rollback has taken it, and who has approved maintenance mode has decided, also after it was lifted.
 */
function isAnswered(incident: Incident): boolean {
  const { timeline, escalation, ringingSince, owner } = incident
  const since = latest([escalation.since, ringingSince])
  const told = timeline.filter(({ what }) => what === 'customers-told').map(({ last }) => last)
  return (
    isInMaintenance(incident) || [owner?.at, approvedAt(incident), ...told].some((at) => at && !isBefore(at, since))
  )
}

/** When management is asked once more; undefined where it has answered, or has been asked twice. */
export function secondAskDue(incident: Incident): Moment | undefined {
  const { escalation, ringingSince } = incident
  const { level, since, askedAgainAt } = escalation
  if (isDrill(incident)) return undefined
  if (level !== 3 || incident.status === 'resolved' || !ringsItself(incident) || isAnswered(incident)) return undefined
  if (askedAgainAt !== undefined && !isBefore(askedAgainAt, ringingSince)) return undefined
  return afterHold(incident, plus(latest([since, ringingSince]), minutes(decisionMinutes)))
}
