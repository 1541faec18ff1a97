import * as z from 'zod'
import type { Wall } from '../common/clock.ts'
import type { Price } from '../common/prices.ts'
import { moment } from '../common/time.ts'
import { type Fetch, getJson } from './get-json.ts'
import { type Failure, type PriceSource, type Question, type Quotes, quotesOf } from './price-source.ts'

/** One coin as `coins/markets` lists it. What is merely nice to have is left out when it is not right. */
const Market = z.object({
  id: z.string(),
  symbol: z.string().min(1).toLowerCase(),
  name: z.string().min(1),
  current_price: z.number().positive(),
  price_change_percentage_24h: z.number().optional().catch(undefined),
  last_updated: z.string().optional().catch(undefined),
})
const Named = z.object({ id: z.string() })

const proHost = 'pro-api.coingecko.com'

interface Options {
  name: string
  /** Such as `https://api.coingecko.com/api/v3`. */
  apiUrl: string
  fetch: Fetch
  wall: Wall
  /** The key, if there is one: printable, without spaces. */
  apiKey: string | undefined
}

/** CoinGecko: every coin in one currency with one call. https://docs.coingecko.com/reference/coins-markets */
export function createCoinGecko({ name, apiUrl, fetch, wall, apiKey }: Options): PriceSource {
  const keyHeader = new URL(apiUrl).hostname === proHost ? 'x-cg-pro-api-key' : 'x-cg-demo-api-key'
  const headers = apiKey === undefined ? {} : { [keyHeader]: apiKey }
  return {
    name,
    async ask(question) {
      const { coins, currency, limitMs } = question
      const query = new URLSearchParams({
        vs_currency: currency,
        ids: coins.join(','),
        per_page: '250',
        precision: 'full',
      })
      const answer = await getJson({ fetch, wall, url: `${apiUrl}/coins/markets?${query}`, headers, limitMs })
      return answer.ok ? readMarkets(answer.body, question, name) : answer
    },
  }
}

/** Reads each coin by itself, so that one that is broken costs no other. */
function readMarkets(body: unknown, { coins, at }: Question, source: string): Quotes | Failure {
  const list = z.array(z.unknown()).safeParse(body)
  if (!list.success) return { ok: false, reason: 'malformed', status: 200, dropped: [] }
  const asked = new Set(coins)
  const prices = new Map<string, Price>()
  const dropped = new Set<string>()
  for (const entry of list.data) {
    const named = Named.safeParse(entry)
    if (named.success && !asked.has(named.data.id)) continue
    const market = Market.safeParse(entry)
    if (market.success) prices.set(market.data.id, priceOf(market.data, at, source))
    else dropped.add(named.success ? named.data.id : '(without an id)')
  }
  return quotesOf(coins, [...prices.values()], [...dropped])
}

function priceOf(market: z.output<typeof Market>, updatedAt: string, source: string): Price {
  const { id, symbol, name, current_price, price_change_percentage_24h: change, last_updated } = market
  const quoted = last_updated === undefined ? Number.NaN : Date.parse(last_updated)
  return {
    id,
    symbol,
    name,
    price: current_price,
    ...(change !== undefined && { change24hPercent: change }),
    updatedAt,
    ...(!Number.isNaN(quoted) && { quotedAt: moment(quoted) }),
    source,
  }
}
