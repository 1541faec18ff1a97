import type { PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch'
import { liveAlias, names } from './names.ts'

/** Fewer calls say nothing: a canary that one customer tries once is no sample. */
const leastCalls = 5

/**
 * The alarm that stops the deployment of a version for its own errors, in the words of PutMetricAlarm. A version that
 * fails 40 % of a 10 % canary fails 4 % of all calls, too little for any other brake. It has no actions: it opens no
 * incident and mails nobody. There is one per stage; every release gives it the version that it is about.
 */
export function newVersionBrake(stage: string, version: string) {
  const { functions, newVersionAlarm } = names(stage)
  const FunctionName = functions.api
  const Dimensions = [
    { Name: 'FunctionName', Value: FunctionName },
    { Name: 'Resource', Value: `${FunctionName}:${liveAlias}` },
    { Name: 'ExecutedVersion', Value: version },
  ]
  const sum = (Id: string, MetricName: string) => ({
    Id,
    MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName, Dimensions }, Period: 60, Stat: 'Sum' },
    ReturnData: false,
  })
  return {
    AlarmName: newVersionAlarm,
    AlarmDescription: `Stops the deployment of version ${version} of ${FunctionName} for its own errors. Opens no incident.`,
    Metrics: [
      {
        Id: 'result',
        Expression: `IF(calls >= ${leastCalls}, 100 * FILL(errors, 0) / calls, 0)`,
        Label: `Errors of version ${version} in percent of its calls`,
        ReturnData: true,
      },
      sum('errors', 'Errors'),
      sum('calls', 'Invocations'),
    ],
    ComparisonOperator: 'GreaterThanThreshold',
    Threshold: 5,
    EvaluationPeriods: 2,
    DatapointsToAlarm: 2,
    TreatMissingData: 'notBreaching',
  } as const satisfies PutMetricAlarmCommandInput
}
