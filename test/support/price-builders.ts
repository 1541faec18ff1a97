import type { Price, PriceSnapshot } from '../../common/prices.ts'

/** A price that is like any other but for what is said. */
export const aPrice = (change: Partial<Price> = {}): Price => ({
  id: 'bitcoin',
  symbol: 'btc',
  name: 'Bitcoin',
  price: 98_000,
  change24hPercent: 1.5,
  updatedAt: '2026-11-23T03:00:00.000Z',
  source: 'coingecko',
  ...change,
})

export const anEthereum = (change: Partial<Price> = {}): Price =>
  aPrice({ id: 'ethereum', symbol: 'eth', name: 'Ethereum', price: 3_900, ...change })

export const aSnapshot = (prices: readonly Price[], change: Partial<PriceSnapshot> = {}): PriceSnapshot => ({
  currency: 'usd',
  updatedAt: '2026-11-23T03:00:00.000Z',
  revision: 7,
  prices: Object.fromEntries(prices.map((price) => [price.id, price])),
  ...change,
})
