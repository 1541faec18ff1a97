import { calm } from './calm.ts'
import { busyPerMinute, forwardUntil, release, releaseWell, untilRings } from './story.ts'
import type { Scenario, World } from './world.ts'

export const badDeploy: Scenario = {
  name: 'bad-deploy',
  says: 'A new version of the API passes its canary and turns bad four minutes later, so a person must roll it back.',
  async run(world) {
    await calm(world)
    const { traffic, functions, names } = world.cloud
    traffic.setRequestsPerMinute(busyPerMinute)
    const version = await releaseWell(world, 'api', { author: 'Ren Ito', subject: 'Round prices to eight digits' })
    await world.forward(4 * 60)
    functions.setBehaviour(names.functions.api, version, { errorRate: 0.08 })
    await untilRings(world, 'LambdaErrorAlarm')
  },
}

/** Deploys a version that fails every call, so that the brake rings within its canary. */
async function deployBroken(world: World, subject: string): Promise<string> {
  const { traffic, functions, deployments, names } = world.cloud
  traffic.setRequestsPerMinute(busyPerMinute)
  const { version, deployment } = release(world, 'api', { author: 'Mika Sato', subject })
  functions.setBehaviour(names.functions.api, version, { errorRate: 1 })
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
    await deployBroken(world, 'Read prices by index')
  },
}

export const automaticRollbackFails: Scenario = {
  name: 'automatic-rollback-fails',
  says: "A canary fails and CodeDeploy's own rollback fails too, which leaves two versions on the alias.",
  async run(world) {
    await calm(world)
    world.cloud.deployments.setFailRollback(true)
    await deployBroken(world, 'Parse currencies with a table')
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
