import type { Clock, Wall } from '../common/clock.ts'
import { describeError, type Log } from '../common/logger.ts'
import { fetchPrices, type Upstream } from './fetch-prices.ts'
import type { PricesTable } from './prices-table.ts'

/** Takes the updater's own metrics; zeros are told too, or an alarm would see no data. */
export type MetricsSink = (
  name: 'ExternalApiErrors' | 'ExternalApiCalls' | 'ExternalApiLatency' | 'PriceAge',
  value: number,
) => void

export interface UpdateDueDeps {
  clock: Clock
  wall: Wall
  log: Log
  table: PricesTable
  upstream: Upstream
  metrics: MetricsSink
  coins: readonly string[]
  currencies: readonly string[]
}

export interface UpdateReport {
  updated: string[]
  failed: string[]
}

/** The scheduled Lambda: fetches each currency once, keeps what succeeded, and says how old the newest price is. */
export function createUpdateDue(deps: UpdateDueDeps) {
  const { clock, wall, log, table, upstream, metrics, coins, currencies } = deps

  async function fetchMeasured(currency: string, fetchedAt: string) {
    const started = wall.now().getTime()
    try {
      const prices = await fetchPrices(upstream, coins, currency, fetchedAt)
      metrics('ExternalApiErrors', 0)
      return prices
    } catch (error) {
      log.warn('the upstream gave no prices', { currency, error: describeError(error) })
      metrics('ExternalApiErrors', 1)
      return undefined
    } finally {
      metrics('ExternalApiCalls', 1)
      metrics('ExternalApiLatency', wall.now().getTime() - started)
    }
  }

  async function update(currency: string): Promise<boolean> {
    const fetchedAt = clock.now().toISOString()
    const prices = await fetchMeasured(currency, fetchedAt)
    if (prices === undefined) return false
    await table.save({
      currency,
      updatedAt: fetchedAt,
      revision: 1,
      prices: Object.fromEntries(prices.map((price) => [price.id, price])),
    })
    return true
  }

  /** The age of the newest price; without any price there is nothing to tell, and the alarm takes that for the worst. */
  async function tellAge(): Promise<void> {
    const times = await Promise.all(currencies.map((currency) => table.updatedAt(currency)))
    const newest = times
      .flatMap((time) => time ?? [])
      .toSorted()
      .at(-1)
    if (newest === undefined) log.error('there is no price at all')
    else metrics('PriceAge', Math.max(0, (clock.now().getTime() - new Date(newest).getTime()) / 1000))
  }

  return async (): Promise<UpdateReport> => {
    const results = await Promise.all(currencies.map(async (currency) => ({ currency, ok: await update(currency) })))
    await tellAge()
    const named = (ok: boolean) => results.filter((result) => result.ok === ok).map(({ currency }) => currency)
    return { updated: named(true), failed: named(false) }
  }
}
