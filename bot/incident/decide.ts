import { isBefore } from '../../common/time.ts'
import { audited, climbedByItself } from './audit.ts'
import { withCardsShown } from './cards.ts'
import { type Change, withEffects } from './change.ts'
import { refusedInDrill } from './drill.ts'
import type { Effect } from './effect.ts'
import { nextStep } from './escalation.ts'
import type { IncidentEvent } from './event.ts'
import { archiveAgain } from './history.ts'
import type { Incident } from './incident.ts'
import { type OfficeHours, tokyoOfficeHours } from './office-hours.ts'
import { rollbackQuestions } from './rollback-steps.ts'
import { whenMailDue, withNews } from './slack-away.ts'
import { whenAlarmChanged } from './when-alarm-changed.ts'
import { whenConsequenceMoved, whenConsequenceOffered } from './when-consequence.ts'
import { whenCustomerReported } from './when-customer-reported.ts'
import { whenCustomersTold } from './when-customers-told.ts'
import { whenEffectDone } from './when-effect-done.ts'
import { whenKeyOpened } from './when-key-opened.ts'
import { whenMinutePassed } from './when-minute-passed.ts'
import { whenHoldAsked, whenStillOnIt, whenTakenOver } from './when-owner-acts.ts'
import { escalated, whenAcknowledged, whenEscalationAsked, whenResolveAsked } from './when-person-acts.ts'
import { whenActionItemAdded, whenActionItemTicked, whenPostmortemAsked } from './when-postmortem-asked.ts'
import { whenRemedyAsked, whenRemedyOpened } from './when-remedy-asked.ts'
import { whenReported } from './when-reported.ts'
import { whenRollbackAsked, whenRollbackOpened } from './when-rollback-asked.ts'
import { whenStepTicked } from './when-step-ticked.ts'

/** Why nothing is done. Every one has a name, so that a log line or an answer can say it. */
export type Ignored =
  | 'nothing-open'
  | 'already-known'
  | 'older-than-known'
  | 'too-many-alarms'
  | 'too-many-reports'
  | 'not-its-consequence'
  | 'already-acknowledged'
  | 'already-yours'
  | 'not-the-owner'
  | 'nothing-to-hold'
  | 'already-resolved'
  | 'already-at-top'
  | 'nothing-due'
  | 'already-done'
  | 'rollback-running'
  | 'alarm-clear'
  | 'no-function'
  | 'already-undone'
  | 'deployment-unlikely'
  | 'evidence-missing'
  | 'target-missing'
  | 'equals-current'
  | 'alias-moved'
  | 'remedy-not-offered'
  | 'remedy-running'
  | 'remedy-in-force'
  | 'remedy-not-in-force'
  | 'too-many-remedies'
  | 'key-not-yours'
  | 'key-already-shown'
  | 'maintenance-on'
  | 'version-going-back'
  | 'not-public'
  | 'not-over-yet'
  | 'postmortem-there'
  | 'no-postmortem'
  | 'too-many-actions'
  | 'no-such-action'
  | 'drill-on'
  | 'only-a-drill'

export type Decision = { because: string; incident: Incident; effects: Effect[] } | { because: Ignored; ignored: true }

/** What a rule answers: a change and why, or the name of the reason to leave things as they are. */
export type Verdict = ({ because: string } & Change) | Ignored

/**
 * Decides what an event means for the incident of its service. Pure: the event carries its time, the
 * answer carries what to do. No incident, or one long resolved, means a new one may begin.
 */
export function decide(
  incident: Incident | undefined,
  event: IncidentEvent,
  hours: OfficeHours = tokyoOfficeHours,
): Decision {
  const verdict = consider(incident, event)
  if (typeof verdict === 'string') return { because: verdict, ignored: true }
  const decided = withStepsDue(incident, verdict, event, hours)
  const cards = withCardsShown(incident, decided.incident)
  return {
    because: decided.because,
    incident: withEffects(cards.incident, cards.effects, event.at),
    effects: [...decided.effects, ...cards.effects],
  }
}

