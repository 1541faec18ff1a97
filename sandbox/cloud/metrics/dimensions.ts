import type { MetricOf } from '../../../common/alarms.ts'
import { dimensionsOf } from '../../../common/metric-dimensions.ts'
import type { Metric } from '../metrics.ts'

/** The metrics behind a definition: one, or one for each value of `perOperation`. */
export function metricsOf(metric: MetricOf, stage: string): Metric[] {
  const dimensions = dimensionsOf(metric.of, stage)
  const { namespace, name, perOperation } = metric
  if (perOperation === undefined) return [{ namespace, name, dimensions }]
  return perOperation.map((operation) => ({ namespace, name, dimensions: { ...dimensions, Operation: operation } }))
}
