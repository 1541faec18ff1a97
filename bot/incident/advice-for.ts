import { cautionsFor } from './caution.ts'
import type { Incident } from './incident.ts'
import { type Criterion, rollbackAdvice } from './rollback-advice.ts'
import { planRollback, type RollbackPlan } from './rollback-plan.ts'
import { comparedWith, ringingRole } from './seen-for.ts'
import { leadAlarm } from './when-rollback-asked.ts'

/** The criteria of the runbook for a rollback that is possible; it has none for the updater. */
export function criteriaFor(incident: Incident, plan: RollbackPlan): Criterion[] {
  if (!plan.possible || plan.role !== 'api' || !incident.evidence) return []
  const { health, readAt } = incident.evidence
  const criteria = rollbackAdvice({
    deployment: plan.deployment,
    alarmAt: comparedWith(incident),
    now: readAt,
    health,
    automatic: incident.automaticRollback,
    complaints: incident.complaints?.count,
  })
  // CodeDeploy watches alarms: what only a person sees, it never takes back by itself.
  return leadAlarm(incident) ? criteria : criteria.filter(({ criterion }) => criterion !== 'just-deployed')
}

/**
 * What the message says of a rollback before anybody has asked for one. Nothing where no deployment of the last day could be
 * the cause, or the evidence says that the cause is elsewhere: the criteria alone would talk people into a useless one.
 */
export function adviceFor(incident: Incident): Criterion[] {
  const found = incident.evidence?.functions.api
  const isLive = incident.status === 'open' || incident.status === 'acknowledged'
  if (!found || !isLive || incident.rollback || ringingRole(incident) !== 'api') return []
  const plan = planRollback('api', found, comparedWith(incident))
  if (!plan.possible || !plan.deployment || plan.verdict === 'unlikely') return []
  if (cautionsFor(incident).some((caution) => caution !== 'setting-nearer')) return []
  return criteriaFor(incident, plan)
}
