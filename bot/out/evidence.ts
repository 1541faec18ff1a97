import { alarmNamed, isCauseOfOthers } from '../../common/alarms.ts'
import { describeError } from '../../common/logger.ts'
import { minutes, moment, plus } from '../../common/time.ts'
import type { Effect } from '../incident/effect.ts'
import type { Evidence, FunctionEvidence, PricesSeen, Reading, Series } from '../incident/evidence.ts'
import type { Incident } from '../incident/incident.ts'
import { logWindow } from '../incident/log-window.ts'
import { planRollback } from '../incident/rollback-plan.ts'
import { isPointless, leadAlarm, rollbackRole } from '../incident/when-rollback-asked.ts'
import { rollbackModal } from '../message/rollback-modal.ts'
import { isTooEarly, tooEarly } from './after-answer.ts'
import type { Logs } from './aws-logs.ts'
import type { Readings } from './aws-readings.ts'
import type { SeriesReader } from './aws-series.ts'
import { type FunctionReaders, readFunction } from './function-evidence.ts'
import type { LastPrices } from './last-prices.ts'
import { onEffects, type PerformDeps, type Performed } from './perform.ts'
import { fillRemedyModal, type RemedyReaders, seeForRemedies } from './remedy-evidence.ts'
import type { Slack } from './slack.ts'
import type { LookFor } from './slack-languages.ts'
import { updateView } from './update-view.ts'
import { NoAnswer, within } from './within.ts'

export interface EvidenceDeps extends PerformDeps, FunctionReaders, RemedyReaders {
  readings: Readings
  series: SeriesReader
  lastPrices: LastPrices
  logs: Logs
  /** What one part may take, so that none keeps the others waiting for long. */
  partLimitMs: number
  slack: Slack
  lookFor: LookFor
}

/** The Lambda that reads AWS and changes nothing there: evidence for the message, and the rollback modal. */
export function createEvidence(deps: EvidenceDeps) {
  return onEffects(deps, async ({ incident, effect, receives }): Promise<Performed> => {
    switch (effect.kind) {
      case 'read-evidence':
        return { is: 'performed', outcome: { is: 'evidence', evidence: await readEvidence(deps, incident) } }
      case 'fill-modal':
        if (isTooEarly(effect, receives)) return tooEarly
        await fillModal(deps, incident, effect)
        return { is: 'performed', outcome: { is: 'done' } }
      case 'fill-remedy-modal':
        await fillRemedyModal(deps, incident, effect)
        return { is: 'performed', outcome: { is: 'done' } }
      case 'verify-remedies': {
        const at = moment(deps.clock.now())
        const seen = await seeForRemedies(deps, incident, at)
        return { is: 'performed', outcome: { is: 'remedy', result: { is: 'seen', at, seen } } }
      }
      default:
        throw new Error(`The evidence performer cannot perform ${effect.kind}`)
    }
  })
}

/** Every part is read at the same time and may fail alone: what is missing is named, the rest stands. */
async function readEvidence(deps: EvidenceDeps, incident: Incident): Promise<Evidence> {
  const now = moment(deps.clock.now())
  const missing: Evidence['missing'] = []
  const limited = <T>(read: (signal: AbortSignal) => Promise<T>): Promise<T> => within(deps.partLimitMs, read)
  const part = async <T>(name: string, read: Promise<T>): Promise<T | undefined> => {
    try {
      return await read
    } catch (error) {
      if (!missing.some((each) => each.part === name)) missing.push(missingPart(name, error, deps.partLimitMs))
      deps.log.warn('a part of the evidence could not be read', { part: name, error: describeError(error) })
      return undefined
    }
  }
  const role = rollbackRole(incident)
  const listed = Object.values(incident.alarms).flatMap((alarm) => alarmNamed(alarm.listed ?? '') ?? [])
  const lead = alarmNamed(leadAlarm(incident)?.listed ?? '')
  const logs = logWindow(incident, now)
  const [found, prices, series, errors, requests, ...readings] = await Promise.all([
    role &&
      part<FunctionEvidence>(
        'function',
        limited((signal) => readFunction(deps, role, signal)),
      ),
    tellsAge(incident.service)
      ? part<PricesSeen[]>(
          'prices',
          limited((signal) => deps.lastPrices.read(now, signal)),
        )
      : undefined,
    lead &&
      part<Series>(
        'chart',
        limited((signal) => deps.series.read(lead, now, signal)),
      ),
    // The logs keep a limit of their own: what they have read until then still counts.
    logs && part('errors', deps.logs.errors(logs.functions, logs.errorsFrom, now)),
    logs && part('requests', deps.logs.requests(logs.requestsFrom, now)),
    ...listed.map((alarm) => {
      // The whole minutes that the alarm itself judges by: a longer look back would water the number down.
      const to = moment(Math.floor(Date.parse(now) / minutes(1)) * minutes(1))
      const from = plus(to, -minutes(alarm.periodMinutes * alarm.datapoints))
      return part<Reading>(
        'metrics',
        limited((signal) => deps.readings.read(alarm, from, to, signal)),
      )
    }),
  ])
  return {
    readAt: now,
    functions: role && found ? { [role]: found } : {},
    readings: readings.filter((reading) => reading !== undefined),
    ...(series && { series }),
    ...(prices && { prices }),
    ...(errors && { errors }),
    ...(requests && { requests }),
    missing,
  }
}

function missingPart(part: string, error: unknown, limitMs: number): Evidence['missing'][number] {
  // An SDK that gives up connecting says the same in words of its own.
  const isSilent = error instanceof NoAnswer || (error instanceof Error && error.name === 'TimeoutError')
  const noAnswerMs = error instanceof NoAnswer ? error.limitMs : limitMs
  const because = describeError(error).slice(0, 200)
  return { part, because, ...(isSilent && { noAnswerMs }) }
}

/** Old prices explain what follows from an incident of the updater, and a table in trouble makes them grow old. */
const tellsAge = (service: string): boolean => isCauseOfOthers(service) || service === 'table'

/** The modal is already open; the person may have closed it, and a newer look may have replaced this one. */
async function fillModal(deps: EvidenceDeps, incident: Incident, effect: Extract<Effect, { kind: 'fill-modal' }>) {
  const { role, user } = effect
  const look = deps.lookFor(user)
  const alarmAt = leadAlarm(incident)?.firedAt ?? incident.openedAt
  let plan: ReturnType<typeof planRollback>
  try {
    plan = planRollback(role, await within(deps.partLimitMs, (signal) => readFunction(deps, role, signal)), alarmAt)
    if (isPointless(incident, role, plan)) plan = { possible: false, why: 'deployment-unlikely' }
  } catch (error) {
    deps.log.warn('a rollback could not be planned', { incident: incident.id, error: describeError(error) })
    plan = { possible: false, why: 'evidence-missing' }
  }
  const metadata = JSON.stringify({
    incident: incident.id,
    role,
    ...(plan.possible && { from: plan.from, to: plan.to, aliasRevision: plan.aliasRevision }),
  })
  const view = rollbackModal(plan, incident, await look, metadata)
  await updateView(deps, incident, effect, view)
}
