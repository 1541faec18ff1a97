import type { MetricOf } from './alarms.ts'
import { customDimensions, names } from './names.ts'

/** The one exact dimension set of a metric; an alarm with any other set would look past the data. */
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
      return customDimensions(stage)
    default:
      return of satisfies never
  }
}