/** What was decided and by whom, with the escalation that follows from it: that is the bot's, whoever the event was about. */
function withStepsDue(
  before: Incident | undefined,
  verdict: { because: string } & Change,
  event: IncidentEvent,
  hours: OfficeHours,
) {
  const isFiled = verdict.effects.some(({ kind }) => kind === 'archive')
  const effects = [...verdict.effects, ...(isFiled ? [] : archiveAgain(before, verdict.incident))]
  const changed = withEffects(verdict.incident, effects, event.at)
  const settled = audited(before, withNews(before, settle(changed, hours), event.at), event)
  const due = settled.escalation.next
  if (!('due' in due) || isBefore(event.at, due.due)) {
    return { because: verdict.because, incident: settled, effects }
  }
  // What is due already is not left to the next sweep: a rollback that failed escalates at once.
  const climb = escalated(settled, due.level, due.why, event.at)
  const stepped = settle(withEffects(climb.incident, climb.effects, event.at), hours)
  const climbed = withNews(settled, stepped, event.at)
  return {
    because: `${verdict.because}; ${due.why}`,
    incident: climbedByItself(settled, climbed, event.at, due.why),
    effects: [...effects, ...climb.effects],
  }
}

/** Decides events one after the other, each on what the one before left. */
export function decideAll(start: Incident | undefined, events: readonly IncidentEvent[], hours: OfficeHours) {
  let incident = start
  const decisions = events.map((event) => {
    const decision = decide(incident, event, hours)
    if (!('ignored' in decision)) incident = decision.incident
    return decision
  })
  return { incident, decisions }
}

/** What was decided, for the log: which event, why, and the names of what is to be done. */
export const inShort = (events: readonly IncidentEvent[], decisions: readonly Decision[]) =>
  decisions.map((decision, index) => ({
    event: events[index]?.type,
    because: decision.because,
    effects: 'ignored' in decision ? [] : decision.effects.map(({ kind }) => kind),
  }))

/** What follows from the rest: the next step up, and when somebody took it first. */
const settle = (incident: Incident, hours: OfficeHours): Incident => ({
  ...incident,
  ...(incident.acknowledgedAt === undefined && incident.owner && { acknowledgedAt: incident.owner.at }),
  escalation: { ...incident.escalation, next: nextStep(incident, hours) },
})

function consider(incident: Incident | undefined, event: IncidentEvent): Verdict {
  if (event.type === 'alarm-changed') return whenAlarmChanged(incident, event)
  if (event.type === 'consequence-offered') return whenConsequenceOffered(incident, event)
  if (event.type === 'reported') return whenReported(incident, event)
  if (!incident) return 'nothing-open'
  const refused = refusedInDrill(incident, event)
  if (refused) return refused
  switch (event.type) {
    case 'consequence-moved':
      return whenConsequenceMoved(incident, event)
    case 'acknowledged':
      return whenAcknowledged(incident, event)
    case 'taken-over':
      return whenTakenOver(incident, event)
    case 'still-on-it':
      return whenStillOnIt(incident, event)
    case 'hold-asked':
      return whenHoldAsked(incident, event)
    case 'escalation-asked':
      return whenEscalationAsked(incident, event)
    case 'resolve-asked':
      return whenResolveAsked(incident, event)
    case 'postmortem-asked':
      return whenPostmortemAsked(incident, event)
    case 'action-item-added':
      return whenActionItemAdded(incident, event)
    case 'action-item-ticked':
      return whenActionItemTicked(incident, event)
    case 'rollback-opened':
      return whenRollbackOpened(incident, event)
    case 'rollback-asked':
      return whenRollbackAsked(incident, event)
    case 'remedy-opened':
      return whenRemedyOpened(incident, event)
    case 'remedy-asked':
      return whenRemedyAsked(incident, event)
    case 'customer-reported':
      return whenCustomerReported(incident, event)
    case 'step-ticked':
      return whenStepTicked(incident, event)
    case 'customers-told':
      return whenCustomersTold(incident, event)
    case 'key-opened':
      return whenKeyOpened(incident, event)
    case 'minute-passed':
      return whenMinutePassed(incident, event)
    case 'mail-due':
      return whenMailDue(incident, event)
    case 'effect-done':
      return whenEffectDone(incident, event)
    case 'deployment-changed':
      return whenDeploymentChanged(incident)
    default:
      return event satisfies never
  }
}

/** CodeDeploy's events carry neither version nor author, so they only make us look. */
function whenDeploymentChanged(incident: Incident): Verdict {
  if (incident.status === 'resolved') return 'nothing-open'
  const effects: Effect[] = [...rollbackQuestions(incident), { kind: 'read-evidence' }]
  return { because: 'a deployment changed', incident, effects }
}
