import { describeError } from '../../common/logger.ts'
import { type Deployment, isUnderWay } from './aws-deployments.ts'
import type { ReleaseDeps } from './deps.ts'

/** How a deployment ended, or that it did not. */
export type Ended =
  | { is: 'released'; deployment: string; from: string; to: string }
  /** CodeDeploy stopped it and all traffic is where it was. `alarms` stopped it; without any, `because` says what did. */
  | { is: 'rolled-back'; deployment: string; rollbackDeployment: string; because: string; alarms: string[] }
  /** Nobody took it back, or that failed too: people have to look. */
  | { is: 'failed'; deployment: string; because: string }
  | { is: 'not-ended'; deployment: string; minutes: number }

export interface Followed {
  deployment: string
  functionName: string
  from: string
  to: string
  /** The alarms that may have stopped it. */
  brakes: readonly string[]
}

type FollowDeps = Pick<ReleaseDeps, 'clock' | 'wall' | 'functions' | 'deployments' | 'alarms' | 'say'>

const pollMs = 10_000
/** A canary takes five minutes, its hook and a rollback less than one each. */
const patienceMinutes = 20
/** CodeDeploy names the rollback a moment after it has stopped a deployment. */
const pollsForRollback = 3
/** AWS may be away for a while; the deployment goes on without us. */
const mostFailures = 6

/** Waits for the end of a deployment, and of the rollback if CodeDeploy takes it back. */
export async function follow(deps: FollowDeps, followed: Followed): Promise<Ended> {
  const { wall, deployments } = deps
  const until = wall.now().getTime() + patienceMinutes * 60_000
  const tell = teller(deps, followed)
  let withoutRollback = 0
  let failures = 0

  async function look(): Promise<Ended | 'goes-on'> {
    const deployment = await deployments.find(followed.deployment)
    const { id, status } = deployment
    if (isUnderWay(deployment)) {
      await tell(deployment)
      return 'goes-on'
    }
    if (status === 'Succeeded') return { is: 'released', deployment: id, from: followed.from, to: followed.to }
    if (deployment.rollback !== undefined) return lookAtRollback(deployment, deployment.rollback)
    withoutRollback += 1
    if (withoutRollback <= pollsForRollback) return 'goes-on'
    return { is: 'failed', deployment: id, because: `${endOf(deployment)} CodeDeploy does not take it back.` }
  }

  async function lookAtRollback(deployment: Deployment, id: string): Promise<Ended | 'goes-on'> {
    const rollback = await deployments.find(id)
    if (isUnderWay(rollback)) {
      await tell(rollback)
      return 'goes-on'
    }
    if (rollback.status !== 'Succeeded')
      return {
        is: 'failed',
        deployment: deployment.id,
        because: `${endOf(deployment)} CodeDeploy's own rollback ${id} failed too. ${endOf(rollback)}`,
      }
    const alarms = await alarmsBehind(deps, followed.brakes, deployment)
    const because = endOf(deployment)
    return { is: 'rolled-back', deployment: deployment.id, rollbackDeployment: id, because, alarms }
  }

  while (wall.now().getTime() < until) {
    try {
      const ended = await look()
      if (ended !== 'goes-on') return ended
      failures = 0
    } catch (error) {
      failures += 1
      if (failures >= mostFailures) throw error
      deps.say(`${followed.functionName}: AWS could not be asked, once more in a moment (${describeError(error)})`)
    }
    await wall.pause(pollMs)
  }
  return { is: 'not-ended', deployment: followed.deployment, minutes: patienceMinutes }
}

const endOf = ({ id, status, error }: Deployment): string =>
  `The deployment ${id} ended as ${status}${error ? ` (${error.code}): ${error.message}` : ''}.`.replace(/\.\.$/, '.')

/** The brakes that CodeDeploy names, or else those that ring now. */
async function alarmsBehind({ alarms }: FollowDeps, brakes: readonly string[], deployment: Deployment) {
  if (deployment.error?.code !== 'ALARM_ACTIVE') return []
  const { message } = deployment.error
  const named = brakes.filter((name) => message.includes(name))
  if (named.length > 0) return named
  return (await alarms.brakes(brakes)).filter(({ state }) => state === 'rings').map(({ name }) => name)
}

/** Tells status, share of the traffic and minutes left, each time that one of them has changed. */
function teller({ clock, functions, say }: FollowDeps, { functionName }: Followed) {
  let last = ''
  return async (deployment: Deployment): Promise<void> => {
    const { id, status, to, startedAt, canaryMinutes, isRollback } = deployment
    const { version, weights } = await functions.live(functionName)
    const share = to === undefined ? 0 : (weights[to] ?? (version === to ? 1 : 0))
    const passed = startedAt === undefined ? 0 : (clock.now().getTime() - startedAt.getTime()) / 60_000
    const left = canaryMinutes === undefined || isRollback ? undefined : Math.max(0, Math.ceil(canaryMinutes - passed))
    const line =
      `${functionName}: ${isRollback ? 'rollback' : 'deployment'} ${id} ${status}, v${to} has ${Math.round(share * 100)} % of the traffic` +
      (left === undefined ? '' : `, about ${left} min left`)
    if (line !== last) say(line)
    last = line
  }
}
