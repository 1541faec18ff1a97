import { describeError } from '../../common/logger.ts'
import { moment } from '../../common/time.ts'
import { deploymentBulletinId } from '../bulletin/bulletin.ts'
import type { BulletinEvent } from '../bulletin/event.ts'
import { toldByIncident } from '../bulletin/incident-links.ts'
import { type BulletinDeps, tellBulletin } from '../bulletin-flow.ts'
import type { Incident } from '../incident/incident.ts'
import { fewAtOnce } from './few-at-once.ts'

type Changed = Extract<BulletinEvent, { type: 'deployment-changed' }>

/** Tells the feed what CodeDeploy announced, one write per deployment. Answers what could not be told, with the error. */
export async function tellDeployments<T extends { event: Changed }>(
  deps: BulletinDeps,
  announced: readonly T[],
): Promise<Map<T, unknown>> {
  const failed = new Map<T, unknown>()
  for (const [deployment, batch] of Map.groupBy(announced, ({ event }) => event.deployment)) {
    try {
      const events = batch.map(({ event }) => event)
      await tellBulletin(deps, deploymentBulletinId(deployment), events)
    } catch (error) {
      deps.log.error('a deployment could not be told', { deployment, error: describeError(error) })
      for (const each of batch) failed.set(each, error)
    }
  }
  return failed
}

/** Tells the feed which deployments an incident is about, where it is about any. */
export async function tellOfIncident(deps: BulletinDeps, incident: Incident): Promise<void> {
  for (const event of toldByIncident(incident, moment(deps.clock.now())))
    await tellBulletin(deps, deploymentBulletinId(event.deployment), [event])
}

/** Lets a minute pass for every live bulletin. Answers what went wrong. */
export async function passMinuteOfBulletins(deps: BulletinDeps): Promise<string[]> {
  const at = moment(deps.clock.now())
  try {
    const live = await deps.bulletins.live()
    return await fewAtOnce(live, async (id) => {
      await tellBulletin(deps, id, [{ type: 'minute-passed', at }])
    })
  } catch (error) {
    deps.log.error('the bulletins could not be listed', { error: describeError(error) })
    return [describeError(error)]
  }
}
