import type { MetricQuery } from '../metrics/metric-math.ts'
import type { Metric } from '../metrics.ts'
import { account, arnOf, regionName } from '../place.ts'
import {
  type AlarmState,
  type CompositeAlarm,
  type MetricAlarm,
  returnedQuery,
  type StateValue,
} from './metric-alarm.ts'

/** `2026-11-23T03:00:00.000+0000`, the way CloudWatch writes a time in a notification. */
const notificationTime = (iso: string): string => new Date(iso).toISOString().replace('Z', '+0000')

const dimensionList = ({ dimensions }: Metric) => Object.entries(dimensions).map(([name, value]) => ({ value, name }))

const statisticFields = (statistic: string) => {
  if (statistic.startsWith('p')) return { StatisticType: 'ExtendedStatistic', ExtendedStatistic: statistic }
  const word = statistic === 'SampleCount' ? 'SAMPLE_COUNT' : statistic.toUpperCase()
  return { StatisticType: 'Statistic', Statistic: word }
}

const metricLine = (query: MetricQuery, Period: number) => {
  const Label = query.label
  switch (query.kind) {
    case 'expression':
      return { Expression: query.expression, Id: query.id, Label, ReturnData: query.returnData }
    case 'statistic':
      return {
        Id: query.id,
        Label,
        MetricStat: {
          Metric: {
            Dimensions: dimensionList(query.metric),
            MetricName: query.metric.name,
            Namespace: query.metric.namespace,
          },
          Period,
          Stat: query.statistic,
        },
        ReturnData: query.returnData,
      }
    default:
      return query satisfies never
  }
}

function trigger(alarm: MetricAlarm) {
  const query = returnedQuery(alarm)
  const rule = {
    Period: alarm.periodSeconds,
    EvaluationPeriods: alarm.evaluationPeriods,
    DatapointsToAlarm: alarm.evaluationPeriods,
    ComparisonOperator: alarm.comparison,
    Threshold: alarm.threshold,
    TreatMissingData: alarm.treatMissing,
    EvaluateLowSampleCountPercentile: '',
  }
  if (query.kind === 'expression')
    return { ...rule, Metrics: alarm.queries.map((each) => metricLine(each, alarm.periodSeconds)) }
  return {
    MetricName: query.metric.name,
    Namespace: query.metric.namespace,
    ...statisticFields(query.statistic),
    Unit: null,
    Dimensions: dimensionList(query.metric),
    ...rule,
  }
}

function common(alarm: MetricAlarm | CompositeAlarm, state: AlarmState, old: StateValue) {
  return {
    AlarmName: alarm.name,
    AlarmDescription: alarm.description,
    AWSAccountId: account,
    AlarmConfigurationUpdatedTimestamp: notificationTime(alarm.configuredAt),
    NewStateValue: state.value,
    NewStateReason: state.reason,
    StateChangeTime: notificationTime(state.changedAt),
    Region: regionName,
    AlarmArn: arnOf.alarm(alarm.name),
    OldStateValue: old,
    OKActions: alarm.actions,
    AlarmActions: alarm.actions,
    InsufficientDataActions: alarm.actions,
  }
}

export interface Notification {
  subject: string
  message: string
}

const subjectOf = (name: string, value: StateValue) => `${value}: "${name}" in ${regionName}`

/** What CloudWatch sends when a metric alarm changes its state. */
export const metricAlarmNotification = (alarm: MetricAlarm, state: AlarmState, old: StateValue): Notification => ({
  subject: subjectOf(alarm.name, state.value),
  message: JSON.stringify({ ...common(alarm, state, old), Trigger: trigger(alarm) }),
})

/** What CloudWatch sends when a composite alarm changes its state: its rule, and the children that turned it. */
export const compositeAlarmNotification = (
  alarm: CompositeAlarm,
  state: AlarmState,
  old: StateValue,
  children: readonly { name: string; state: AlarmState }[],
): Notification => ({
  subject: subjectOf(alarm.name, state.value),
  message: JSON.stringify({
    ...common(alarm, state, old),
    AlarmRule: alarm.rule,
    TriggeringChildren: children.map((child) => ({
      Arn: arnOf.alarm(child.name),
      State: { Value: child.state.value, Timestamp: notificationTime(child.state.changedAt) },
    })),
  }),
})
