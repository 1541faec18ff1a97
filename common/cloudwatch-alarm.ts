import type { AlarmDefinition, MetricOf } from './alarms.ts'
import { dimensionsOf } from './metric-dimensions.ts'
import { atStage } from './names.ts'

/** A metric with its exact dimension set. */
export interface ExactMetric {
  namespace: string
  name: string
  dimensions: Readonly<Record<string, string>>
}

/** One line of an alarm: a metric's statistic, or an expression over other lines. One line returns data. */
export type AlarmQuery =
  | { kind: 'statistic'; id: string; metric: ExactMetric; statistic: AlarmStatistic; returnData: boolean }
  | { kind: 'expression'; id: string; expression: string; label: string; returnData: boolean }

export type AlarmStatistic = 'Sum' | 'p95' | 'Maximum' | 'Minimum'

/** An alarm as CloudWatch has it. The infrastructure makes it, the sandbox evaluates it. */
export interface CloudWatchAlarm {
  name: string
  description: string
  queries: AlarmQuery[]
  comparison: 'GreaterThanThreshold' | 'GreaterThanOrEqualToThreshold' | 'LessThanThreshold'
  threshold: number
  periodSeconds: number
  /** Consecutive periods, all of which must be over the threshold. */
  evaluationPeriods: number
  treatMissing: AlarmDefinition['missing']
}

/** The metrics behind a definition: one, or one for each value of `perOperation`. */
export function metricsOf(metric: MetricOf, stage: string): ExactMetric[] {
  const dimensions = dimensionsOf(metric.of, stage)
  const { namespace, name, perOperation } = metric
  if (perOperation === undefined) return [{ namespace, name, dimensions }]
  return perOperation.map((operation) => ({ namespace, name, dimensions: { ...dimensions, Operation: operation } }))
}

const hidden = (id: string, metric: ExactMetric, statistic: AlarmStatistic): AlarmQuery => ({
  kind: 'statistic',
  id,
  metric,
  statistic,
  returnData: false,
})

const sumsOf = (metric: MetricOf, stage: string, prefix: string): AlarmQuery[] =>
  metricsOf(metric, stage).map((each, index) => hidden(`${prefix}${index + 1}`, each, 'Sum'))

const math = (expression: string, label: string): AlarmQuery => ({
  kind: 'expression',
  id: 'result',
  expression,
  label,
  returnData: true,
})

/** A percentage of sums, taken as 0 while the whole is under `atLeast`. */
const percentage = (atLeast: number): string => `IF(whole1 >= ${atLeast}, 100 * FILL(part1, 0) / whole1, 0)`

/** A single metric needs no metric math: CloudWatch then reports its name and dimensions in the alarm itself. */
function alone(queries: readonly AlarmQuery[]): AlarmQuery[] | undefined {
  const [only, ...others] = queries
  return only !== undefined && others.length === 0 ? [{ ...only, returnData: true }] : undefined
}

function queriesOf({ condition }: AlarmDefinition, stage: string): AlarmQuery[] {
  switch (condition.kind) {
    case 'percentage': {
      const { part, whole, atLeast } = condition
      return [
        math(percentage(atLeast), `${part.name} in percent of ${whole.name}`),
        ...sumsOf(part, stage, 'part'),
        ...sumsOf(whole, stage, 'whole'),
      ]
    }
    case 'sum': {
      const parts = condition.metrics.flatMap((metric, index) => sumsOf(metric, stage, `m${index + 1}x`))
      const ids = parts.map(({ id }) => id).join(', ')
      const label = condition.metrics.map(({ name }) => name).join(' + ')
      return alone(parts) ?? [math(`SUM([${ids}])`, label), ...parts]
    }
    case 'statistic': {
      const { metric, statistic, scale } = condition
      const parts = metricsOf(metric, stage).map((each) => hidden('m1', each, statistic))
      return (scale === 1 && alone(parts)) || [math(`m1 * ${scale}`, `${metric.name} ${statistic}`), ...parts]
    }
    default:
      return condition satisfies never
  }
}

/** The alarm that CloudWatch keeps for a definition of ours. */
export function cloudWatchAlarm(definition: AlarmDefinition, stage: string): CloudWatchAlarm {
  const { name, severity, service, comparison, threshold, unit, periodMinutes, datapoints, missing } = definition
  return {
    name: atStage(name, stage),
    description: `${severity}: ${service}, ${comparison} ${threshold} ${unit} over ${datapoints} × ${periodMinutes} min`,
    queries: queriesOf(definition, stage),
    comparison: comparison === '>' ? 'GreaterThanThreshold' : 'GreaterThanOrEqualToThreshold',
    threshold,
    periodSeconds: periodMinutes * 60,
    evaluationPeriods: datapoints,
    treatMissing: missing,
  }
}
