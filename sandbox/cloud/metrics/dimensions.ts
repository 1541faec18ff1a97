import type { MetricOf } from '../../../common/alarms.ts'
import { customDimensions, names } from '../../../common/names.ts'
import type { Metric } from '../metrics.ts'

/** Whose metric it is, as the dimensions of a stage. */
export function dimensionsOf(of: MetricOf['of'], stage: string): Readonly<Record<string, string>> {
  const { functions, gateway, tables } = names(stage)
  switch (of) {
    case 'api function':
      return { FunctionName: functions.api }
    case 'updater function':
      return { FunctionName: functions.updater }
    case 'gateway':
      return { ApiName: gateway, Stage: stage }
    case 'prices table':
      return { TableName: tables.prices }
    case 'custom':
      return { ...customDimensions }
    default:
      return of satisfies never
  }
}

/** The metrics behind a definition: one, or one for each value of `perOperation`. */
export function metricsOf(metric: MetricOf, stage: string): Metric[] {
  const dimensions = dimensionsOf(metric.of, stage)
  const { namespace, name, perOperation } = metric
  if (perOperation === undefined) return [{ namespace, name, dimensions }]
  return perOperation.map((operation) => ({ namespace, name, dimensions: { ...dimensions, Operation: operation } }))
}
