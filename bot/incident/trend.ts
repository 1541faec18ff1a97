import type { Series } from './evidence.ts'

export type Trend = 'rising' | 'falling' | 'steady'

/** What a series tells in a sentence. */
export interface Course {
  first: number
  last: number
  highest: { at: string; value: number }
  trend: Trend
}

/** Less than a tenth of the limit is the noise of traffic. */
const noise = 0.1

/**
 * How a measure went: where it began and stands, its peak, and whether it rises. It rises or falls when the mean of
 * its last third differs from the mean of the third before by more than a tenth of the limit. Under three points
 * nothing is told.
 */
export function courseOf({ points }: Series, limit: number): Course | undefined {
  const [first] = points
  const last = points.at(-1)
  if (first === undefined || last === undefined || points.length < 3) return undefined
  const third = Math.floor(points.length / 3)
  const change = mean(points.slice(-third)) - mean(points.slice(-2 * third, -third))
  const highest = points.reduce((most, point) => (point.value > most.value ? point : most))
  const isNoise = Math.abs(change) <= noise * Math.abs(limit)
  return {
    first: first.value,
    last: last.value,
    highest,
    trend: isNoise ? 'steady' : change > 0 ? 'rising' : 'falling',
  }
}

const mean = (points: Series['points']): number => points.reduce((sum, { value }) => sum + value, 0) / points.length
