import * as z from 'zod'
import type { Wall } from '../common/clock.ts'
import type { Price } from '../common/prices.ts'
import { type Coin, defaultCoins } from './coins.ts'
import { type Fetch, getJson } from './get-json.ts'
import { type Failure, type PriceSource, type Question, type Quotes, quotesOf } from './price-source.ts'

/** `rates` says how much of an asset one unit of the currency is worth, as text. */
const Rates = z.object({ data: z.object({ currency: z.string(), rates: z.record(z.string(), z.unknown()) }) })

const traded = new Map(
  defaultCoins.flatMap((coin: Coin) =>
    coin.coinbase === undefined ? [] : [[coin.id, { ...coin, code: coin.coinbase }] as const],
  ),
)

interface Options {
  name: string
  /** Such as `https://api.coinbase.com/v2`. */
  apiUrl: string
  fetch: Fetch
  wall: Wall
}

/**
 * Coinbase: the rates of one currency with one call, no key needed. It knows prices only, and no coin that the table
 * in `coins.ts` gives no code. https://docs.cdp.coinbase.com/coinbase-app/track-apis/exchange-rates
 */
export const createCoinbase = ({ name, apiUrl, fetch, wall }: Options): PriceSource => ({
  name,
  async ask(question) {
    const query = new URLSearchParams({ currency: question.currency.toUpperCase() })
    const url = `${apiUrl}/exchange-rates?${query}`
    const answer = await getJson({ fetch, wall, url, limitMs: question.limitMs })
    return answer.ok ? readRates(answer.body, question, name) : answer
  },
})

function readRates(body: unknown, { coins, currency, at }: Question, source: string): Quotes | Failure {
  const read = Rates.safeParse(body)
  // Rates of another currency would be wrong prices, each of them plausible.
  if (!read.success || read.data.data.currency.toLowerCase() !== currency)
    return { ok: false, reason: 'malformed', status: 200, dropped: [] }
  const { rates } = read.data.data
  const asked = coins.flatMap((id) => traded.get(id) ?? [])
  const prices: Price[] = []
  const dropped: string[] = []
  for (const { id, symbol, name, code } of asked) {
    if (!Object.hasOwn(rates, code)) continue
    const price = priceFrom(rates[code])
    if (price === undefined) dropped.push(id)
    else prices.push({ id, symbol, name, price, updatedAt: at, source })
  }
  return quotesOf(
    asked.map(({ id }) => id),
    prices,
    dropped,
  )
}

/** The price of one coin; undefined where the rate cannot be used. */
function priceFrom(rate: unknown): number | undefined {
  if (typeof rate !== 'string' || rate.trim() === '') return undefined
  const units = Number(rate)
  // A rate has fewer digits than a division makes up.
  const price = Number((1 / units).toPrecision(12))
  return units > 0 && Number.isFinite(units) && Number.isFinite(price) ? price : undefined
}
