import { z } from 'zod'
import type { Price } from '../common/prices.ts'

/** One coin as CoinGecko's `coins/markets` lists it. */
const Market = z.object({
  id: z.string(),
  symbol: z.string(),
  name: z.string(),
  current_price: z.number().nonnegative(),
  price_change_percentage_24h: z.number().nullish(),
})

/** The upstream answered, but not with prices. */
export class UpstreamError extends Error {
  override name = 'UpstreamError'
}

export interface Upstream {
  /** Such as `https://api.coingecko.com/api/v3`. */
  baseUrl: string
  fetch: (url: string, options: { signal: AbortSignal }) => Promise<Response>
  /** A signal that aborts after so many milliseconds. */
  timeLimit: (ms: number) => AbortSignal
}

const limitMs = 5_000

/** Fetches the prices of all coins in one currency with one call. */
export async function fetchPrices(
  upstream: Upstream,
  coins: readonly string[],
  currency: string,
  fetchedAt: string,
): Promise<Price[]> {
  const query = new URLSearchParams({ vs_currency: currency, ids: coins.join(',') })
  const response = await upstream.fetch(`${upstream.baseUrl}/coins/markets?${query}`, {
    signal: upstream.timeLimit(limitMs),
  })
  if (!response.ok) throw new UpstreamError(`The upstream answered ${response.status} for ${currency}.`)
  const markets = z.array(Market).parse(await response.json())
  return markets.map(({ id, symbol, name, current_price, price_change_percentage_24h }) => ({
    id,
    symbol,
    name,
    price: current_price,
    updatedAt: fetchedAt,
    source: 'coingecko',
    ...(typeof price_change_percentage_24h === 'number' && { change24hPercent: price_change_percentage_24h }),
  }))
}
