import type { IncidentEvent } from '../../bot/incident/event.ts'
import type { RollbackResult } from '../../bot/incident/rollback.ts'
import { alarmNamed } from '../../common/alarms.ts'
import {
  acknowledges,
  alarm,
  asksRollback,
  deployment,
  escalates,
  functionEvidence,
  holds,
  isStillOnIt,
  minute,
  pendingId,
  reading,
  readsEvidence,
  resolves,
  type Step,
  takesOver,
} from './incident-builders.ts'
import { approvesMaintenance, isLifted, isTurnedOn } from './maintenance-builders.ts'
import { asksUndo } from './remedy-builders.ts'
import type { Fact, Found } from './week-facts.ts'

/** The same fact as doors and performers tell it to the bot; `press` tells it from any other. */
export function eventsOf(fact: Fact, service: string, press: string): Step[] {
  const at = iso(fact.at)
  switch (fact.is) {
    case 'alarm': {
      const { alarm: name, severity, state, changed } = fact
      return [{ type: 'alarm-changed', at, service, alarm: alarm(name, state, iso(changed), { severity }) }]
    }
    case 'acknowledges':
      return [acknowledges(fact.by, at)]
    case 'takes over':
      return [takesOver(fact.by, at)]
    case 'holds':
      return [holds(fact.by, at, 'the fix is on its way', press)]
    case 'says still on it':
      return [isStillOnIt(fact.by, at)]
    case 'closes':
      return [resolves(fact.by, at)]
    case 'escalates':
      return [escalates(fact.by, fact.to, at)]
    case 'asks for a rollback':
      return [asksRollback(fact.by, at, { id: press })]
    case 'the rollback goes on':
      return [stepOf(fact.found, at)]
    case 'is measured':
      return [readsEvidence(at, { readings: [reading(fact.alarm, fact.value, iso(fact.minute))] })]
    case 'the automatic rollback failed': {
      // Of the updater, so that what is known of the versions of the API stays open.
      const undo = deployment(`d-${fact.at}`, '42', '41', at, { undoes: 'd-42', status: 'Failed' })
      return [readsEvidence(at, { functions: { updater: functionEvidence({ deployments: [undo] }) } })]
    }
    case 'a customer complains':
      return [{ type: 'customer-reported', at, by: fact.by, press }]
    case 'stops the service':
      return [pressed(approvesMaintenance(fact.by, at), press), ifPending('apply-remedy', isTurnedOn(at))]
    case 'lets the service go on':
      return [pressed(asksUndo(fact.by, at, 'maintenance-mode'), press), ifPending('undo-remedy', isLifted(at))]
    case 'a minute passes':
      return [minute(at)]
    default:
      return fact satisfies never
  }
}

const pressed = (event: IncidentEvent, press: string): IncidentEvent =>
  event.type === 'remedy-asked' ? { ...event, ask: { ...event.ask, press } } : event

const iso = (at: number): string => new Date(at).toISOString()

/** What was refused leaves nothing to perform; its place is taken by an answer that nobody waits for. */
const ifPending =
  (kind: 'apply-remedy' | 'undo-remedy', step: Step): Step =>
  (incident) =>
    pendingId(incident, kind) !== undefined && typeof step === 'function'
      ? step(incident)
      : { type: 'effect-done', at: incident.openedAt, effect: 'none', outcome: { is: 'done' } }

const kinds = ['start-rollback', 'move-alias', 'verify-rollback'] as const

function stepOf(found: Found, at: string): Step {
  return (incident) => {
    const kind = kinds.find((each) => pendingId(incident, each) !== undefined)
    const effect = (kind && pendingId(incident, kind)) ?? 'none'
    return { type: 'effect-done', at, effect, outcome: { is: 'rollback', result: resultOf(found, kind) } }
  }
}

function resultOf(found: Found, kind: (typeof kinds)[number] | undefined): RollbackResult {
  if (found === 'refused') return { is: 'refused', why: 'aws-refused' }
  if (kind === 'verify-rollback') return checked[found]
  if (found === 'busy') return { is: 'refused', why: kind === 'start-rollback' ? 'function-busy' : 'alias-moved' }
  return kind === 'start-rollback' ? { is: 'clear', from: '42', aliasRevision: 'r42' } : { is: 'moved', from: '42' }
}

const check = (requests: number, value?: number): RollbackResult => ({
  ...{ is: 'checked', aliasReadBack: true, priceAnswered: true, requests },
  ...(value !== undefined && { value }),
})
/** A worst value is over the limit of every alarm, and a best one under it. */
const worst =
  Math.max(...['LambdaErrorAlarm', 'LambdaThrottleAlarm'].map((name) => alarmNamed(name)?.threshold ?? 0)) * 10
const checked: Record<Exclude<Found, 'refused'>, RollbackResult> = {
  done: check(5),
  busy: check(0),
  silence: check(0),
  good: check(400, 0.1),
  bad: check(400, worst),
}
