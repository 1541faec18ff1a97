import type { Price, PriceSnapshot } from '../common/prices.ts'
import type { Moment } from '../common/time.ts'

type Prices = PriceSnapshot['prices']

/** Prices of the same moment are told apart by what they say, so that any two runs agree on which one stays. */
const contentOf = ({ updatedAt, source, price, change24hPercent, quotedAt, symbol, name }: Price): string =>
  JSON.stringify([source, price, change24hPercent ?? null, quotedAt ?? null, symbol, name, updatedAt])

export const isSamePrice = (a: Price, b: Price): boolean => contentOf(a) === contentOf(b)

function newerOf(a: Price, b: Price): Price {
  const difference = Date.parse(a.updatedAt) - Date.parse(b.updatedAt)
  if (difference !== 0) return difference > 0 ? a : b
  return contentOf(a) >= contentOf(b) ? a : b
}

/**
 * The newer price of each coin. In whatever order and however often prices are joined, the result is the same: that is
 * why runs that overlap cannot take a price back in time.
 */
export function joinPrices(a: Prices, b: Prices): Prices {
  const joined = { ...a }
  for (const [id, price] of Object.entries(b)) {
    const known = joined[id]
    joined[id] = known === undefined ? price : newerOf(known, price)
  }
  return joined
}

const newest = (prices: Prices): Moment | undefined =>
  Object.values(prices)
    .map(({ updatedAt }) => updatedAt)
    .toSorted((a, b) => Date.parse(a) - Date.parse(b))
    .at(-1)

const isSame = (a: Prices, b: Prices): boolean =>
  Object.keys(a).length === Object.keys(b).length &&
  Object.entries(a).every(([id, price]) => {
    const other = b[id]
    return other !== undefined && isSamePrice(price, other)
  })

/**
 * What to write after a run: the held snapshot joined with what was fetched. A coin that the run did not bring keeps
 * its price and the time of it; a coin that is not configured any more goes.
 */
export function planUpdate(
  held: PriceSnapshot | undefined,
  fetched: readonly Price[],
  coins: readonly string[],
  currency: string,
): PriceSnapshot | 'nothing-newer' {
  const kept = new Set(coins)
  const joined = joinPrices(held?.prices ?? {}, Object.fromEntries(fetched.map((price) => [price.id, price])))
  const prices = Object.fromEntries(Object.entries(joined).filter(([id]) => kept.has(id)))
  const updatedAt = newest(prices)
  if (updatedAt === undefined || (held !== undefined && isSame(held.prices, prices))) return 'nothing-newer'
  return { currency, updatedAt, revision: (held?.revision ?? 0) + 1, prices }
}
