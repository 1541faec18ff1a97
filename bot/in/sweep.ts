import { randomUUID } from 'node:crypto'
import { describeError } from '../../common/logger.ts'
import type { Meter } from '../../common/meter.ts'
import { moment } from '../../common/time.ts'
import { handle } from '../flow.ts'
import type { AlarmChange } from '../incident/alarm-record.ts'
import { asOwn, unexplained } from '../incident/consequence.ts'
import type { Incident } from '../incident/incident.ts'
import { planMails } from '../incident/plan-mails.ts'
import type { AlarmWatch } from '../out/aws-alarms.ts'
import { type History, keepInHistory } from '../out/history.ts'
import type { IncidentRef } from '../out/incident-table.ts'
import type { SharedMarks } from '../out/shared-marks.ts'
import { readTaken } from '../out/slack-took.ts'
import type { Channels } from '../settings.ts'
import { closeSilences } from './close-silences.ts'
import { fewAtOnce } from './few-at-once.ts'
import { reconcile } from './reconcile-alarms.ts'
import { tellSilences } from './silences.ts'
import { passMinuteOfBulletins, tellOfIncident } from './tell-bulletins.ts'
import type { TellDeps } from './tell-incidents.ts'
import { tellWeek } from './weekly-digest.ts'

export interface SweepDeps extends TellDeps {
  watch: AlarmWatch
  marks: SharedMarks
  history: Pick<History, 'record' | 'between'>
  meter: Meter
  stage: string
  channels: Channels
}

const longestSweep = 55_000

/**
 * The door of time: every minute it compares CloudWatch with the record, lets a minute pass for every
 * live incident, and leaves a heartbeat that is watched from outside. One incident that fails stops no other.
 */
export function createSweep(deps: SweepDeps) {
  const watching = {}
  return async (): Promise<void> => {
    const me = randomUUID()
    const now = deps.wall.now().getTime()
    if (!(await deps.marks.lease('sweep', me, now, longestSweep))) {
      deps.log.info('another sweep is at work')
      return
    }
    try {
      await sweep(deps, watching)
    } finally {
      // It runs out before the next minute anyway, so failing to give it back is no failure.
      await deps.marks.lease('sweep', me, deps.wall.now().getTime(), 0).catch((error: unknown) => {
        deps.log.warn('the lease of the sweep was not given back', { error: describeError(error) })
      })
    }
  }
}

async function sweep(deps: SweepDeps, watching: { since?: string }): Promise<void> {
  const live = await deps.incidents.live()
  const ofIncidents = [...(await reconcile(deps, live)), ...(await passMinute(deps, live))]
  // After CloudWatch was heard, so that what is over by now does not ring on.
  const ofSilences = await closeSilences(deps)
  const ofBulletins = [...(await passMinuteOfBulletins(deps)), ...(await tellWeek(deps, live, watching))]
  const failures = [...ofIncidents, ...ofSilences, ...ofBulletins]
  deps.meter.count('SweepHeartbeat', 1)
  deps.meter.count('SweepFailures', failures.length)
  if (failures.length > 0) throw new Error(`The sweep failed in part. ${failures.slice(0, 5).join(' · ')}`)
}

/** An incident that was opened this very minute waits for the next. */
async function passMinute(deps: SweepDeps, live: readonly IncidentRef[]): Promise<string[]> {
  const at = moment(deps.clock.now())
  const slackTook = await readTaken(deps, deps.channels)
  const seen: Incident[] = []
  const failures = await fewAtOnce(live, async (ref) => {
    const passed = await handle(deps, ref, [{ type: 'minute-passed', at, slackTook }])
    if (passed.incident) seen.push(passed.incident)
    const incident = passed.incident && (await moveUnexplained(deps, ref, passed.incident, at))
    if (incident) await tellOfIncident(deps, incident)
    // The copy is made when everything else is done, so that nothing is left to do for it.
    if (!incident || incident.pending.length === 0) return
    if (incident.pending.some(({ effect }) => effect.kind !== 'archive')) return
    await deps.incidents.archive({ ...incident, pending: [], archived: true })
    await keepInHistory(deps, incident)
    const done = incident.pending.map(
      ({ id }) => ({ type: 'effect-done', at, effect: id, outcome: { is: 'done' } }) as const,
    )
    await handle(deps, ref, done)
  })
  return [...failures, ...(await writeMails(deps, seen, at))]
}

/** What Slack does not take is told by mail: one a minute for each audience, however many incidents there are. */
async function writeMails(deps: SweepDeps, seen: readonly Incident[], at: string): Promise<string[]> {
  try {
    for (const { incident, event } of planMails(seen, at)) {
      const { service, id } = incident
      await handle(deps, { service, id }, [event])
    }
    return []
  } catch (error) {
    // What was not saved is not told, so that the next minute tells of it.
    return [describeError(error)]
  }
}

/**
 * An alarm that rings on without its cause goes to the incident of its own service, which asks people as usual.
 * That comes first and letting go second: killed in between, the next sweep finds it told already and lets go.
 */
async function moveUnexplained(deps: SweepDeps, ref: IncidentRef, incident: Incident, at: string): Promise<Incident> {
  let left = incident
  for (const alarm of unexplained(incident, at)) {
    const { service } = alarm.consequence
    deps.log.warn('an alarm rings without its cause', { incident: incident.id, alarm: alarm.name, service })
    if (service !== ref.service) await tellOwn(deps, service, asOwn(alarm, at))
    const moved = await handle(deps, ref, [{ type: 'consequence-moved', at, alarm: alarm.name, to: service }])
    left = moved.incident ?? left
  }
  return left
}

/** Where the service is silenced, the silence has it. */
async function tellOwn(deps: SweepDeps, service: string, alarm: AlarmChange): Promise<void> {
  const event = { type: 'alarm-changed', at: moment(deps.clock.now()), service, alarm } as const
  const held = await tellSilences(deps, [{ service, event }])
  if (held.size === 0) await handle(deps, { service }, [event])
}
