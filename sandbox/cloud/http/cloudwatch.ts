import { z } from 'zod'
import type { Clock } from '../../../common/clock.ts'
import { type MetricAlarm, returnedQuery, StateValue } from '../alarms/metric-alarm.ts'
import type { Alarms, DescribedAlarm } from '../alarms.ts'
import { AwsError } from '../aws-error.ts'
import type { MetricQuery } from '../metrics/metric-math.ts'
import type { Metric, Metrics } from '../metrics.ts'
import { getMetricData, putMetricData } from './metric-data.ts'
import { epochSeconds, type Operations, operation, page } from './operation.ts'
import { putMetricAlarm } from './put-metric-alarm.ts'

const DescribeAlarms = z.strictObject({
  AlarmNames: z.array(z.string()).max(100).optional(),
  AlarmNamePrefix: z.string().optional(),
  AlarmTypes: z.array(z.enum(['MetricAlarm', 'CompositeAlarm'])).optional(),
  ActionPrefix: z.string().optional(),
  StateValue: StateValue.optional(),
  MaxRecords: z.number().int().min(1).max(100).optional(),
  NextToken: z.string().optional(),
})

const SetAlarmState = z.strictObject({
  AlarmName: z.string(),
  StateValue,
  StateReason: z.string(),
  StateReasonData: z.string().optional(),
})

const dimensionList = ({ dimensions }: Metric) => Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }))

const statisticField = (statistic: string) =>
  statistic.startsWith('p') ? { ExtendedStatistic: statistic } : { Statistic: statistic }

function metricLine(query: MetricQuery, Period: number) {
  const shared = {
    Id: query.id,
    ReturnData: query.returnData,
    ...(query.label !== undefined && { Label: query.label }),
  }
  if (query.kind === 'expression') return { ...shared, Expression: query.expression }
  const { namespace, name } = query.metric
  const Metric = { Namespace: namespace, MetricName: name, Dimensions: dimensionList(query.metric) }
  return { ...shared, MetricStat: { Metric, Period, Stat: query.statistic } }
}

function measured(alarm: MetricAlarm) {
  const query = returnedQuery(alarm)
  if (query.kind === 'expression')
    return { Metrics: alarm.queries.map((each) => metricLine(each, alarm.periodSeconds)) }
  return {
    MetricName: query.metric.name,
    Namespace: query.metric.namespace,
    ...statisticField(query.statistic),
    Dimensions: dimensionList(query.metric),
    Period: alarm.periodSeconds,
  }
}

function shared({ alarm, state, arn }: DescribedAlarm) {
  return {
    AlarmName: alarm.name,
    AlarmArn: arn,
    AlarmDescription: alarm.description,
    AlarmConfigurationUpdatedTimestamp: epochSeconds(alarm.configuredAt),
    ActionsEnabled: true,
    OKActions: alarm.actions,
    AlarmActions: alarm.actions,
    InsufficientDataActions: alarm.actions,
    StateValue: state.value,
    StateReason: state.reason,
    ...(state.reasonData !== '' && { StateReasonData: state.reasonData }),
    StateUpdatedTimestamp: epochSeconds(state.updatedAt),
    StateTransitionedTimestamp: epochSeconds(state.changedAt),
  }
}

function described(entry: DescribedAlarm) {
  if (entry.kind === 'composite') return { ...shared(entry), AlarmRule: entry.alarm.rule }
  const { alarm } = entry
  return {
    ...shared(entry),
    ...measured(alarm),
    EvaluationPeriods: alarm.evaluationPeriods,
    DatapointsToAlarm: alarm.evaluationPeriods,
    Threshold: alarm.threshold,
    ComparisonOperator: alarm.comparison,
    TreatMissingData: alarm.treatMissing,
  }
}

/** CloudWatch as its clients see it. */
export function cloudWatchOperations(alarms: Alarms, metrics: Metrics, clock: Clock): Operations {
  return {
    DescribeAlarms: operation(DescribeAlarms, (input) => {
      const { AlarmNames, AlarmNamePrefix = '', ActionPrefix, MaxRecords = 50, NextToken } = input
      if (AlarmNames !== undefined && AlarmNamePrefix !== '')
        throw new AwsError('ValidationError', 'AlarmNames and AlarmNamePrefix cannot be used together.')
      // Like CloudWatch, composite alarms are told only to those who ask for them.
      const types = input.AlarmTypes ?? ['MetricAlarm']
      const found = alarms.describe().filter(({ kind, alarm, state }) => {
        return (
          types.includes(kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm') &&
          (AlarmNames === undefined || AlarmNames.includes(alarm.name)) &&
          alarm.name.startsWith(AlarmNamePrefix) &&
          (ActionPrefix === undefined || alarm.actions.some((action) => action.startsWith(ActionPrefix))) &&
          (input.StateValue === undefined || state.value === input.StateValue)
        )
      })
      const { items, next } = page(found, MaxRecords, NextToken)
      return {
        MetricAlarms: items.filter(({ kind }) => kind === 'metric').map(described),
        CompositeAlarms: items.filter(({ kind }) => kind === 'composite').map(described),
        ...(next !== undefined && { NextToken: next }),
      }
    }),
    PutMetricAlarm: putMetricAlarm(alarms),
    SetAlarmState: operation(SetAlarmState, (input) => {
      alarms.setAlarmState(input.AlarmName, input.StateValue, input.StateReason, input.StateReasonData)
      return {}
    }),
    GetMetricData: getMetricData(metrics),
    PutMetricData: putMetricData(metrics, () => clock.now()),
  }
}
