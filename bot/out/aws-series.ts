import { type CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import type { AlarmDefinition } from '../../common/alarms.ts'
import { minutes, moment, plus } from '../../common/time.ts'
import type { Series } from '../incident/evidence.ts'
import { alarmQueries } from './aws-readings.ts'

/** Half an hour of what an alarm measures, for people to see where it comes from. */
export interface SeriesReader {
  /** The half hour up to the whole minute before `now`; a step without data has no point. */
  read(alarm: AlarmDefinition, now: string, abortSignal: AbortSignal): Promise<Series>
}

const spanMinutes = 30
/** A chart takes twenty points at most. What is measured every five minutes has one for each run of the updater. */
const stepOf = ({ periodMinutes }: AlarmDefinition): number => (periodMinutes > 1 ? 5 : 2)

export function createSeriesReader(client: CloudWatchClient, stage: string): SeriesReader {
  return {
    read: async (alarm, now, abortSignal) => {
      const minutesEach = stepOf(alarm)
      const to = floorTo(now, 1)
      const from = floorTo(plus(to, -minutes(spanMinutes)), minutesEach)
      const { MetricDataResults = [] } = await client.send(
        new GetMetricDataCommand({
          MetricDataQueries: alarmQueries(alarm, stage, minutesEach * 60),
          StartTime: new Date(from),
          EndTime: new Date(to),
        }),
        { abortSignal },
      )
      const seen = MetricDataResults.map(({ Id = '', Values = [], Timestamps = [] }) => ({
        id: Id,
        values: new Map(Values.map((value, index) => [Timestamps[index]?.getTime() ?? 0, value])),
      }))
      const steps: number[] = []
      for (let at = Date.parse(from); at < Date.parse(to); at += minutes(minutesEach)) steps.push(at)
      const points = steps.flatMap((at) => {
        const value = valueAt(alarm, seen, at)
        return value === undefined ? [] : [{ at: moment(at), value }]
      })
      return { alarm: alarm.name, minutesEach, points }
    },
  }
}

type Seen = readonly { id: string; values: ReadonlyMap<number, number> }[]

/** What the alarm computes, for one step; nothing where there was nothing to measure. */
function valueAt({ condition }: AlarmDefinition, seen: Seen, at: number): number | undefined {
  const of = (prefix: string) =>
    seen.filter(({ id }) => id.startsWith(prefix)).flatMap(({ values }) => values.get(at) ?? [])
  const sum = (prefix: string) => of(prefix).reduce((all, value) => all + value, 0)
  switch (condition.kind) {
    case 'percentage': {
      const whole = sum('whole')
      return whole === 0 ? undefined : (100 * sum('part')) / whole
    }
    case 'sum':
      // What never happened has no data in CloudWatch, and that is zero times.
      return sum('part')
    case 'statistic': {
      const [value] = of('part')
      return value === undefined ? undefined : value * condition.scale
    }
    default:
      return condition satisfies never
  }
}

const floorTo = (at: string, wholeMinutes: number): string =>
  moment(Math.floor(Date.parse(at) / minutes(wholeMinutes)) * minutes(wholeMinutes))
