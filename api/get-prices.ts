import { moment } from '../common/time.ts'
import { cachedJson } from './answers.ts'
import type { ApiDeps } from './deps.ts'
import { type Freshness, priceFreshness } from './freshness.ts'
import { noPrices, tooOld, unknownCoins } from './problems.ts'
import type { PricesQuery } from './query.ts'
import type { ApiRequest } from './request.ts'
import type { PriceAnswer, PricesAnswer } from './schemas.ts'
import type { Known } from './snapshot-cache.ts'

/** One coin in one currency: its price, or how old the newest one is. */
type Found =
  | { is: 'price'; price: PriceAnswer; freshness: Freshness }
  | { is: 'unavailable'; id: string; currency: string; ageSeconds?: number }

/** `GET /v1/prices`: many coins in one or more currencies. Known coins are answered, whatever else was asked for. */
export async function getPrices(deps: ApiDeps, request: ApiRequest, { ids, symbols, currency }: PricesQuery) {
  const now = moment(deps.clock.now())
  const known = await Promise.all(currency.map(async (code) => ({ code, ...(await deps.snapshots.of(code)) })))
  const coins = new Map(
    known.flatMap(({ snapshot }) => Object.values(snapshot?.prices ?? {})).map((coin) => [coin.id, coin]),
  )
  if (coins.size === 0) return noPrices(deps, request, currency)

  const everything = ids === undefined && symbols === undefined
  const wanted = everything
    ? [...coins.keys()]
    : [
        ...new Set([
          ...(ids ?? []).filter((id) => coins.has(id)),
          ...[...coins.values()].filter(({ symbol }) => symbols?.includes(symbol)).map(({ id }) => id),
        ]),
      ]
  const held = new Set([...coins.values()].map(({ symbol }) => symbol))
  const unknown = [...(ids ?? []).filter((id) => !coins.has(id)), ...(symbols ?? []).filter((each) => !held.has(each))]
  if (wanted.length === 0) return unknownCoins(request, unknown)

  const found = wanted.flatMap((id) => known.map(({ code, ...rest }) => find(id, code, rest, now)))
  const prices = found.filter((each) => each.is === 'price')
  const unavailable = found.filter((each) => each.is === 'unavailable').map(({ is: _unavailable, ...about }) => about)
  if (prices.length === 0) return tooOld(deps, request, unavailable)

  const body: PricesAnswer = { prices: prices.map(({ price }) => price), unknown, unavailable }
  return cachedJson(
    body,
    {
      maxAge: unavailable.length > 0 ? 0 : Math.min(...prices.map(({ freshness }) => freshness.freshForSeconds)),
      age: Math.max(...prices.map(({ freshness }) => freshness.ageSeconds)),
      identity: [
        prices.map(({ price: { ageSeconds: _counts, ...price } }) => price),
        unknown,
        unavailable.map(({ id, currency: code }) => [id, code]),
      ],
    },
    request.header('if-none-match'),
  )
}

/** `GET /v1/prices/{id}`: one coin in one currency. */
export async function getPrice(deps: ApiDeps, request: ApiRequest, id: string, currency: string) {
  const now = moment(deps.clock.now())
  const known = await deps.snapshots.of(currency)
  if (known.snapshot === undefined) return noPrices(deps, request, [currency])
  if (!Object.hasOwn(known.snapshot.prices, id)) return unknownCoins(request, [id])
  const found = find(id, currency, known, now)
  if (found.is === 'unavailable') return tooOld(deps, request, [found])
  const { price, freshness } = found
  const { ageSeconds: _counts, ...identity } = price
  return cachedJson(
    price,
    { maxAge: freshness.freshForSeconds, age: freshness.ageSeconds, identity },
    request.header('if-none-match'),
  )
}

function find(id: string, currency: string, { snapshot, settings }: Known, now: string): Found {
  const price = snapshot !== undefined && Object.hasOwn(snapshot.prices, id) ? snapshot.prices[id] : undefined
  if (price === undefined) return { is: 'unavailable', id, currency }
  const freshness = priceFreshness(price, now, settings.cacheTtlMinutes)
  const { ageSeconds, state } = freshness
  if (state === 'too-old') return { is: 'unavailable', id, currency, ageSeconds }
  const { id: coin, symbol, name, updatedAt, quotedAt, source, price: amount, change24hPercent } = price
  return {
    is: 'price',
    freshness,
    price: {
      id: coin,
      symbol,
      name,
      currency,
      price: amount,
      ...(change24hPercent !== undefined && { change24hPercent }),
      updatedAt,
      ...(quotedAt !== undefined && { quotedAt }),
      ageSeconds,
      stale: state === 'stale',
      source,
    },
  }
}
