import { alarmNamed } from '../../common/alarms.ts'
import type { Incident } from './incident.ts'
import { planRollback } from './rollback-plan.ts'
import { leadAlarm } from './when-rollback-asked.ts'

/** The cases of a runbook that the evidence speaks for, and why. */
export interface LikelyBranch {
  /** By their ids; a runbook has at most one that is meant, the first it knows. */
  branches: readonly string[]
  version: string
  deployedAt: string
}

const ofDeployments = ['after-deployment', 'code']

/**
 * Which case to read first. One rule: when the deployment that still serves is the likely cause of the alarm that the
 * incident is told by, the case of a deployment. Anything less certain leaves the order to the runbook.
 */
export function branchOf(incident: Incident): LikelyBranch | undefined {
  const lead = leadAlarm(incident)
  const role = lead?.listed === undefined ? undefined : alarmNamed(lead.listed)?.rollback
  const found = role && incident.evidence?.functions[role]
  if (!found) return undefined
  const plan = planRollback(role, found, lead?.firedAt ?? incident.openedAt)
  if (!plan.possible || plan.verdict !== 'likely' || !plan.deployment) return undefined
  return { branches: ofDeployments, version: plan.from, deployedAt: plan.deployment.createdAt }
}
