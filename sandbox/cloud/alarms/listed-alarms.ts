import type { AlarmDefinition, MetricOf } from '../../../common/alarms.ts'
import { metricsOf } from '../metrics/dimensions.ts'
import type { MetricQuery } from '../metrics/metric-math.ts'
import type { Statistic } from '../metrics.ts'
import type { MetricAlarm } from './metric-alarm.ts'

const sumsOf = (metric: MetricOf, stage: string, prefix: string): MetricQuery[] =>
  metricsOf(metric, stage).map((each, index) => hidden(`${prefix}${index + 1}`, each, 'Sum'))

const hidden = (id: string, metric: ReturnType<typeof metricsOf>[number], statistic: Statistic): MetricQuery => ({
  kind: 'statistic',
  id,
  metric,
  statistic,
  returnData: false,
})

const math = (expression: string, label: string): MetricQuery => ({
  kind: 'expression',
  id: 'result',
  expression,
  label,
  returnData: true,
})

/** A single metric needs no metric math: CloudWatch then reports its name and dimensions in the alarm itself. */
function alone(queries: readonly MetricQuery[]): MetricQuery[] | undefined {
  const [only, ...others] = queries
  return only !== undefined && others.length === 0 ? [{ ...only, returnData: true }] : undefined
}

function queriesOf({ condition }: AlarmDefinition, stage: string): MetricQuery[] {
  switch (condition.kind) {
    case 'percentage': {
      const { part, whole, atLeast } = condition
      return [
        math(`IF(whole1 >= ${atLeast}, 100 * FILL(part1, 0) / whole1, 0)`, `${part.name} in percent of ${whole.name}`),
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

/** The alarm that the infrastructure would make of a definition. */
export function listedAlarm(
  definition: AlarmDefinition,
  { stage, topicArn, configuredAt }: { stage: string; topicArn: string; configuredAt: string },
): MetricAlarm {
  const { name, severity, service, comparison, threshold, unit, periodMinutes, datapoints, missing } = definition
  return {
    name: stage === 'prod' ? name : `${name}-${stage}`,
    description: `${severity}: ${service}, ${comparison} ${threshold} ${unit} over ${datapoints} × ${periodMinutes} min`,
    queries: queriesOf(definition, stage),
    comparison: comparison === '>' ? 'GreaterThanThreshold' : 'GreaterThanOrEqualToThreshold',
    threshold,
    periodSeconds: periodMinutes * 60,
    evaluationPeriods: datapoints,
    treatMissing: missing,
    actions: [topicArn],
    configuredAt,
  }
}
