import { type CloudWatchAlarm, percentage } from './cloudwatch-alarm.ts'
import { liveAlias, names } from './names.ts'
export function newVersionBrake(stage: string, version: string): CloudWatchAlarm {
  const fn = names(stage).functions.api
  const dimensions = { FunctionName: fn, Resource: `${fn}:${liveAlias}`, ExecutedVersion: version }
  return {
    name: names(stage).newVersionAlarm,
    description: 'x',
    queries: [
      { kind: 'expression', id: 'result', expression: percentage(5), label: 'x', returnData: true },
      {
        kind: 'statistic',
        id: 'part1',
        metric: { namespace: 'AWS/Lambda', name: 'Errors', dimensions },
        statistic: 'Sum',
        returnData: false,
      },
      {
        kind: 'statistic',
        id: 'whole1',
        metric: { namespace: 'AWS/Lambda', name: 'Invocations', dimensions },
        statistic: 'Sum',
        returnData: false,
      },
    ],
    comparison: 'GreaterThanThreshold',
    threshold: 5,
    periodSeconds: 60,
    evaluationPeriods: 2,
    treatMissing: 'notBreaching',
  }
}
