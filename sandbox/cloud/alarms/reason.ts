import type { Datapoint } from '../metrics.ts'
import { type MetricAlarm, returnedQuery, type StateValue } from './metric-alarm.ts'

/** CloudWatch writes whole numbers with one decimal. */
const decimal = (value: number): string => (Number.isInteger(value) ? value.toFixed(1) : String(value))

/** `23/11/26 03:00:00`, the way CloudWatch writes the time of a datapoint. */
function shortTime(at: Date): string {
  const [, year, month, day, time] = /^\d\d(\d\d)-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)/.exec(at.toISOString()) ?? []
  return `${day}/${month}/${year} ${time}`
}

function comparisonWords(alarm: MetricAlarm): string {
  switch (alarm.comparison) {
    case 'GreaterThanThreshold':
      return 'greater than'
    case 'GreaterThanOrEqualToThreshold':
      return 'greater than or equal to'
    case 'LessThanThreshold':
      return 'less than'
    case 'LessThanOrEqualToThreshold':
      return 'less than or equal to'
    default:
      return alarm.comparison satisfies never
  }
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

/** The sentence about the datapoints that led to the state, newest first. */
export function thresholdReason(alarm: MetricAlarm, points: readonly Datapoint[], to: StateValue): string {
  const list = points.map(({ value, at }) => `${decimal(value)} (${shortTime(at)})`).join(', ')
  const verb = `${points.length === 1 ? 'was' : 'were'}${to === 'ALARM' ? '' : ' not'}`
  const [least, transition] = to === 'ALARM' ? [alarm.evaluationPeriods, 'OK -> ALARM'] : [1, 'ALARM -> OK']
  return (
    `Threshold Crossed: ${points.length} out of the last ${alarm.evaluationPeriods} datapoints [${list}] ${verb} ` +
    `${comparisonWords(alarm)} the threshold (${decimal(alarm.threshold)}) ` +
    `(minimum ${plural(least, 'datapoint')} for ${transition} transition).`
  )
}

/** The sentence when nothing at all was measured. */
export function missingReason(alarm: MetricAlarm, missing: number): string {
  const received = `no datapoints were received for ${plural(missing, 'period')}`
  const treated = `${plural(missing, 'missing datapoint')} ${missing === 1 ? 'was' : 'were'} treated as`
  switch (alarm.treatMissing) {
    case 'notBreaching':
      return `Threshold Crossed: ${received} and ${treated} [NonBreaching].`
    case 'breaching':
      return `Threshold Crossed: ${received} and ${treated} [Breaching].`
    case 'ignore':
    case 'missing':
      return `Insufficient Data: ${plural(missing, 'datapoint')} ${missing === 1 ? 'was' : 'were'} unknown.`
    default:
      return alarm.treatMissing satisfies never
  }
}

/** The same facts for programs, as `StateReasonData`. */
export function reasonData(alarm: MetricAlarm, points: readonly Datapoint[], now: Date): string {
  const query = returnedQuery(alarm)
  const time = (at: Date) => at.toISOString().replace('Z', '+0000')
  return JSON.stringify({
    version: '1.0',
    queryDate: time(now),
    ...(points[0] && { startDate: time(points.at(-1)?.at ?? points[0].at) }),
    ...(query.kind === 'statistic' && { statistic: query.statistic }),
    period: alarm.periodSeconds,
    recentDatapoints: points.map(({ value }) => value).reverse(),
    threshold: alarm.threshold,
    evaluatedDatapoints: points.map(({ at, value }) => ({ timestamp: time(at), value })),
  })
}
