import { alarmNamed } from '../../common/alarms.ts'
import { moment } from '../../common/time.ts'
import { changeOfRollback } from '../incident/changes-made.ts'
import type { Effect } from '../incident/effect.ts'
import { type AliasState, isUnderWay } from '../incident/evidence.ts'
import type { Incident } from '../incident/incident.ts'
import { serviceOf } from '../incident/incident.ts'
import { isRollingBack, type RollbackResult } from '../incident/rollback.ts'
import { type AwsFailure, asking } from './aws-failure.ts'
import { type Readings, wholeMinutes } from './aws-readings.ts'
import { type ChangeLog, noteDown } from './change-log.ts'
import type { FunctionReaders } from './function-evidence.ts'
import { lookAtApi } from './maintenance-proof.ts'
import { onEffects, type PerformDeps, type Performed } from './perform.ts'
import { isKnownPrice, knownPriceRequest } from './price-proof.ts'

export interface WorkerDeps extends PerformDeps, FunctionReaders {
  readings: Readings
  changeLog: Pick<ChangeLog, 'record'>
}

/** After this many tries AWS has refused, as far as the people waiting are concerned. */
const mostTries = 4

/** The Lambda that changes AWS: stops a deployment, moves an alias, proves what came of it. Each step is short and can be run again. */
export function createWorker(deps: WorkerDeps) {
  return onEffects(deps, async ({ incident, waiting, effect, receives }): Promise<Performed> => {
    if (effect.kind === 'verify-maintenance') return lookAtApi(deps)
    const step = await asking(stepOf(deps, incident, effect, receives >= mostTries))
    if (step.is === 'ok' && step.value.is === 'moved' && effect.kind === 'move-alias')
      await noteDown(deps, changeOfRollback(incident, effect, waiting.id, moment(deps.clock.now())))
    if (step.is === 'ok') return { is: 'performed', outcome: { is: 'rollback', result: step.value } }
    return failedStep(step, receives)
  })
}

function failedStep(failure: AwsFailure, receives: number): Performed {
  if (failure.is === 'unavailable' && receives < mostTries) {
    return { is: 'later', inMs: 2_000 * receives, because: failure.message }
  }
  const message = failure.is === 'refused' ? `${failure.code}: ${failure.message}` : failure.message
  return { is: 'performed', outcome: { is: 'rollback', result: { is: 'refused', why: 'aws-refused', message } } }
}

function stepOf(deps: WorkerDeps, incident: Incident, effect: Effect, isLast: boolean): Promise<RollbackResult> {
  switch (effect.kind) {
    case 'start-rollback':
      return start(deps, incident, effect)
    case 'check-deployment':
      return checkDeployment(deps, effect)
    case 'move-alias':
      return moveAlias(deps, effect, isLast)
    case 'verify-rollback':
      return verify(deps, effect)
    default:
      throw new Error(`The worker cannot perform ${effect.kind}`)
  }
}

type Of<K extends Effect['kind']> = Extract<Effect, { kind: K }>

/** Takes the function for this incident, checks what the person saw, and stops a deployment under way. */
async function start(deps: WorkerDeps, incident: Incident, effect: Of<'start-rollback'>): Promise<RollbackResult> {
  const name = deps.names.functions[effect.role]
  if (!(await holds(deps, name, incident.id))) return { is: 'refused', why: 'function-busy' }
  if (!(await deps.functions.hasVersion(name, effect.to))) return { is: 'refused', why: 'target-missing' }
  const group = deps.names.deploymentGroups[effect.role]
  const [alias, deployments] = await Promise.all([
    deps.functions.alias(name),
    deps.deployments.latest(deps.names.application, group),
  ])
  const underWay = deployments.find(isUnderWay)
  if (underWay?.undoes !== undefined) return { is: 'stop-asked', deployment: underWay.undoes, own: true }
  // Ours, if this step was killed after it had asked: CodeDeploy has stopped it since and moved the alias.
  const stopped = deployments.find(
    ({ status, completedAt, undoes }) =>
      undoes === undefined && status === 'Stopped' && completedAt !== undefined && completedAt >= effect.askedAt,
  )
  if (stopped) return { is: 'stop-asked', deployment: stopped.id, own: false }
  if (alias.revisionId !== effect.aliasRevision) return { is: 'refused', why: 'alias-moved', now: alias.version }
  if (underWay) {
    const stop = await asking(deps.deployments.stop(underWay.id))
    if (stop.is === 'unavailable') throw new Unavailable(stop.message)
    if (stop.is === 'ok') return { is: 'stop-asked', deployment: underWay.id, own: false }
    return { is: 'refused', why: 'aws-refused', message: `${stop.code}: ${stop.message}`, deployment: underWay.id }
  }
  if (isAllAt(alias, effect.to)) {
    return { is: 'refused', why: 'equals-current', now: alias.version }
  }
  return { is: 'clear', from: alias.version, aliasRevision: alias.revisionId }
}

