import { z } from 'zod'
import type { MetricQuery } from '../metrics/metric-math.ts'

export const StateValue = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA'])
export type StateValue = z.output<typeof StateValue>

export const AlarmState = z.object({
  value: StateValue,
  reason: z.string(),
  reasonData: z.string(),
  /** When the value last changed. */
  changedAt: z.iso.datetime(),
  /** When value or reason last changed. */
  updatedAt: z.iso.datetime(),
})
export type AlarmState = z.output<typeof AlarmState>

export type ComparisonOperator =
  | 'GreaterThanThreshold'
  | 'GreaterThanOrEqualToThreshold'
  | 'LessThanThreshold'
  | 'LessThanOrEqualToThreshold'

export interface MetricAlarm {
  name: string
  description: string
  /** One statistic, or several lines of metric math of which one returns data. */
  queries: readonly MetricQuery[]
  comparison: ComparisonOperator
  threshold: number
  periodSeconds: number
  /** Consecutive periods, all of which must be over the threshold. */
  evaluationPeriods: number
  treatMissing: 'notBreaching' | 'ignore' | 'breaching' | 'missing'
  /** Topics told about ALARM, OK and INSUFFICIENT_DATA. Without any, nobody hears of the alarm. */
  actions: readonly string[]
  configuredAt: string
}

export interface CompositeAlarm {
  name: string
  description: string
  /** Such as `ALARM("one") OR ALARM("two")`. */
  rule: string
  actions: readonly string[]
  configuredAt: string
}

/** The line whose series is compared with the threshold. */
export function returnedQuery(alarm: MetricAlarm): MetricQuery {
  const [returned, ...others] = alarm.queries.filter((query) => query.returnData)
  if (returned === undefined || others.length > 0)
    throw new Error(`Alarm ${alarm.name} needs exactly one query that returns data.`)
  return returned
}
