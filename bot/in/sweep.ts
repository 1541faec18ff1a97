import { randomUUID } from 'node:crypto'
import { describeError } from '../../common/logger.ts'
import type { Meter } from '../../common/meter.ts'
import { moment } from '../../common/time.ts'
import { type FlowDeps, handle } from '../flow.ts'
import type { IncidentEvent } from '../incident/event.ts'
import { untold } from '../incident/reconcile.ts'
import type { AlarmWatch } from '../out/aws-alarms.ts'
import type { IncidentRef } from '../out/incident-table.ts'
import type { SharedMarks } from '../out/shared-marks.ts'
import { identify } from './alarm-identity.ts'

export interface SweepDeps extends FlowDeps {
  watch: AlarmWatch
  marks: SharedMarks
  meter: Meter
  stage: string
}

const longestSweep = 55_000

/**
 * The door of time: every minute it compares CloudWatch with the record, lets a minute pass for every
 * live incident, and leaves a heartbeat that is watched from outside. One incident that fails stops no other.
 */
export function createSweep(deps: SweepDeps) {
  return async (): Promise<void> => {
    const me = randomUUID()
    const now = deps.wall.now().getTime()
    if (!(await deps.marks.lease('sweep', me, now, longestSweep))) {
      deps.log.info('another sweep is at work')
      return
    }
    try {
      await sweep(deps)
    } finally {
      // It runs out before the next minute anyway, so failing to give it back is no failure.
      await deps.marks.lease('sweep', me, deps.wall.now().getTime(), 0).catch((error: unknown) => {
        deps.log.warn('the lease of the sweep was not given back', { error: describeError(error) })
      })
    }
  }
}

async function sweep(deps: SweepDeps): Promise<void> {
  const live = await deps.incidents.live()
  const failures = [...(await reconcile(deps, live)), ...(await passMinute(deps, live))]
  deps.meter.count('SweepHeartbeat', 1)
  deps.meter.count('SweepFailures', failures.length)
  if (failures.length > 0) throw new Error(`The sweep failed in part. ${failures.slice(0, 5).join(' · ')}`)
}

/** Tells the incidents what no notification told them. */
async function reconcile(deps: SweepDeps, live: readonly IncidentRef[]): Promise<string[]> {
  const at = moment(deps.clock.now())
  try {
    const seen = (await deps.watch.all()).map((alarm) => identify(alarm, deps.stage))
    // Most services are quiet and stay unread: only an alarm that rings can open an incident.
    const ringing = seen.filter(({ change }) => change.state === 'ALARM')
    const services = new Set([...ringing, ...live].map(({ service }) => service))
    return await each([...services], async (service) => {
      const changes = seen.filter((alarm) => alarm.service === service).map(({ change }) => change)
      const stored = await deps.incidents.load({ service })
      const news = untold(changes, stored?.incident, at)
      if (news.length === 0) return
      deps.log.warn('the sweep found what no notification told', { service, alarms: news.map(({ name }) => name) })
      const events = news.map((alarm): IncidentEvent => ({ type: 'alarm-changed', at, service, alarm }))
      await handle(deps, { service }, events)
    })
  } catch (error) {
    deps.log.error('CloudWatch could not be asked for its alarms', { error: describeError(error) })
    return [describeError(error)]
  }
}

/** An incident that was opened this very minute waits for the next. */
async function passMinute(deps: SweepDeps, live: readonly IncidentRef[]): Promise<string[]> {
  const at = moment(deps.clock.now())
  return each(live, async (ref) => {
    const { incident } = await handle(deps, ref, [{ type: 'minute-passed', at }])
    // The copy is made when everything else is done, so that nothing is left to do for it.
    const [archive, ...others] = incident?.pending ?? []
    if (!incident || archive?.effect.kind !== 'archive' || others.length > 0) return
    await deps.incidents.archive(incident)
    await handle(deps, ref, [{ type: 'effect-done', at, effect: archive.id, outcome: { is: 'done' } }])
  })
}

const atOnce = 8

/** Runs `work` over all items, a few at a time; answers what went wrong. */
async function each<T extends string | IncidentRef>(items: readonly T[], work: (item: T) => Promise<void>) {
  const failures: string[] = []
  const waiting = [...items]
  const take = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      await work(item).catch((error: unknown) => failures.push(describeError(error)))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, take))
  return failures
}
