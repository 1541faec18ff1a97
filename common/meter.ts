import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'
import { namespace } from './names.ts'

/** Counts and measures what our own alarms watch. */
export interface Meter {
  count(name: string, value: number): void
}

/** Metrics as structured log lines (embedded metric format): no call, no waiting, no rights needed. */
export function createMeter(service: string): Meter {
  const metrics = new Metrics({ namespace, serviceName: service })
  return {
    count: (name, value) => {
      metrics.addMetric(name, MetricUnit.Count, value)
      metrics.publishStoredMetrics()
    },
  }
}
