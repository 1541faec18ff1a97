import type { Clock } from '../common/clock.ts'
import { describeError, type Log } from '../common/logger.ts'
import type { PriceSnapshot } from '../common/prices.ts'
import type { PricesTable } from './prices-table.ts'

const keptMs = 5_000

/** Keeps each currency's snapshot for a few seconds, so that a busy function reads the table rarely. */
export function createSnapshotCache({ clock, table, log }: { clock: Clock; table: PricesTable; log: Log }) {
  const kept = new Map<string, { snapshot: PriceSnapshot; readAt: number }>()

  return async (currency: string): Promise<PriceSnapshot | undefined> => {
    const now = clock.now().getTime()
    const copy = kept.get(currency)
    if (copy !== undefined && now - copy.readAt < keptMs) return copy.snapshot
    try {
      const snapshot = await table.snapshot(currency)
      if (snapshot === undefined) kept.delete(currency)
      else kept.set(currency, { snapshot, readAt: now })
      return snapshot
    } catch (error) {
      // A copy says how old it is, so an old price is worth more to the client than no answer.
      if (copy === undefined) throw error
      log.warn('the prices table could not be read, the copy in memory answers', { error: describeError(error) })
      return copy.snapshot
    }
  }
}
