import { isBefore, minutes, msBetween } from '../../common/time.ts'
import type { Verdict } from './decide.ts'
import { drillIsOver } from './drill.ts'
import type { Effect } from './effect.ts'
import type { IncidentEvent } from './event.ts'
import { type Incident, isRinging } from './incident.ts'
import { grownLate } from './late-evidence.ts'
import { isInMaintenance } from './maintenance.ts'
import { isOutstanding } from './remedy.ts'
import { remedyGaveUp, remedyQuestions } from './remedy-steps.ts'
import { askedAgain, ownerReminded } from './reminded.ts'
import { isRollingBack } from './rollback.ts'
import { rollbackGaveUp, rollbackQuestions } from './rollback-steps.ts'
import { fellSilent } from './slack-away.ts'
import { resolvedNow } from './when-person-acts.ts'
import { evidenceOf } from './when-rollback-asked.ts'

/** Everything the sweep finds due, in one go, so that a minute told twice changes nothing more. */
export function whenMinutePassed(
  incident: Incident,
  event: Extract<IncidentEvent, { type: 'minute-passed' }>,
): Verdict {
  const { at } = event
  if (incident.status === 'resolved') return 'nothing-due'
  const gaveUp = rollbackGaveUp(incident, at)
  const unanswered = remedyGaveUp(gaveUp?.incident ?? incident, at)
  const left = unanswered?.incident ?? gaveUp?.incident ?? incident
  const reminded = ownerReminded(left, at)
  const again = askedAgain(reminded?.incident ?? left, at)
  const told = again?.incident ?? reminded?.incident ?? left
  const isOver = drillIsOver(told, at)
  const end = isOver || stayedQuiet(told, at) ? resolvedNow(told, at) : undefined
  const late = end ? undefined : grownLate(told, at)
  const silent = end ? undefined : fellSilent(late ?? told, event)
  const asked = end ? [] : questions(told, at)
  const because = [
    ...(gaveUp ? ['a rollback took too long'] : []),
    ...(unanswered ? ['a remedy took too long'] : []),
    ...(reminded ? ['the owner went silent'] : []),
    ...(again ? ['management has not answered'] : []),
    ...(end ? [isOver ? 'the drill is over' : 'it stayed quiet'] : []),
    ...(isStepDue(told, at) ? ['an escalation is due'] : []),
    ...(late ? ['nothing could be read for minutes'] : []),
    ...(silent ? ['Slack takes no messages'] : []),
    ...(asked.length > 0 ? ['there is something to look at'] : []),
  ]
  if (because.length === 0) return 'nothing-due'
  const effects = [
    ...(gaveUp?.effects ?? []),
    ...(unanswered?.effects ?? []),
    ...(reminded?.effects ?? []),
    ...(again?.effects ?? []),
    ...(end?.effects ?? []),
    ...(late ? [{ kind: 'show' } as const] : []),
    ...asked,
  ]
  return { because: because.join('; '), incident: end?.incident ?? silent?.incident ?? late ?? told, effects }
}

/**
 * An incident does not end by itself while a rollback or a remedy is on its way or its proof is outstanding, nor while
 * maintenance mode is on.
 */
const stayedQuiet = (incident: Incident, at: string): boolean =>
  incident.quietUntil !== undefined &&
  !isBefore(at, incident.quietUntil) &&
  !isRollingBack(incident.rollback) &&
  !hasJustFailed(incident, at) &&
  !incident.remedies?.some(isOutstanding) &&
  !isInMaintenance(incident)

/** A rollback that fails in this minute goes up to the developers before the incident can end. */
const hasJustFailed = ({ rollback }: Incident, at: string): boolean =>
  rollback?.status === 'failed' && !isBefore(rollback.stepAt, at)

/** `decide` takes the step itself, after any event. */
const isStepDue = ({ escalation: { next } }: Incident, at: string): boolean => 'due' in next && !isBefore(at, next.due)

/** What is not being asked already. */
function questions(incident: Incident, at: string): Effect[] {
  const wanted: Effect[] = [
    ...rollbackQuestions(incident),
    ...remedyQuestions(incident),
    ...(wantsEvidence(incident, at) ? evidenceOf(incident) : []),
  ]
  return wanted.filter((effect) => !incident.pending.some((waiting) => waiting.effect.kind === effect.kind))
}

/** Numbers are read again every minute while the alarm rings. */
function wantsEvidence(incident: Incident, at: string): boolean {
  const readAt = incident.evidence?.readAt
  return isRinging(incident) && (readAt === undefined || msBetween(readAt, at) >= minutes(1) - 5_000)
}
