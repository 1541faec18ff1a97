import { type CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch'
import { type AlarmDefinition, alarms, type MetricOf } from '../../common/alarms.ts'
import { minutes, moment, plus } from '../../common/time.ts'
import type { Health } from '../incident/health.ts'
import { alarmQueries, queriesEvery } from './aws-readings.ts'
import { within } from './within.ts'

/** Measures what the runbook's criteria for a rollback of the API are about. */
export interface HealthReader {
  /** The three whole minutes up to `now`, and the day before `deployedAt`, if there was a deployment. */
  read(now: string, deployedAt: string | undefined): Promise<Health>
}

/** As long as an alarm over two minutes takes to show in full: a longer span would water down what has just begun. */
const spanMinutes = 3
const dayMinutes = 24 * 60

const named = (wanted: string): AlarmDefinition => {
  const found = alarms.find(({ name }) => name === wanted)
  if (!found) throw new Error(`There is no alarm ${wanted}`)
  return found
}
/** The criteria are told in the measures of these two. */
const errorAlarm = named('LambdaErrorAlarm')
const latency = (({ condition }) => {
  if (condition.kind !== 'statistic') throw new Error('p95 is a statistic')
  return condition
})(named('ApiLatencyP95Alarm'))

/** One value for a whole span, beside how many requests it stands on. */
const ofSpan = (metric: MetricOf, stage: string, periodMinutes: number): MetricDataQuery[] => {
  const queries = queriesEvery(periodMinutes * 60)
  return [...queries('latency', metric, latency.statistic, stage), ...queries('requests', metric, 'SampleCount', stage)]
}

/** `limitMs` is for both questions together. */
export function createHealthReader(client: CloudWatchClient, stage: string, limitMs: number): HealthReader {
  return {
    read: (now, deployedAt) =>
      within(limitMs, async (abortSignal) => {
        const measure = async (MetricDataQueries: MetricDataQuery[], from: string, to: string) => {
          const command = new GetMetricDataCommand({
            MetricDataQueries,
            StartTime: new Date(from),
            EndTime: new Date(to),
          })
          const { MetricDataResults = [] } = await client.send(command, { abortSignal })
          return (prefix: string) =>
            MetricDataResults.filter(({ Id = '' }) => Id.startsWith(prefix)).flatMap(({ Values = [] }) => Values)
        }
        const to = floorToMinute(now)
        const from = plus(to, -minutes(spanMinutes))
        const until = deployedAt && floorToMinute(deployedAt)
        const [present, past] = await Promise.all([
          measure([...alarmQueries(errorAlarm, stage, 60), ...ofSpan(latency.metric, stage, spanMinutes)], from, to),
          until && measure(ofSpan(latency.metric, stage, dayMinutes), plus(until, -minutes(dayMinutes)), until),
        ])
        const p95 = worst(present('latency'))
        const before = past ? worst(past('latency')) : undefined
        return {
          from,
          to,
          calls: sum(present('whole')),
          errors: sum(present('part')),
          requests: sum(present('requests')),
          ...(p95 !== undefined && { p95 }),
          ...(until && before !== undefined && { before: { until, p95: before } }),
        }
      }),
  }
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)

/** CloudWatch may cut a span where its own periods begin, and percentiles cannot be joined: the larger one counts. */
const worst = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : Math.max(...values) * latency.scale

const floorToMinute = (at: string): string => moment(Math.floor(Date.parse(at) / minutes(1)) * minutes(1))
