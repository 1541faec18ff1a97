import { endStorm } from './storm.ts'
import { forwardUntil } from './story.ts'
import type { World } from './world.ts'

/** Heals everything and waits until no alarm rings and no deployment is under way, so that a story can begin. */
export async function calm(world: World): Promise<void> {
  const { cloud, slack } = world
  const { functions, deployments, names } = cloud
  slack.setDown(false)
  functions.heal()
  cloud.upstream.setMode('ok')
  cloud.upstream.withholdChange([])
  cloud.secondUpstream.setMode('ok')
  cloud.faults.clear()
  cloud.traffic.calm()
  cloud.gateway.keys.heal()
  cloud.alarms.keepNotifications()
  deployments.setFailRollback(false)
  endStorm(world)

  const groups = Object.values(names.deploymentGroups)
  const deploying = () => groups.some((group) => deployments.underWay(group) !== undefined)
  await forwardUntil(world, 'no deployment is under way', () => !deploying(), 15)
  // A failed rollback leaves two versions on the alias, and CodeDeploy then refuses every later deployment.
  for (const name of Object.values(names.functions))
    if (Object.keys(functions.alias(name).weights).length > 0) functions.updateAlias(name, { weights: {} })

  const quiet = () => cloud.alarms.describe().every(({ state }) => state.value === 'OK')
  await forwardUntil(world, 'every alarm is OK', quiet, 30)
  endStorm(world)
}
