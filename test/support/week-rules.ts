import { type Course, gravity, isRunning, listed, min, never, ringing } from './week-course.ts'
import type { Ms } from './week-facts.ts'
import { closesAfter, opensFrom } from './week-office.ts'

/** The rules of escalation as people say them, written a second time and on purpose not the way the bot does. */

interface Reason {
  why: string
  due: Ms
}

/** By when somebody must have answered: 15 min, an hour, within the working day; Low waits for nobody. */
function answerDue({ severity, since, graveSince }: Course): Ms {
  const from = Math.max(since, graveSince)
  const by = { Critical: from + 15 * min, High: from + 60 * min, Medium: closesAfter(from), Low: Number.NaN }
  return by[severity]
}

/** What speaks for level 2 while something rings. */
function reasonsWhileRinging(course: Course): Reason[] {
  const { owner, complaints, automaticRollbackFailed } = course
  const rings = ringing(course).map((alarm) => ({ ...alarm, listed: listed(alarm.name) }))
  const firstSince = Math.min(...rings.map(({ since }) => since))
  const reasons: (Reason | false)[] = [
    !owner && { why: 'not-acknowledged', due: answerDue(course) },
    ...rings.map(
      (alarm) =>
        alarm.listed !== undefined && {
          why: 'alarm-lasts',
          due: alarm.since + alarm.listed.escalate.afterMinutes * min,
        },
    ),
    rings.some(({ above }) => above >= 2) && { why: 'alarm-grew', due: course.since },
    complaints.count >= 3 &&
      rings.some((alarm) => alarm.listed?.escalate.complaints) && { why: 'customers-complain', due: complaints.last },
    automaticRollbackFailed && { why: 'automatic-rollback-failed', due: course.since },
  ]
  // What was due while all was quiet is due when something rings again.
  return reasons.filter((reason) => reason !== false).map(({ why, due }) => ({ why, due: Math.max(due, firstSince) }))
}

/** A rollback that went wrong is a matter for developers whether or not something rings. */
function reasonsOfRollback({ rollback }: Course): Reason[] {
  if (rollback?.is === 'failed') return [{ why: 'rollback-failed', due: rollback.since }]
  return rollback?.is === 'did not help' ? [{ why: 'rollback-did-not-help', due: rollback.since }] : []
}

/** The steps up that lie ahead, by what is known now, each with its moment. */
export function stepsUp(course: Course): (Reason & { level: 2 | 3 })[] {
  const { severity, level, levelSince, since, over, service } = course
  if (over !== undefined || level === 3 || severity === 'Low' || service.stopped) return []
  const isRinging = ringing(course).length > 0
  const hour = Math.max(levelSince, since) + 60 * min
  const rangSince = Math.min(...ringing(course).map((alarm) => alarm.since))
  const reasons =
    level === 1
      ? [...(isRinging ? reasonsWhileRinging(course) : []), ...reasonsOfRollback(course)]
      : isRinging
        ? [{ why: 'level-2-lasts', due: Math.max(hour, rangSince) }]
        : []
  return reasons.map(({ why, due }) => ({ why, level: level === 1 ? 2 : 3, due: shifted(course, why, due) }))
}

/** Alarms tell of a stopped service for five minutes more; a hold shifts; Medium calls people in office hours only. */
function shifted({ severity, heldUntil, service }: Course, why: string, due: Ms): Ms {
  const waits = Math.max(due, heldUntil, service.wentOnAt + 5 * min)
  const isEndOfDay = why === 'not-acknowledged' && waits === due && closesAfter(due - 1) === due
  return severity === 'Medium' && !isEndOfDay ? opensFrom(waits) : waits
}

const remindsAfter = { Critical: 15 * min, High: 30 * min, Medium: undefined, Low: undefined }

/** Since when nothing has been heard of the owner. */
const silentSince = ({ owner, heard, since }: Course): Ms =>
  owner ? Math.max(owner.since, heard.get(owner.by) ?? never, since) : never

export const remindersSoFar = (course: Course): number =>
  course.owner && course.reminders.at > silentSince(course) ? course.reminders.count : 0

/** An owner who is silent for 15 min (High 30) while something rings is reminded, three times in a row at most. */
export function reminderDue(course: Course): Ms | undefined {
  const { severity, owner, over, reminders, rollback, heldUntil } = course
  const after = remindsAfter[severity]
  if (!owner || after === undefined || over !== undefined || ringing(course).length === 0) return undefined
  if (isRunning(rollback) || remindersSoFar(course) >= 3) return undefined
  return Math.max(Math.max(silentSince(course), reminders.at, rollback?.since ?? never) + after, heldUntil)
}

/** Management is asked once more after 15 min, unless somebody has taken it or decided since. */
export function secondAskDue(course: Course): Ms | undefined {
  const { level, levelSince, since, over, owner, service, askedAgainAt, heldUntil } = course
  const asked = Math.max(levelSince, since)
  if (level !== 3 || over !== undefined || ringing(course).length === 0) return undefined
  if (service.stopped || service.stoppedAt >= asked || (owner && owner.since >= asked)) return undefined
  return askedAgainAt !== undefined && askedAgainAt >= since ? undefined : Math.max(asked + 15 * min, heldUntil)
}

/** Whom a hold keeps waiting: the next level, or management that would be asked again. */
export const nextCall = (course: Course): Ms | undefined => {
  const dues = stepsUp(course).map(({ due }) => due)
  return dues.length > 0 ? Math.min(...dues) : secondAskDue(course)
}

/** Whether it ends by itself: quiet for its time, no rollback under way, the service not stopped, nor just put back. */
export const endsNow = (course: Course, at: Ms): boolean =>
  course.over === undefined &&
  course.quietUntil !== undefined &&
  course.quietUntil <= at &&
  !isRunning(course.rollback) &&
  !course.service.stopped &&
  // A rollback that has just failed is told to the developers first.
  !(course.rollback?.is === 'failed' && course.rollback.since >= at) &&
  // Whether prices are answered again is looked for until then.
  at > course.service.wentOnAt + 13 * min

/** The alarm a rollback is judged by: the gravest, then the one that has rung longest. */
export const judge = (course: Course): string =>
  ringing(course).toSorted((a, b) => gravity[b.severity] - gravity[a.severity] || a.since - b.since)[0]?.name ?? ''
