import { isBefore, minutes, msBetween } from '../../common/time.ts'
import type { Verdict } from './decide.ts'
import type { Effect } from './effect.ts'
import type { IncidentEvent } from './event.ts'
import { type Incident, isRinging } from './incident.ts'
import { rollbackGaveUp, rollbackQuestions } from './rollback-steps.ts'
import { resolvedNow } from './when-person-acts.ts'

/** What the sweep finds due. One thing at a time: the next minute finds the next. */
export function whenMinutePassed(
  incident: Incident,
  { at }: Extract<IncidentEvent, { type: 'minute-passed' }>,
): Verdict {
  if (incident.status === 'resolved') return 'nothing-due'
  const gaveUp = rollbackGaveUp(incident, at)
  if (gaveUp) return { because: 'a rollback took too long', ...gaveUp }
  const { next } = incident.escalation
  if ('due' in next && next.level !== 1 && !isBefore(at, next.due)) {
    return { because: 'an escalation is due', incident, effects: [] }
  }
  const isQuiet = incident.quietUntil !== undefined && !isBefore(at, incident.quietUntil)
  if (isQuiet && !isRinging(incident) && rollbackQuestions(incident).length === 0) {
    return { because: 'it stayed quiet', ...resolvedNow(incident, at) }
  }
  const questions: Effect[] = [...rollbackQuestions(incident), ...(wantsEvidence(incident, at) ? readEvidence : [])]
  const asked = questions.filter((effect) => !incident.pending.some((waiting) => waiting.effect.kind === effect.kind))
  return asked.length === 0 ? 'nothing-due' : { because: 'a minute passed', incident, effects: asked }
}

const readEvidence: Effect[] = [{ kind: 'read-evidence' }]

/** Numbers are read again every minute while the alarm rings. */
function wantsEvidence(incident: Incident, at: string): boolean {
  const readAt = incident.evidence?.readAt
  return isRinging(incident) && (readAt === undefined || msBetween(readAt, at) >= minutes(1) - 5_000)
}
