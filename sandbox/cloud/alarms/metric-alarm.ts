import { z } from 'zod'
import { MetricQuery } from '../metrics/metric-math.ts'

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

export const ComparisonOperator = z.enum([
  'GreaterThanThreshold',
  'GreaterThanOrEqualToThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
])
export type ComparisonOperator = z.output<typeof ComparisonOperator>

const shared = {
  name: z.string(),
  description: z.string(),
  /** Topics told about ALARM, OK and INSUFFICIENT_DATA. Without any, nobody hears of the alarm. */
  actions: z.array(z.string()),
  configuredAt: z.iso.datetime(),
}

export const MetricAlarm = z.object({
  ...shared,
  /** One statistic, or several lines of metric math of which one returns data. */
  queries: z.array(MetricQuery),
  comparison: ComparisonOperator,
  threshold: z.number(),
  periodSeconds: z.number(),
  /** Consecutive periods, all of which must be over the threshold. */
  evaluationPeriods: z.number(),
  treatMissing: z.enum(['notBreaching', 'ignore', 'breaching', 'missing']),
})
export type MetricAlarm = z.output<typeof MetricAlarm>

export const CompositeAlarm = z.object({
  ...shared,
  /** Such as `ALARM("one") OR ALARM("two")`. */
  rule: z.string(),
})
export type CompositeAlarm = z.output<typeof CompositeAlarm>

/** An alarm with its state. */
export const KeptAlarm = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('metric'), alarm: MetricAlarm, state: AlarmState }),
  z.object({ kind: z.literal('composite'), alarm: CompositeAlarm, state: AlarmState }),
])
export type KeptAlarm = z.output<typeof KeptAlarm>

/** The line whose series is compared with the threshold. */
export function returnedQuery(alarm: MetricAlarm): MetricQuery {
  const [returned, ...others] = alarm.queries.filter((query) => query.returnData)
  if (returned === undefined || others.length > 0)
    throw new Error(`Alarm ${alarm.name} needs exactly one query that returns data.`)
  return returned
}
