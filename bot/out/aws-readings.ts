import { type CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch'
import type { AlarmDefinition, MetricOf } from '../../common/alarms.ts'
import { dimensionsOf } from '../../common/metric-dimensions.ts'
import { minutes, moment } from '../../common/time.ts'
import type { Reading } from '../incident/evidence.ts'

/** Measures now what listed alarms watch. */
export interface Readings {
  /**
   * What an alarm measures over whole minutes from `from` to `to`, with the requests it stands on. A
   * percentage is of the whole span; of a count or a statistic it is the worst minute, as the alarm judges it.
   */
  read(alarm: AlarmDefinition, from: string, to: string, abortSignal?: AbortSignal): Promise<Reading>
}

export function createReadings(client: CloudWatchClient, stage: string): Readings {
  const sums = async (queries: MetricDataQuery[], from: string, to: string, abortSignal?: AbortSignal) => {
    const answer = await client.send(
      new GetMetricDataCommand({ MetricDataQueries: queries, StartTime: new Date(from), EndTime: new Date(to) }),
      { ...(abortSignal && { abortSignal }) },
    )
    return (answer.MetricDataResults ?? []).map(({ Id = '', Values = [], Timestamps = [] }) => ({
      id: Id,
      points: Values.map((value, index) => ({ value, at: Timestamps[index]?.getTime() ?? 0 })),
    }))
  }
  return {
    read: async (alarm, from, to, abortSignal) => {
      const { condition } = alarm
      const queries = [...alarmQueries(alarm, stage, 60), ...requestQueries(alarm, stage)]
      const values = await sums(queries, from, to, abortSignal)
      const pointsOf = (prefix: string) =>
        values.filter(({ id }) => id.startsWith(prefix)).flatMap(({ points }) => points)
      const total = (prefix: string) => pointsOf(prefix).reduce((sum, { value }) => sum + value, 0)
      const requests = total('requests')
      const at = to
      switch (condition.kind) {
        case 'percentage': {
          const whole = total('whole')
          const value = whole === 0 ? undefined : (100 * total('part')) / whole
          return { alarm: alarm.name, ...(value !== undefined && { value }), requests: whole, at }
        }
        case 'sum': {
          const perMinute = new Map<number, number>()
          for (const { at: minute, value } of pointsOf('part')) {
            perMinute.set(minute, (perMinute.get(minute) ?? 0) + value)
          }
          return { alarm: alarm.name, value: Math.max(0, ...perMinute.values()), requests, at }
        }
        case 'statistic': {
          const seen = pointsOf('part').map(({ value }) => value * condition.scale)
          return { alarm: alarm.name, ...(seen.length > 0 && { value: Math.max(...seen) }), requests, at }
        }
        default:
          return condition satisfies never
      }
    },
  }
}

/** What an alarm measures, by step: a percentage's `part` and `whole`, else `part`. */
export function alarmQueries({ condition }: AlarmDefinition, stage: string, periodSeconds: number): MetricDataQuery[] {
  const queries = queriesEvery(periodSeconds)
  switch (condition.kind) {
    case 'percentage':
      return [...queries('part', condition.part, 'Sum', stage), ...queries('whole', condition.whole, 'Sum', stage)]
    case 'sum':
      return condition.metrics.flatMap((metric, index) => queries(`part${index}x`, metric, 'Sum', stage))
    case 'statistic':
      return queries('part', condition.metric, condition.statistic, stage)
    default:
      return condition satisfies never
  }
}

/** A percentage counts its own requests; for the rest, calls of the function stand for traffic. */
function requestQueries({ condition, service }: AlarmDefinition, stage: string): MetricDataQuery[] {
  if (condition.kind === 'percentage') return []
  const of = service === 'updater' ? 'updater function' : 'api function'
  return queriesEvery(60)('requests', { namespace: 'AWS/Lambda', name: 'Invocations', of }, 'Sum', stage)
}

/** Queries of one metric, one for each of its operations if it has any. */
export const queriesEvery =
  (Period: number) =>
  (prefix: string, metric: MetricOf, stat: string, stage: string): MetricDataQuery[] => {
    const own = Object.entries(dimensionsOf(metric.of, stage)).map(([Name, Value]) => ({ Name, Value }))
    const sets = metric.perOperation?.map((Value) => [...own, { Name: 'Operation', Value }]) ?? [own]
    return sets.map((Dimensions, index) => ({
      Id: `${prefix}${index}`,
      MetricStat: {
        Metric: { Namespace: metric.namespace, MetricName: metric.name, Dimensions },
        Period,
        Stat: stat,
      },
    }))
  }

/** The whole minutes inside a span: a minute that has not ended has not been counted to its end. */
export function wholeMinutes(from: string, to: string): { from: string; to: string } | undefined {
  const start = Math.ceil(Date.parse(from) / minutes(1)) * minutes(1)
  const end = Math.floor(Date.parse(to) / minutes(1)) * minutes(1)
  return end > start ? { from: moment(start), to: moment(end) } : undefined
}
