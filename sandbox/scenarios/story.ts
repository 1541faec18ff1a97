import type { AlarmName } from '../../common/alarms.ts'
import type { FunctionRole } from '../../common/names.ts'
import { describeRelease, type Release } from '../cloud/history.ts'
import type { ReleaseName } from '../cloud/price-service/releases.ts'
import type { World } from './world.ts'

/** Forwards minute by minute until something is so. A story that does not come true is a fault, so it throws. */
export async function forwardUntil(
  { forward }: World,
  what: string,
  isSo: () => boolean,
  atMostMinutes: number,
): Promise<void> {
  for (let minute = 0; !isSo(); minute++) {
    if (minute >= atMostMinutes) throw new Error(`After ${atMostMinutes} minutes it was still not so that ${what}.`)
    await forward(60)
  }
}

export const rings = ({ cloud }: World, alarm: AlarmName): boolean =>
  cloud.alarms.state(cloud.alarmName(alarm)).value === 'ALARM'

export const untilRings = (world: World, alarm: AlarmName, atMostMinutes = 15): Promise<void> =>
  forwardUntil(world, `${alarm} rings`, () => rings(world, alarm), atMostMinutes)

/** Publishes a new version and starts its deployment, as the deploy command does. */
export function release(
  { cloud }: World,
  role: FunctionRole,
  change: Release & { code?: ReleaseName },
): { version: string; deployment: string } {
  const name = cloud.names.functions[role]
  const next = cloud.functions.versions(name).length
  const description = describeRelease(change, `${name} ${next}`)
  const version = cloud.functions.publish(name, { description, ...(change.code && { code: change.code }) })
  const { id } = cloud.deployments.create({
    group: cloud.names.deploymentGroups[role],
    targetVersion: version,
    description,
  })
  return { version, deployment: id }
}

/** Releases a version and waits for its deployment to end well. */
export async function releaseWell(
  world: World,
  role: FunctionRole,
  change: Release & { code?: ReleaseName },
): Promise<string> {
  const { version, deployment } = release(world, role, change)
  const status = () => world.cloud.deployments.find(deployment).status
  await forwardUntil(
    world,
    `deployment ${deployment} ends`,
    () => status() !== 'Created' && status() !== 'InProgress',
    10,
  )
  if (status() !== 'Succeeded') throw new Error(`Deployment ${deployment} was to end well but ended ${status()}.`)
  return version
}

/** Enough requests that a few percent of errors show in every minute. */
export const busyPerMinute = 120
