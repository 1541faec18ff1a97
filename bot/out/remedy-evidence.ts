import { alarmNamed } from '../../common/alarms.ts'
import { describeError } from '../../common/logger.ts'
import type { Names } from '../../common/names.ts'
import type { Effect } from '../incident/effect.ts'
import type { Incident } from '../incident/incident.ts'
import { remedyOf } from '../incident/when-remedy-asked.ts'
import type { Look } from '../message/look.ts'
import { remedyModal, undoModal } from '../message/remedy-modal.ts'
import { type RemedyName, remedyNamed } from '../remedy/remedies.ts'
import type { Plan, Seen } from '../remedy/remedy.ts'
import { asking } from './aws-failure.ts'
import type { SeriesReader } from './aws-series.ts'
import type { ConcurrencyReader } from './concurrency.ts'
import type { PerformDeps } from './perform.ts'
import type { PriceUpdates } from './price-updates.ts'
import type { SettingsItem } from './settings-item.ts'
import type { Slack } from './slack.ts'
import type { LookFor } from './slack-languages.ts'
import { updateView } from './update-view.ts'
import { within } from './within.ts'

/** What a remedy is planned from and proven by; whoever changes a setting is not the one who proves it. */
export interface RemedyReaders {
  settingsItem: Pick<SettingsItem, 'read'>
  updates: PriceUpdates
  concurrency: ConcurrencyReader
  series: SeriesReader
  names: Names
}

type Deps = Pick<PerformDeps, 'log'> & RemedyReaders & { slack: Slack; lookFor: LookFor; partLimitMs: number }

/** Each part may fail alone; what could not be read is not there. */
export async function seeForRemedies(deps: Deps, incident: Incident, now: string): Promise<Seen> {
  const { settingsItem, updates, concurrency, series, names } = deps
  const waiting = (incident.remedies ?? []).filter(({ status }) => status === 'applied')
  const api = waiting.some(({ name }) => remedyNamed(name).reads === 'concurrency')
  const throttle = alarmNamed('LambdaThrottleAlarm')
  const [settings, newest, reserved, refused] = await Promise.all([
    part(deps, () => settingsItem.read()),
    part(deps, () => updates.newest()),
    api && part(deps, () => concurrency.read(names.functions.api)),
    api && throttle && part(deps, (signal) => series.read(throttle, now, signal)),
  ])
  return {
    ...(settings && { settings }),
    ...(newest && { updates: newest }),
    ...(reserved && { concurrency: reserved }),
    ...(refused && { throttles: refused.points.map(({ at, value }) => ({ at, count: value })) }),
  }
}

async function part<T>({ log, partLimitMs }: Deps, ask: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
  const read = await asking(within(partLimitMs, ask))
  if (read.is === 'ok') return read.value
  log.warn('what proves a remedy could not be read', { error: read.message })
  return undefined
}

/** The modal is already open; the person may have closed it, and a newer look may have replaced this one. */
export async function fillRemedyModal(
  deps: Deps,
  incident: Incident,
  effect: Extract<Effect, { kind: 'fill-remedy-modal' }>,
): Promise<void> {
  const { name, direction } = effect
  const look = deps.lookFor(effect.user)
  const view =
    direction === 'apply' ? await applying(deps, incident, effect, look) : undoing(incident, effect, await look)
  if (!view) {
    deps.log.info('a remedy that is not in force cannot be undone', { incident: incident.id, remedy: name })
    return
  }
  await updateView(deps, incident, effect, view)
}

type Fill = Extract<Effect, { kind: 'fill-remedy-modal' }>

async function applying(deps: Deps, incident: Incident, { name, direction }: Fill, look: Promise<Look>) {
  let plan: Plan
  try {
    plan = remedyNamed(name).plan(await within(deps.partLimitMs, () => seeForPlan(deps, name)))
  } catch (error) {
    deps.log.warn('a remedy could not be planned', { incident: incident.id, error: describeError(error) })
    plan = { possible: false, why: 'settings-unreadable' }
  }
  const planned = plan.possible && { plan: { from: plan.from, to: plan.to, write: plan.write } }
  const metadata = JSON.stringify({ incident: incident.id, name, direction, ...planned })
  return remedyModal(plan, incident, await look, { name, direction, metadata })
}

/** Only what the remedy is planned from is read, because a person waits. */
async function seeForPlan({ settingsItem, concurrency, names }: Deps, name: RemedyName): Promise<Seen> {
  const { reads } = remedyNamed(name)
  switch (reads) {
    case 'settings':
      return { settings: await settingsItem.read() }
    case 'concurrency':
      return { concurrency: await concurrency.read(names.functions.api) }
    case 'keys':
      throw new Error(`The evidence performer may not read keys, which ${name} is planned from`)
    case 'api':
      throw new Error(`The modal of ${name} is filled when it opens`)
    default:
      return reads satisfies never
  }
}

function undoing(incident: Incident, { name, direction }: Fill, look: Look) {
  const known = remedyOf(incident, name)
  const metadata = JSON.stringify({ incident: incident.id, name, direction })
  return known && undoModal(known, incident, look, { name, direction, metadata })
}