/** One incident at a time changes a function. A holder whose rollback has ended holds it no longer. */
async function holds(deps: WorkerDeps, name: string, incident: string): Promise<boolean> {
  const { holder } = await deps.marks.functionMark(name)
  if (holder !== undefined && holder !== incident) {
    const other = await deps.incidents.load({ service: serviceOf(holder), id: holder })
    if (isRollingBack(other?.incident.rollback)) return false
  }
  return deps.marks.holdFunction(name, incident, holder)
}

/** Ended means: neither it nor the deployment that undoes it is under way. Then the alias is read anew. */
async function checkDeployment(deps: WorkerDeps, effect: Of<'check-deployment'>): Promise<RollbackResult> {
  const { application, deploymentGroups, functions } = deps.names
  const deployments = await deps.deployments.latest(application, deploymentGroups[effect.role])
  const concerned = deployments.filter(({ id, undoes }) => id === effect.deployment || undoes === effect.deployment)
  if (concerned.some(isUnderWay)) return { is: 'still-running' }
  const alias = await deps.functions.alias(functions[effect.role])
  return { is: 'ended', aliasRevision: alias.revisionId }
}

async function moveAlias(deps: WorkerDeps, effect: Of<'move-alias'>, isLast: boolean): Promise<RollbackResult> {
  const name = deps.names.functions[effect.role]
  const alias = await deps.functions.alias(name)
  if (!isAllAt(alias, effect.to)) {
    if (alias.revisionId !== effect.aliasRevision) return { is: 'refused', why: 'alias-moved', now: alias.version }
    const moved = await asking(deps.functions.moveAlias(name, effect.to, effect.aliasRevision))
    if (moved.is === 'unavailable') throw new Unavailable(moved.message)
    if (moved.is === 'refused') {
      const against = await whyNotMoved(deps, name, effect.to, moved)
      if (against) return against
    }
  }
  // Written even when an earlier try moved the alias: it may have been killed before this line.
  const left = await asking(deps.marks.leaveVersion(name, effect.from))
  if (left.is !== 'ok') {
    if (!isLast) throw new Unavailable(left.message)
    // The alias has moved, whether or not that can be noted down; what is said has to be true.
    deps.log.error('the version left behind could not be noted', { function: name, left: effect.from })
  }
  return { is: 'moved', from: effect.from }
}

const isAllAt = ({ version, weights }: AliasState, wanted: string): boolean =>
  version === wanted && Object.keys(weights).length === 0

/** Why AWS did not move the alias; nothing when it did, and only its answer was lost and its second try refused. */
async function whyNotMoved(
  deps: WorkerDeps,
  name: string,
  to: string,
  { code, message }: Extract<AwsFailure, { is: 'refused' }>,
): Promise<RollbackResult | undefined> {
  if (code === 'ResourceNotFoundException') return { is: 'refused', why: 'target-missing' }
  if (code !== 'PreconditionFailedException') {
    return { is: 'refused', why: 'aws-refused', message: `${code}: ${message}` }
  }
  const alias = await deps.functions.alias(name)
  return isAllAt(alias, to) ? undefined : { is: 'refused', why: 'alias-moved', now: alias.version }
}

/** What could not be reached, thrown on so that the step is tried again. */
class Unavailable extends Error {
  override name = 'Unavailable'
}

/** Reads the alias back, asks for a known price, and measures what the alarm measures since the move. */
async function verify(deps: WorkerDeps, effect: Of<'verify-rollback'>): Promise<RollbackResult> {
  const name = deps.names.functions[effect.role]
  const definition = alarmNamed(effect.alarm)
  const span = wholeMinutes(effect.since, moment(deps.clock.now()))
  const [alias, price, reading] = await Promise.all([
    asking(deps.functions.alias(name)),
    asking(deps.functions.invoke(deps.names.functions.api, knownPriceRequest)),
    definition && span ? asking(deps.readings.read(definition, span.from, span.to)) : undefined,
  ])
  const measured = reading?.is === 'ok' ? reading.value : undefined
  return {
    is: 'checked',
    aliasReadBack: alias.is === 'ok' && isAllAt(alias.value, effect.to),
    priceAnswered: price.is === 'ok' && price.value.error === undefined && isKnownPrice(price.value.payload),
    ...(measured?.value !== undefined && { value: measured.value }),
    requests: measured?.requests ?? 0,
    ...(reading !== undefined && !measured && { unread: true }),
  }
}
