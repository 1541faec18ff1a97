import { describeError } from '../../common/logger.ts'
import { moment } from '../../common/time.ts'
import type { Effect } from '../incident/effect.ts'
import type { Incident } from '../incident/incident.ts'
import { planRollback, type RollbackPlan } from '../incident/rollback-plan.ts'
import { comparedWith } from '../incident/seen-for.ts'
import { isPointless } from '../incident/when-rollback-asked.ts'
import { rollbackModal } from '../message/rollback-modal.ts'
import { isTooEarly, tooEarly } from './after-answer.ts'
import { readFunction } from './function-evidence.ts'
import { onEffects, type PerformDeps, type Performed, type Task } from './perform.ts'
import { onBulletins } from './perform-bulletin.ts'
import { type ReadDeploymentDeps, readForBulletin } from './read-deployment.ts'
import { type EvidenceReaders, readEvidence } from './read-evidence.ts'
import { fillRemedyModal, type RemedyReaders, seeForRemedies } from './remedy-evidence.ts'
import type { Slack } from './slack.ts'
import type { LookFor } from './slack-languages.ts'
import { updateView } from './update-view.ts'
import { within } from './within.ts'

export interface EvidenceDeps extends PerformDeps, EvidenceReaders, RemedyReaders, ReadDeploymentDeps {
  slack: Slack
  lookFor: LookFor
}

/** The Lambda that reads AWS and changes nothing there: evidence for the message, and the rollback modal. */
export function createEvidence(deps: EvidenceDeps) {
  const ofIncident = async ({ incident, effect, receives }: Task): Promise<Performed> => {
    switch (effect.kind) {
      case 'read-evidence':
        return { is: 'performed', outcome: { is: 'evidence', evidence: await readEvidence(deps, incident) } }
      case 'fill-modal':
        if (isTooEarly(effect, receives)) return tooEarly
        await fillModal(deps, incident, effect)
        return { is: 'performed', outcome: { is: 'done' } }
      case 'fill-remedy-modal':
        await fillRemedyModal(deps, incident, effect)
        return { is: 'performed', outcome: { is: 'done' } }
      case 'verify-remedies': {
        const at = moment(deps.clock.now())
        const seen = await seeForRemedies(deps, incident, at)
        return { is: 'performed', outcome: { is: 'remedy', result: { is: 'seen', at, seen } } }
      }
      default:
        throw new Error(`The evidence performer cannot perform ${effect.kind}`)
    }
  }
  return onEffects(
    deps,
    ofIncident,
    onBulletins(deps, (task) => readForBulletin(deps, task)),
  )
}

/** The modal is already open; the person may have closed it, and a newer look may have replaced this one. */
async function fillModal(deps: EvidenceDeps, incident: Incident, effect: Extract<Effect, { kind: 'fill-modal' }>) {
  const { role, user } = effect
  const look = deps.lookFor(user)
  let plan: RollbackPlan
  try {
    const found = await within(deps.partLimitMs, (signal) => readFunction(deps, role, signal))
    plan = planRollback(role, found, comparedWith(incident))
    if (isPointless(incident, role, plan)) plan = { possible: false, why: 'deployment-unlikely' }
  } catch (error) {
    deps.log.warn('a rollback could not be planned', { incident: incident.id, error: describeError(error) })
    plan = { possible: false, why: 'evidence-missing' }
  }
  const metadata = JSON.stringify({
    incident: incident.id,
    role,
    ...(plan.possible && { from: plan.from, to: plan.to, aliasRevision: plan.aliasRevision }),
  })
  const view = rollbackModal(plan, await withHealth(deps, incident, plan), await look, metadata)
  await updateView(deps, incident, effect, view)
}

/** The criteria are judged by numbers of now. Without them they are not known, which the modal says of each. */
async function withHealth(deps: EvidenceDeps, incident: Incident, plan: RollbackPlan): Promise<Incident> {
  if (!plan.possible || plan.role !== 'api') return incident
  const readAt = moment(deps.clock.now())
  const { health: _older, ...known } = incident.evidence ?? { functions: {}, readings: [], missing: [] }
  try {
    const health = await deps.health.read(readAt, plan.deployment?.createdAt)
    return { ...incident, evidence: { ...known, readAt, health } }
  } catch (error) {
    deps.log.warn('the criteria of a rollback could not be read', {
      incident: incident.id,
      error: describeError(error),
    })
    return { ...incident, evidence: { ...known, readAt } }
  }
}
