import { causesOf } from '../../common/alarms.ts'
import { describeError } from '../../common/logger.ts'
import { moment } from '../../common/time.ts'
import { goesToSilence, knows, Silenced, silencesOf } from '../bulletin/silence.ts'
import { isFollowing } from '../incident/consequence.ts'
import type { Incident } from '../incident/incident.ts'
import { newsFor, untold } from '../incident/reconcile.ts'
import type { AlarmWatch } from '../out/aws-alarms.ts'
import type { IncidentRef } from '../out/incident-table.ts'
import { identify } from './alarm-identity.ts'
import { fewAtOnce } from './few-at-once.ts'
import { readSilences, type Silence } from './silences.ts'
import { type TellDeps, type Told, tellIncidents } from './tell-incidents.ts'

interface ReconcileDeps extends TellDeps {
  watch: AlarmWatch
  stage: string
}

/** Tells the incidents what no notification told them. */
export async function reconcile(deps: ReconcileDeps, live: readonly IncidentRef[]): Promise<string[]> {
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
    const silences = await silencesNow(deps)
    const news = seen.flatMap((alarm) => newsOf(alarm, incidents, silences, at))
    const unheard = news.filter(({ event }) => event.type !== 'consequence-moved')
    for (const [service, told] of Map.groupBy(unheard, (each) => each.service)) {
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

/** Where they cannot be read, everything is news: it is told, and whether it is silenced is asked once more there. */
async function silencesNow(deps: ReconcileDeps): Promise<Silence[]> {
  try {
    return await readSilences(deps, Silenced.options)
  } catch (error) {
    deps.log.warn('the silences could not be read', { error: describeError(error) })
    return []
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
function newsOf(seen: Seen, incidents: Incidents, silences: readonly Silence[], at: string): News[] {
  const { service, change } = seen
  const covering = silences.flatMap(({ facts }) => (silencesOf(service).includes(facts.of) ? [facts] : []))
  const cause = holderOf(seen, incidents)
  const alarm = change.name
  // Its own incident may know it already; the next minute is soon enough to find out. A cause that could not be
  // read is asked once more when it is told, and an alarm does not wait for it any longer.
  if (change.state === 'ALARM' && !incidents.has(service)) return []
  const own = incidents.get(service)
  const isHeld = covering.some(
    (facts) => goesToSilence(facts, own, { service, alarm: change, at }) && knows(facts, change),
  )
  const isNewsToSilence =
    change.state !== 'ALARM' && covering.some((facts) => !facts.handedOn && untold([change], facts, at).length > 0)
  const news = newsFor(change, { own, cause: cause?.incident }, at).filter((what) => what !== 'own' || !isHeld)
  const whom = isNewsToSilence && !news.includes('own') ? [...news, 'own' as const] : news
  return whom.map((what): News => {
    if (what === 'own' || !cause)
      return { service, event: { type: 'alarm-changed', at, service, alarm: change }, alarm }
    if (what === 'let-go')
      return { service: cause.service, event: { type: 'consequence-moved', at, alarm, to: service }, alarm }
    const event = { type: 'consequence-offered', at, service, when: cause.when, alarm: change } as const
    return { service: cause.service, event, alarm }
  })
}
