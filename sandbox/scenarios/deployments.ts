import type { ReleaseName } from '../cloud/price-service/releases.ts'
import { rarelyAskedCoin } from '../cloud/traffic.ts'
import { calm } from './calm.ts'
import { busyPerMinute, forwardUntil, release, releaseWell, untilRings } from './story.ts'
import type { Scenario, World } from './world.ts'

export const badDeploy: Scenario = {
  name: 'bad-deploy',
  says: 'A new version of the API passes its canary and turns bad when the price source leaves a number out, so a person must roll it back.',
  async run(world) {
    await calm(world)
    const { traffic, upstream } = world.cloud
    traffic.setRequestsPerMinute(busyPerMinute)
    const change = { author: 'Ren Ito', subject: 'Round changes to two digits', code: 'rounds-changes' } as const
    await releaseWell(world, 'api', change)
    await world.forward(60)
    upstream.withholdChange([rarelyAskedCoin])
    await untilRings(world, 'LambdaErrorAlarm')
  },
}

/** Deploys a version that fails every call, so that the brake rings within its canary. */
async function deployBroken(world: World, subject: string, code: ReleaseName): Promise<string> {
  const { traffic, deployments } = world.cloud
  traffic.setRequestsPerMinute(busyPerMinute)
  const { version, deployment } = release(world, 'api', { author: 'Mika Sato', subject, code })
  await untilRings(world, 'LambdaErrorAlarm')
  const rollback = () => deployments.find(deployment).rollbackInfo?.rollbackDeploymentId
  const ended = () => {
    const id = rollback()
    return id !== undefined && deployments.find(id).completedAt !== undefined
  }
  await forwardUntil(world, `deployment ${deployment} is rolled back`, ended, 5)
  return version
}

export const canaryCaught: Scenario = {
  name: 'canary-caught',
  says: 'A new version fails during its canary, the brake alarm stops the deployment and CodeDeploy rolls it back.',
  async run(world) {
    await calm(world)
    await deployBroken(world, 'Read prices by index', 'reads-by-index')
  },
}

export const automaticRollbackFails: Scenario = {
  name: 'automatic-rollback-fails',
  says: "A canary fails and CodeDeploy's own rollback fails too, which leaves two versions on the alias.",
  async run(world) {
    await calm(world)
    world.cloud.deployments.setFailRollback(true)
    await deployBroken(world, 'Look currencies up in a table', 'looks-up-currencies')
    world.cloud.deployments.setFailRollback(false)
  },
}

export const rollbackDoesNotHelp: Scenario = {
  name: 'rollback-does-not-help',
  says: 'Shortly after a good deployment every version starts to fail, because the cause lies outside of the code.',
  async run(world) {
    await calm(world)
    const { traffic, functions, names } = world.cloud
    traffic.setRequestsPerMinute(busyPerMinute)
    await releaseWell(world, 'api', { author: 'Aiko Tanaka', subject: 'Name the currency in every answer' })
    await world.forward(3 * 60)
    functions.setBehaviour(names.functions.api, 'every', { errorRate: 0.08 })
    await untilRings(world, 'LambdaErrorAlarm')
  },
}
