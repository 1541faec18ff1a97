import { z } from 'zod'

export const Metric = z.object({
  namespace: z.string(),
  name: z.string(),
  dimensions: z.record(z.string(), z.string()),
})
export type Metric = Readonly<z.output<typeof Metric>>

export interface Datum extends Metric {
  value: number
  at: Date
  /** How often the value occurred; 1 unless told. */
  count?: number
}

export const Statistic = z.union([
  z.enum(['Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount']),
  z.templateLiteral(['p', z.number()]),
])
export type Statistic = z.output<typeof Statistic>

export interface Datapoint {
  /** The start of the period. */
  at: Date
  value: number
}

const minuteMs = 60_000
const keptMinutes = 3 * 24 * 60

/** One minute of one metric. Values are counted, so a minute with a thousand equal values stays small. */
const Bucket = z.object({
  sum: z.number(),
  min: z.number(),
  max: z.number(),
  count: z.number(),
  values: z.record(z.string(), z.number()),
})
type Bucket = z.output<typeof Bucket>

export const MetricsSnapshot = z.record(z.string(), z.record(z.string(), Bucket))
export type MetricsSnapshot = z.output<typeof MetricsSnapshot>

/** The same few sets of dimensions come again with every request; putting them in order once is enough. */
const ordered = new WeakMap<object, string>()

function orderedDimensions(dimensions: Metric['dimensions']): string {
  const known = ordered.get(dimensions)
  if (known !== undefined) return known
  const text = JSON.stringify(Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1)))
  ordered.set(dimensions, text)
  return text
}

const keyOf = ({ namespace, name, dimensions }: Metric): string =>
  `${namespace} ${name} ${orderedDimensions(dimensions)}`

/** Reads a statistic's name as CloudWatch spells it, or answers undefined. */
export function statisticNamed(text: string): Statistic | undefined {
  switch (text) {
    case 'Sum':
    case 'Average':
    case 'Minimum':
    case 'Maximum':
    case 'SampleCount':
      return text
    default: {
      const percent = Number(/^p(\d{1,2}(?:\.\d+)?|100)$/.exec(text)?.[1])
      return Number.isNaN(percent) ? undefined : `p${percent}`
    }
  }
}

/** The smallest value that is at least as large as `percent` of all values. */
function percentile(buckets: readonly Bucket[], percent: number): number {
  const counts = buckets.flatMap((bucket) =>
    Object.entries(bucket.values).map(([value, n]) => [Number(value), n] as const),
  )
  counts.sort(([a], [b]) => a - b)
  const total = counts.reduce((sum, [, n]) => sum + n, 0)
  let passed = 0
  for (const [value, n] of counts) {
    passed += n
    if (passed >= (total * percent) / 100) return value
  }
  return counts.at(-1)?.[0] ?? 0
}

function reduceBuckets(buckets: readonly Bucket[], statistic: Statistic): number {
  const sum = buckets.reduce((total, bucket) => total + bucket.sum, 0)
  const count = buckets.reduce((total, bucket) => total + bucket.count, 0)
  switch (statistic) {
    case 'Sum':
      return sum
    case 'SampleCount':
      return count
    case 'Average':
      return sum / count
    case 'Minimum':
      return Math.min(...buckets.map((bucket) => bucket.min))
    case 'Maximum':
      return Math.max(...buckets.map((bucket) => bucket.max))
    default:
      return percentile(buckets, Number(statistic.slice(1)))
  }
}

/** CloudWatch's store: a metric is its namespace, name and exact set of dimensions, kept by the minute. */
export function createMetrics() {
  let series = new Map<string, Map<number, Bucket>>()

  return {
    put(datum: Datum): void {
      const { value, count = 1 } = datum
      const key = keyOf(datum)
      const buckets = series.get(key) ?? new Map<number, Bucket>()
      series.set(key, buckets)
      const minute = Math.floor(datum.at.getTime() / minuteMs)
      const bucket = buckets.get(minute)
      if (bucket === undefined) {
        buckets.set(minute, { sum: value * count, min: value, max: value, count, values: { [value]: count } })
        return
      }
      bucket.sum += value * count
      bucket.min = Math.min(bucket.min, value)
      bucket.max = Math.max(bucket.max, value)
      bucket.count += count
      bucket.values[value] = (bucket.values[value] ?? 0) + count
    },
    /** The periods from `from` up to `to` that have data, oldest first. */
    statistic(metric: Metric, statistic: Statistic, from: Date, to: Date, periodSeconds: number): Datapoint[] {
      const buckets = series.get(keyOf(metric))
      if (buckets === undefined) return []
      const periodMs = periodSeconds * 1000
      const points: Datapoint[] = []
      for (let start = from.getTime(); start < to.getTime(); start += periodMs) {
        const end = Math.min(start + periodMs, to.getTime())
        const within: Bucket[] = []
        for (let minute = Math.ceil(start / minuteMs); minute * minuteMs < end; minute++) {
          const bucket = buckets.get(minute)
          if (bucket !== undefined) within.push(bucket)
        }
        if (within.length > 0) points.push({ at: new Date(start), value: reduceBuckets(within, statistic) })
      }
      return points
    },
    /** Forgets everything older than three days. */
    prune(now: Date): void {
      const oldest = Math.floor(now.getTime() / minuteMs) - keptMinutes
      for (const [key, buckets] of series) {
        for (const minute of buckets.keys()) if (minute < oldest) buckets.delete(minute)
        if (buckets.size === 0) series.delete(key)
      }
    },
    snapshot: (): MetricsSnapshot =>
      Object.fromEntries([...series].map(([key, buckets]) => [key, structuredClone(Object.fromEntries(buckets))])),
    restore(saved: MetricsSnapshot): void {
      series = new Map(
        Object.entries(saved).map(([key, buckets]) => [
          key,
          new Map(Object.entries(buckets).map(([minute, bucket]) => [Number(minute), structuredClone(bucket)])),
        ]),
      )
    },
  }
}

export type Metrics = ReturnType<typeof createMetrics>
