import { randomUUID } from 'node:crypto'
import { causesOf } from '../../common/alarms.ts'
import { describeError } from '../../common/logger.ts'
import type { Meter } from '../../common/meter.ts'
import { moment } from '../../common/time.ts'
import type { BulletinDeps } from '../bulletin-flow.ts'
import { type FlowDeps, handle } from '../flow.ts'
import { asOwn, isFollowing, unexplained } from '../incident/consequence.ts'
import type { Incident } from '../incident/incident.ts'
import { planMails } from '../incident/plan-mails.ts'
import { newsFor } from '../incident/reconcile.ts'
import type { AlarmWatch } from '../out/aws-alarms.ts'
import { type History, keepInHistory } from '../out/history.ts'
import type { IncidentRef } from '../out/incident-table.ts'
import type { SharedMarks } from '../out/shared-marks.ts'
import { readTaken } from '../out/slack-took.ts'
import type { Channels } from '../settings.ts'
import { identify } from './alarm-identity.ts'
import { fewAtOnce } from './few-at-once.ts'
import { passMinuteOfBulletins, tellOfIncident } from './tell-bulletins.ts'
import { type Told, tellIncidents } from './tell-incidents.ts'
import { tellWeek } from './weekly-digest.ts'

export interface SweepDeps extends FlowDeps, BulletinDeps {
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
  const failures = [...ofIncidents, ...(await passMinuteOfBulletins(deps)), ...(await tellWeek(deps, live, watching))]
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
    const causes = ringing.flatMap(({ change }) => causesOf(change.listed))
    const services = new Set([...ringing, ...causes, ...live].map(({ service }) => service))
    const incidents: Incidents = new Map()
    const unread = await fewAtOnce([...services], async (service) => {
      incidents.set(service, (await deps.incidents.load({ service }))?.incident)
    })
    const news = seen.flatMap((alarm) => newsOf(alarm, incidents, at))
    const untold = news.filter(({ event }) => event.type !== 'consequence-moved')
    for (const [service, told] of Map.groupBy(untold, (each) => each.service)) {
      const alarms = told.map(({ alarm }) => alarm)
      deps.log.warn('the sweep found what no notification told', { service, alarms })
    }
    const untaken = await tellIncidents(deps, news)
    return [...unread, ...new Set([...untaken.values()].map(describeError))]
  } catch (error) {
    deps.log.error('CloudWatch could not be asked for its alarms', { error: describeError(error) })
    return [describeError(error)]
  }
}

type Seen = ReturnType<typeof identify>
type News = Told & { alarm: string }
/** The present incident of each service that was read. What could not be read is not there. */
type Incidents = Map<string, Incident | undefined>

/** The incident of another service that holds an alarm as its consequence. */
function holderOf({ service, change }: Seen, incidents: Incidents) {
  for (const cause of causesOf(change.listed)) {
    const incident = incidents.get(cause.service)
    const held = incident?.alarms[change.name]
    if (cause.service !== service && isFollowing(held))
      return { service: cause.service, when: held.consequence.when, incident }
  }
  return undefined
}

/** What has to be told of an alarm, to its own incident or to the one that it follows from. */
function newsOf(seen: Seen, incidents: Incidents, at: string): News[] {
  const { service, change } = seen
  const cause = holderOf(seen, incidents)
  const alarm = change.name
  // Its own incident may know it already; the next minute is soon enough to find out. A cause that could not be
  // read is asked once more when it is told, and an alarm does not wait for it any longer.
  if (change.state === 'ALARM' && !incidents.has(service)) return []
  const holders = { own: incidents.get(service), cause: cause?.incident }
  return newsFor(change, holders, at).map((what): News => {
    if (what === 'own' || !cause)
      return { service, event: { type: 'alarm-changed', at, service, alarm: change }, alarm }
    if (what === 'let-go')
      return { service: cause.service, event: { type: 'consequence-moved', at, alarm, to: service }, alarm }
    const event = { type: 'consequence-offered', at, service, when: cause.when, alarm: change } as const
    return { service: cause.service, event, alarm }
  })
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
    if (service !== ref.service)
      await handle(deps, { service }, [{ type: 'alarm-changed', at, service, alarm: asOwn(alarm, at) }])
    const moved = await handle(deps, ref, [{ type: 'consequence-moved', at, alarm: alarm.name, to: service }])
    left = moved.incident ?? left
  }
  return left
}
