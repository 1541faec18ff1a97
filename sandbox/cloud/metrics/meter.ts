import type { Clock } from '../../../common/clock.ts'
import type { Meter } from '../../../common/meter.ts'
import { customDimensions, namespace } from '../../../common/names.ts'
import type { Metrics } from '../metrics.ts'

/** A meter whose metrics arrive in the simulated CloudWatch at once, as those of a log line arrive a moment later. */
export function createCloudMeter(metrics: Metrics, clock: Clock, stage: string): Meter {
  const dimensions = customDimensions(stage)
  const put = (name: string, value: number) => metrics.put({ namespace, name, dimensions, value, at: clock.now() })
  return { count: put, milliseconds: put, seconds: put }
}
