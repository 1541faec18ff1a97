import { evaluateQueries } from '../metrics/metric-math.ts'
import type { Datapoint, Metrics } from '../metrics.ts'
import { type ComparisonOperator, type MetricAlarm, returnedQuery, type StateValue } from './metric-alarm.ts'
import { missingReason, reasonData, thresholdReason } from './reason.ts'

export interface Evaluation {
  value: StateValue
  reason: string
  reasonData: string
}

export function breaches(value: number, comparison: ComparisonOperator, threshold: number): boolean {
  switch (comparison) {
    case 'GreaterThanThreshold':
      return value > threshold
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold
    case 'LessThanThreshold':
      return value < threshold
    case 'LessThanOrEqualToThreshold':
      return value <= threshold
    default:
      return comparison satisfies never
  }
}

/** The periods that end at `now`, newest first, with what was measured in each. */
function recentPeriods(metrics: Metrics, alarm: MetricAlarm, now: Date): { at: Date; point: Datapoint | undefined }[] {
  const { periodSeconds, evaluationPeriods } = alarm
  const from = new Date(now.getTime() - evaluationPeriods * periodSeconds * 1000)
  const series =
    evaluateQueries(metrics, alarm.queries, { from, to: now, periodSeconds }).get(returnedQuery(alarm).id) ?? []
  return Array.from({ length: evaluationPeriods }, (_, index) => {
    const at = new Date(now.getTime() - (index + 1) * periodSeconds * 1000)
    return { at, point: series.find((point) => point.at.getTime() === at.getTime()) }
  })
}

/**
 * What an alarm would become at this minute, or undefined when it keeps its state.
 * An alarm rings when every period is over the threshold, where a missing one counts as the alarm says.
 */
export function evaluate(metrics: Metrics, alarm: MetricAlarm, now: Date): Evaluation | undefined {
  const periods = recentPeriods(metrics, alarm, now)
  const points = periods.flatMap(({ point }) => point ?? [])
  const missing = periods.length - points.length
  const breaching = points.filter(({ value }) => breaches(value, alarm.comparison, alarm.threshold))

  const become = (value: StateValue): Evaluation => ({
    value,
    reason:
      points.length === 0
        ? missingReason(alarm, missing)
        : thresholdReason(
            alarm,
            value === 'ALARM' ? breaching : points.filter((point) => !breaching.includes(point)),
            value,
          ),
    reasonData: reasonData(alarm, points, now),
  })

  switch (alarm.treatMissing) {
    case 'notBreaching':
      return become(breaching.length === periods.length ? 'ALARM' : 'OK')
    case 'breaching':
      return become(breaching.length + missing === periods.length ? 'ALARM' : 'OK')
    case 'ignore':
      // A period that is over or under for certain decides; only when the missing one would decide, the state stays.
      if (breaching.length < points.length) return become('OK')
      return missing > 0 ? undefined : become('ALARM')
    case 'missing':
      if (points.length === 0) return become('INSUFFICIENT_DATA')
      return become(breaching.length === points.length ? 'ALARM' : 'OK')
    default:
      return alarm.treatMissing satisfies never
  }
}
