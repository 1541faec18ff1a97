import type { SeededRandom } from '../seeded-random.ts'

/** Steps by the golden ratio never pile up: any sixty numbers hold six or so below 0.1. */
const step = (Math.sqrt(5) - 1) / 2

/**
 * Draws numbers from 0 to 1 that spread evenly, a sequence per key with a seeded start. A share of a tenth is then
 * a tenth in every minute, and no alarm flaps by the luck of a small sample.
 */
export function createEvenDraws(random: SeededRandom): (key: string) => number {
  const last = new Map<string, number>()
  return (key) => {
    const next = ((last.get(key) ?? random.next()) + step) % 1
    last.set(key, next)
    return next
  }
}
