import { type AlarmName, alarmNamed } from '../../common/alarms.ts'
import type { AlarmRecord } from './alarm-record.ts'
import { noted } from './change.ts'
import type { Ignored, Verdict } from './decide.ts'
import type { Effect } from './effect.ts'
import type { IncidentEvent, RollbackAsk } from './event.ts'
import { gravity, type Incident, isReported, ownAlarms, ringsItself } from './incident.ts'
import { isInMaintenance } from './maintenance.ts'
import { isRollingBack, type Rollback } from './rollback.ts'
import { planRollback, type RollbackPlan } from './rollback-plan.ts'

type Event<T extends IncidentEvent['type']> = Extract<IncidentEvent, { type: T }>

/** The alarm an incident is told by, never one that only follows from it: ringing before quiet, the worst, then the first. */
export function leadAlarm(incident: Incident): AlarmRecord | undefined {
  const weight = (alarm: AlarmRecord) => (alarm.ringing ? 10 : 0) + gravity[alarm.severity]
  return ownAlarms(incident).sort(
    (a, b) => weight(b) - weight(a) || (a.firedAt ?? a.changedAt).localeCompare(b.firedAt ?? b.changedAt),
  )[0]
}

/** The alarm whose numbers a rollback of `role` is judged by. */
export function alarmJudging(incident: Incident, role: 'api' | 'updater'): AlarmRecord | undefined {
  const curable = ownAlarms(incident).filter((alarm) => roleOf(incident, alarm) === role)
  const { rollback: _any, ...rest } = incident
  return leadAlarm({ ...rest, alarms: Object.fromEntries(curable.map((alarm) => [alarm.name, alarm])) })
}

/** The function whose deployment could be behind an alarm. An unlisted alarm of a function of ours is about it. */
function roleOf(incident: Incident, alarm: AlarmRecord): 'api' | 'updater' | undefined {
  if (alarm.listed !== undefined) return alarmNamed(alarm.listed)?.rollback
  return incident.service === 'api' || incident.service === 'updater' ? incident.service : undefined
}

/** The function that the Roll back button is about, or undefined where no rollback can cure the alarms. */
export function rollbackRole(incident: Incident): 'api' | 'updater' | undefined {
  const lead = leadAlarm(incident)
  const roles = ownAlarms(incident).flatMap((alarm) => roleOf(incident, alarm) ?? [])
  return (lead && roleOf(incident, lead)) ?? roles[0] ?? reportedRole(incident)
}

/** What a person reports of a function may come from its newest version, whatever alarms say. */
function reportedRole(incident: Incident): 'api' | 'updater' | undefined {
  if (!isReported(incident)) return undefined
  return incident.service === 'api' || incident.service === 'updater' ? incident.service : undefined
}

/** What there is to read for an incident: an alarm of somebody else's has neither function nor numbers of ours. */
export const evidenceOf = (incident: Incident): Effect[] =>
  rollbackRole(incident) || Object.values(incident.alarms).some(({ listed }) => listed !== undefined)
    ? [{ kind: 'read-evidence' }]
    : []

/** Why no rollback can begin, as far as the record tells; undefined when one can. */
export function refusal(incident: Incident): Ignored | undefined {
  if (incident.status === 'resolved') return 'already-resolved'
  if (isRollingBack(incident.rollback)) return 'rollback-running'
  // No price is answered, so that nothing could be proven.
  if (isInMaintenance(incident)) return 'maintenance-on'
  if (!ringsItself(incident)) return 'alarm-clear'
  const role = rollbackRole(incident)
  if (!role) return 'no-function'
  const known = incident.evidence?.functions[role]
  const plan = known && planRollback(role, known, leadAlarm(incident)?.firedAt ?? incident.openedAt)
  if (plan && !plan.possible && plan.why === 'already-undone') return 'already-undone'
  if (role === 'updater' && !plan && !isReported(incident)) return 'evidence-missing'
  return plan && isPointless(incident, role, plan) ? 'deployment-unlikely' : undefined
}

/**
 * A dead price source is not cured by a rollback: the updater goes back only where a deployment of it may be
 * the cause. A rollback of the API is offered whatever the verdict, and so is any of what a person has reported: there
 * a person may know better.
 */
export const isPointless = (incident: Incident, role: 'api' | 'updater', plan: RollbackPlan): boolean =>
  role === 'updater' && plan.possible && plan.verdict === 'unlikely' && !isReported(incident)

/** Where no alarm of the function is known, its own measure tells whether the rollback does harm. */
const measuredBy = { api: 'LambdaErrorAlarm', updater: 'PricesStaleAlarm' } as const satisfies Record<string, AlarmName>

export function whenRollbackOpened(incident: Incident, event: Event<'rollback-opened'>): Verdict {
  const { viewId, hash, by, role } = event
  return {
    because: 'a person looks at a rollback',
    incident,
    effects: [{ kind: 'fill-modal', viewId, hash, user: by, role }],
  }
}

export function whenRollbackAsked(incident: Incident, { at, by, ask }: Event<'rollback-asked'>): Verdict {
  if (incident.lastAsk === ask.id) return 'already-done'
  const against = refusal(incident) ?? refusedByAlias(incident, ask)
  if (against) return against
  const judge = alarmJudging(incident, ask.role)
  if (!judge && !isReported(incident)) return 'no-function'
  const { role, from, to, aliasRevision } = ask
  const rollback: Rollback = {
    status: 'requested',
    role,
    from,
    to,
    aliasRevision,
    by,
    askedAt: at,
    stepAt: at,
    alarm: judge?.listed ?? judge?.name ?? measuredBy[role],
    ...(judge?.value !== undefined && { before: judge.value }),
  }
  const owner = incident.owner ?? { user: by, at }
  const asked = noted(
    { ...incident, rollback, owner, lastAsk: ask.id },
    { at, what: 'rollback-asked', by, about: `v${from} → v${to}` },
  )
  return {
    because: 'a person asked for a rollback',
    incident: { ...asked, status: incident.status === 'open' ? 'acknowledged' : incident.status },
    effects: [
      { kind: 'start-rollback', role, to, aliasRevision, askedAt: at },
      { kind: 'show' },
      { kind: 'reply', say: { say: 'rollback-asked', by, role, from, to } },
    ],
  }
}

function refusedByAlias(incident: Incident, ask: RollbackAsk): Ignored | undefined {
  const known = incident.evidence?.functions[ask.role]
  if (known && !known.versions.some(({ version }) => version === ask.to)) return 'target-missing'
  if (!ask.now) return undefined
  if (ask.now.version === ask.to && Object.keys(ask.now.weights).length === 0) return 'equals-current'
  return ask.now.revisionId === ask.aliasRevision ? undefined : 'alias-moved'
}
