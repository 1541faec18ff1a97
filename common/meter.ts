import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'
import { customDimensions, namespace } from './names.ts'

/** Counts and measures what our own alarms watch. Every metric has the one dimension set of `customDimensions`. */
export interface Meter {
  count(name: string, value: number): void
  milliseconds(name: string, value: number): void
  seconds(name: string, value: number): void
}

/** Metrics as structured log lines (embedded metric format): no call, no waiting, no rights needed. */
export function createMeter(stage: string): Meter {
  // Powertools makes its service name the dimension `service`, so it has to be that of the set, not the Lambda's own.
  const metrics = new Metrics({ namespace, serviceName: customDimensions(stage).service })
  const put = (unit: (typeof MetricUnit)[keyof typeof MetricUnit]) => (name: string, value: number) => {
    metrics.addMetric(name, unit, value)
    metrics.publishStoredMetrics()
  }
  return {
    count: put(MetricUnit.Count),
    milliseconds: put(MetricUnit.Milliseconds),
    seconds: put(MetricUnit.Seconds),
  }
}
