import { alarmNamed, isCauseOfOthers } from '../../common/alarms.ts'
import { describeError } from '../../common/logger.ts'
import { minutes, moment, plus } from '../../common/time.ts'
import type { Evidence, FunctionEvidence, PricesSeen, Reading, Series } from '../incident/evidence.ts'
import type { Incident } from '../incident/incident.ts'
import { logWindow } from '../incident/log-window.ts'
import { planRollback } from '../incident/rollback-plan.ts'
import { whatChanged } from '../incident/what-changed.ts'
import { leadAlarm, rollbackRole } from '../incident/when-rollback-asked.ts'
import type { HealthReader } from './aws-health.ts'
import type { Logs } from './aws-logs.ts'
import type { Readings } from './aws-readings.ts'
import type { SeriesReader } from './aws-series.ts'
import { type ChangeReaders, readLogged, readOthers, readStanding } from './changes-evidence.ts'
import { readFunction } from './function-evidence.ts'
import type { LastPrices } from './last-prices.ts'
import type { PerformDeps } from './perform.ts'
import { NoAnswer, within } from './within.ts'

export interface EvidenceReaders extends ChangeReaders {
  readings: Readings
  series: SeriesReader
  lastPrices: LastPrices
  logs: Logs
  health: HealthReader
  /** What one part may take, so that none keeps the others waiting for long. */
  partLimitMs: number
}

/** Every part is read at the same time and may fail alone: what is missing is named, the rest stands. */
export async function readEvidence(
  deps: EvidenceReaders & Pick<PerformDeps, 'clock' | 'log'>,
  incident: Incident,
): Promise<Evidence> {
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
  const leading = leadAlarm(incident)
  const alarmAt = leading?.firedAt ?? incident.openedAt
  const lead = alarmNamed(leading?.listed ?? '')
  const logs = logWindow(incident, now)
  const own =
    role &&
    part<FunctionEvidence>(
      'function',
      limited((signal) => readFunction(deps, role, signal)),
    )
  const [found, health, logged, settings, others, prices, series, errors, requests, ...readings] = await Promise.all([
    own,
    role === 'api' ? own?.then((api) => api && part('health', readHealth(deps, api, alarmAt, now))) : undefined,
    part('changes', readLogged(deps, now)),
    part('settings', readStanding(deps)),
    Promise.all(
      readOthers(deps, role).map(async (other) => [
        other.role,
        await part(
          `${other.role}-deployments`,
          limited(() => other.read),
        ),
      ]),
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
  const functions = { ...Object.fromEntries(others), ...(role && { [role]: found }) }
  return {
    readAt: now,
    functions: role && found ? { [role]: found } : {},
    readings: readings.filter((reading) => reading !== undefined),
    ...(series && { series }),
    ...(prices && { prices }),
    ...(errors && { errors }),
    ...(requests && { requests }),
    changes: whatChanged({ functions, logged, settings }, alarmAt),
    ...(health && { health }),
    missing,
  }
}

/** How the API is, beside the day before the deployment that a rollback would take back; nothing where none is possible. */
async function readHealth(deps: EvidenceReaders, api: FunctionEvidence, alarmAt: string, now: string) {
  const plan = planRollback('api', api, alarmAt)
  return plan.possible ? deps.health.read(now, plan.deployment?.createdAt) : undefined
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
