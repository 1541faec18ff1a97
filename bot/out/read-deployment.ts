import { describeError, type Log } from '../../common/logger.ts'
import { moment } from '../../common/time.ts'
import { deploymentBulletinId } from '../bulletin/bulletin.ts'
import { type DeploymentFacts, type DeploymentReading, statusOfAnswer, type Undo } from '../bulletin/deployment.ts'
import { type BulletinDeps, tellBulletin } from '../bulletin-flow.ts'
import { commitsBetween } from '../incident/commits.ts'
import { isUnderWay } from '../incident/evidence.ts'
import type { ToldDeployment } from './aws-deployments.ts'
import { asking } from './aws-failure.ts'
import type { FunctionReaders } from './function-evidence.ts'
import type { BulletinPerformed, BulletinTask } from './perform-bulletin.ts'
import { within } from './within.ts'

export interface ReadDeploymentDeps extends BulletinDeps, FunctionReaders {
  /** What one part of a reading may take. */
  partLimitMs: number
}

/** Asks CodeDeploy and Lambda about the deployment of a bulletin. */
export async function readForBulletin(deps: ReadDeploymentDeps, task: BulletinTask): Promise<BulletinPerformed> {
  const { bulletin, waiting } = task
  const { facts } = bulletin
  if (waiting.effect.kind !== 'read-deployment')
    throw new Error(`The evidence performer cannot perform ${waiting.effect.kind}`)
  if (facts.kind !== 'deployment') throw new Error(`A bulletin of kind ${facts.kind} has no deployment to read`)
  let reading: DeploymentReading
  try {
    reading = await readDeployment(deps, facts)
  } catch (error) {
    return { is: 'unanswered', because: describeError(error) }
  }
  if (reading.is === 'found' && reading.undoes !== undefined) {
    // What it undoes is told before this is struck off: killed in between, both happen once more.
    const { undoes: deployment } = reading
    const event = { type: 'deployment-changed', at: moment(deps.clock.now()), role: facts.role, deployment } as const
    await tellBulletin(deps, deploymentBulletinId(deployment), [event])
  }
  return { is: 'performed', outcome: { is: 'read', reading } }
}

/** Throws when CodeDeploy does not answer; who made the version, and its share of the traffic, may be missing. */
async function readDeployment(deps: ReadDeploymentDeps, facts: DeploymentFacts): Promise<DeploymentReading> {
  const ids = [facts.deployment, ...(facts.undoneBy ? [facts.undoneBy.deployment] : [])]
  const found = await within(deps.partLimitMs, (signal) => deps.deployments.told(ids, signal))
  const own = found.find(({ id }) => id === facts.deployment)
  if (!own) return { is: 'absent' }
  const [undo, made, canaryPercent] = await Promise.all([
    readUndo(deps, own, found),
    readVersion(deps, own, facts),
    readShare(deps, own, facts),
  ])
  const { completedAt: endedAt, from, to, startedAt, undoes, error, status } = own
  const known = {
    status: statusOfAnswer(status),
    endedAt,
    from,
    to,
    startedAt,
    undoes,
    error,
    undoneBy: undo,
    canaryPercent,
  }
  return { is: 'found', ...present(known), ...made }
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }
const present = <T extends object>(fields: T): Present<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>

/** CodeDeploy's own rollback of it, which it may have begun since the last reading. */
async function readUndo(
  deps: ReadDeploymentDeps,
  { undoneBy: id }: ToldDeployment,
  found: readonly ToldDeployment[],
): Promise<Undo | undefined> {
  if (id === undefined) return undefined
  const read = async () => (await within(deps.partLimitMs, (signal) => deps.deployments.told([id], signal)))[0]
  const undo = found.find((each) => each.id === id) ?? (await read())
  const { startedAt, completedAt: endedAt } = undo ?? {}
  const status = (undo && statusOfAnswer(undo.status)) ?? 'created'
  return { deployment: id, status, ...present({ startedAt, endedAt }) }
}

/** Who made the version, read until it is known. */
async function readVersion(deps: ReadDeploymentDeps, { from, to }: ToldDeployment, facts: DeploymentFacts) {
  if (to === undefined || facts.commit !== undefined || facts.subject !== undefined) return {}
  const name = deps.names.functions[facts.role]
  const versions = await optional(
    deps,
    within(deps.partLimitMs, (signal) => deps.functions.versions(name, signal)),
  )
  const { commit, author, subject } = versions?.find(({ version }) => version === to) ?? {}
  const commits = from === undefined ? undefined : commitsBetween(versions ?? [], from, to)
  return present({ commit, author, subject, commits })
}

/** How much of the traffic the new version has while the old one has the rest, in percent. */
async function readShare(deps: ReadDeploymentDeps, own: ToldDeployment, { role }: DeploymentFacts) {
  if (!isUnderWay(own) || own.to === undefined) return undefined
  const name = deps.names.functions[role]
  const alias = await optional(
    deps,
    within(deps.partLimitMs, (signal) => deps.functions.alias(name, signal)),
  )
  const share = alias?.weights[own.to]
  return share === undefined ? undefined : Math.round(share * 1000) / 10
}

/** The message is told without it, and the next reading asks again. */
async function optional<T>({ log }: { log: Log }, call: Promise<T>): Promise<T | undefined> {
  const answer = await asking(call)
  if (answer.is === 'ok') return answer.value
  log.warn('a part of a deployment could not be read', { error: answer.message })
  return undefined
}
