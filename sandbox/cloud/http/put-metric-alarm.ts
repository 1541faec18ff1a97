import { z } from 'zod'
import { ComparisonOperator, type MetricAlarm } from '../alarms/metric-alarm.ts'
import type { Alarms } from '../alarms.ts'
import { AwsError } from '../aws-error.ts'
import { Query, queryOf } from './metric-data.ts'
import { type Operation, operation } from './operation.ts'

const Actions = z.array(z.string().startsWith('arn:')).max(5).optional()

/** Only metric math is taken: an alarm on a single metric comes from the list. */
const PutMetricAlarm = z.strictObject({
  AlarmName: z.string().min(1).max(255),
  AlarmDescription: z.string().max(1024).optional(),
  AlarmActions: Actions,
  OKActions: Actions,
  InsufficientDataActions: Actions,
  Metrics: z.array(Query).min(1).max(10),
  ComparisonOperator,
  Threshold: z.number(),
  EvaluationPeriods: z.number().int().min(1),
  DatapointsToAlarm: z.number().int().min(1).optional(),
  TreatMissingData: z.enum(['notBreaching', 'ignore', 'breaching', 'missing']).optional(),
})

function alarmOf(input: z.output<typeof PutMetricAlarm>): Omit<MetricAlarm, 'configuredAt'> {
  const invalid = (text: string) => new AwsError('ValidationError', text)
  const { Metrics, EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods } = input
  const periods = new Set(Metrics.flatMap(({ MetricStat, Period }) => MetricStat?.Period ?? Period ?? []))
  const [periodSeconds, ...others] = periods
  if (periodSeconds === undefined || others.length > 0) throw invalid('All metrics of an alarm must have one period.')
  if (Metrics.filter(({ ReturnData = true }) => ReturnData).length !== 1)
    throw invalid('Exactly one element of the metrics list should return data.')
  if (DatapointsToAlarm !== EvaluationPeriods)
    throw invalid('Here an alarm rings when every period is over its threshold.')
  const actions = [input.AlarmActions, input.OKActions, input.InsufficientDataActions].map((list = []) => list.join())
  if (new Set(actions).size > 1) throw invalid('Here an alarm tells of all its states, or of none.')
  return {
    name: input.AlarmName,
    description: input.AlarmDescription ?? '',
    actions: input.AlarmActions ?? [],
    queries: Metrics.map(queryOf),
    comparison: input.ComparisonOperator,
    threshold: input.Threshold,
    periodSeconds,
    evaluationPeriods: EvaluationPeriods,
    treatMissing: input.TreatMissingData ?? 'missing',
  }
}

/** Creates an alarm, or gives it new settings: its state stays until the next evaluation, as with CloudWatch. */
export const putMetricAlarm = (alarms: Alarms): Operation =>
  operation(PutMetricAlarm, (input) => {
    alarms.putAlarm(alarmOf(input))
    return {}
  })
