import { causesOf } from '../../common/alarms.ts'
import { describeError } from '../../common/logger.ts'
import type { BulletinDeps } from '../bulletin-flow.ts'
import { type FlowDeps, handle } from '../flow.ts'
import type { AlarmChange } from '../incident/alarm-record.ts'
import { follows, isAtHome } from '../incident/consequence.ts'
import type { IncidentEvent } from '../incident/event.ts'
import { tellSilences } from './silences.ts'

export interface TellDeps extends FlowDeps, BulletinDeps {}

/** Something that happened to a service. */
export interface Told {
  service: string
  event: IncidentEvent
}

interface Offer {
  /** The service that may have caused it. */
  cause: string
  event: IncidentEvent
}

/**
 * Tells incidents what happened, one write per service. An alarm that may follow from another service is offered
 * to that service's incident first, which decides in its own write; what it does not take, and what it cannot be
 * asked about, is told to the alarm's own service, unless that is silenced. Answers what could not be told, with the error.
 */
export async function tellIncidents<T extends Told>(deps: TellDeps, told: readonly T[]): Promise<Map<T, unknown>> {
  const failed = new Map<T, unknown>()
  const offers = await offersAmong(deps, told, failed)
  const done = await tellSilences(
    deps,
    told.filter((each) => !offers.has(each) && !failed.has(each)),
  )
  for (const cause of new Set([...offers.values()].map((offer) => offer.cause))) {
    const batch = told.filter(
      (each) => (offers.get(each)?.cause ?? each.service) === cause && !failed.has(each) && !done.has(each),
    )
    try {
      const events = batch.map((each) => offers.get(each)?.event ?? each.event)
      const { decisions } = await handle(deps, { service: cause }, events)
      for (const [index, each] of batch.entries()) {
        if (decisions[index]?.because !== 'not-its-consequence') done.add(each)
      }
    } catch (error) {
      // An outage must not wait for the incident that might explain it.
      deps.log.error('an incident could not be told', { service: cause, error: describeError(error) })
      for (const each of batch) if (!offers.has(each)) failed.set(each, error)
    }
  }
  const left = told.filter((each) => !done.has(each) && !failed.has(each))
  const held = await tellSilences(
    deps,
    left.filter((each) => offers.has(each)),
  )
  const rest = left.filter((each) => !held.has(each))
  for (const [service, batch] of Map.groupBy(rest, (each) => each.service)) {
    try {
      const events = batch.map(({ event }) => event)
      await handle(deps, { service }, events)
    } catch (error) {
      deps.log.error('an incident could not be told', { service, error: describeError(error) })
      for (const each of batch) failed.set(each, error)
    }
  }
  return failed
}

/** What may follow from another service, unless its own incident has it already. */
async function offersAmong<T extends Told>(deps: TellDeps, told: readonly T[], failed: Map<T, unknown>) {
  const offers = new Map<T, Offer>()
  for (const each of told) {
    const { service, event } = each
    if (event.type !== 'alarm-changed') continue
    const { at, alarm } = event
    const [likeliest, ...others] = causesOf(alarm.listed)
    if (!likeliest) continue
    try {
      const own = await deps.incidents.load({ service })
      if (isAtHome(own?.incident, alarm)) continue
      const { service: cause, when } = (await explaining(deps, [likeliest, ...others], alarm)) ?? likeliest
      offers.set(each, { cause, event: { type: 'consequence-offered', at, service, when, alarm } })
    } catch (error) {
      deps.log.error('an incident could not be read', { service, error: describeError(error) })
      failed.set(each, error)
    }
  }
  return offers
}

type Cause = ReturnType<typeof causesOf>[number]

/** The first cause whose incident explains the alarm, as it is read now. The incident decides again in its own write. */
async function explaining(deps: FlowDeps, causes: readonly Cause[], alarm: AlarmChange): Promise<Cause | undefined> {
  for (const cause of causes) {
    const { service, when } = cause
    try {
      const stored = await deps.incidents.load({ service })
      if (stored && follows(stored.incident, when, alarm)) return cause
    } catch (error) {
      // An outage must not wait for the incident that might explain it.
      deps.log.error('an incident could not be read', { service, error: describeError(error) })
    }
  }
  return undefined
}
