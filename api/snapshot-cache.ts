import type { Clock } from '../common/clock.ts'
import { describeError, type Log } from '../common/logger.ts'
import type { PricesTable, Read } from './prices-table.ts'

/** What is known of a currency's prices, and whether the table could be asked just now. */
export type Known = Read & { from: 'table' | 'memory' }

export interface SnapshotCache {
  /** Throws when the table cannot be read and nothing is in memory. */
  of(currency: string): Promise<Known>
}

/** How long a copy answers without a look at the table; after a failed look too, so that not every request waits in vain. */
const keptMs = 10_000

interface Copy {
  known: Known
  /** When to look again, domain time in milliseconds. */
  until: number
}

/**
 * Keeps each currency's snapshot for a few seconds. Requests that miss at the same time share one read, and
 * while the table fails the copy in memory answers: it says how old its prices are, so it is worth more than no answer.
 */
export function createSnapshotCache({
  clock,
  table,
  log,
}: {
  clock: Clock
  table: Pick<PricesTable, 'read'>
  log: Log
}): SnapshotCache {
  const copies = new Map<string, Copy>()
  const underWay = new Map<string, Promise<Known>>()

  async function look(currency: string): Promise<Known> {
    const known = await lookOrRemember(currency)
    copies.set(currency, { known, until: clock.now().getTime() + keptMs })
    return known
  }

  async function lookOrRemember(currency: string): Promise<Known> {
    try {
      return { ...(await table.read(currency)), from: 'table' }
    } catch (error) {
      const copy = copies.get(currency)
      if (copy === undefined) throw error
      log.warn('the prices table could not be read, the copy in memory answers', {
        currency,
        error: describeError(error),
      })
      return { ...copy.known, from: 'memory' }
    }
  }

  return {
    of(currency) {
      const copy = copies.get(currency)
      if (copy !== undefined && clock.now().getTime() < copy.until) return Promise.resolve(copy.known)
      const shared = underWay.get(currency)
      if (shared !== undefined) return shared
      const mine = look(currency).finally(() => underWay.delete(currency))
      underWay.set(currency, mine)
      return mine
    },
  }
}
