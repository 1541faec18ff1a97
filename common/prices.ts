import * as z from 'zod'

/** What is known of one coin in one currency. */
export const Price = z.object({
  /** The price source's id, as in `bitcoin`. */
  id: z.string(),
  /** In small letters, as in `btc`. */
  symbol: z.string(),
  name: z.string(),
  price: z.number().nonnegative(),
  change24hPercent: z.number().optional(),
  /** When the request for this price began; its age counts from here. */
  updatedAt: z.iso.datetime(),
  /** When the source itself last changed it, if it says so. */
  quotedAt: z.iso.datetime().optional(),
  /** Who was asked, as in `coingecko`. */
  source: z.string(),
})
export type Price = z.output<typeof Price>

/** Every price of one currency in one item, so that one read answers any request. */
export const PriceSnapshot = z.object({
  currency: z.string(),
  /** The newest `updatedAt` of its prices. A price that a run did not bring keeps its own, older one. */
  updatedAt: z.iso.datetime(),
  /** Counts saves; every write is on condition that nobody saved in between. */
  revision: z.int(),
  prices: z.record(z.string(), Price),
})
export type PriceSnapshot = z.output<typeof PriceSnapshot>

/** One price of the past. */
export const HistoryPoint = z.object({
  at: z.iso.datetime(),
  price: z.number().nonnegative(),
})
export type HistoryPoint = z.output<typeof HistoryPoint>

/** How the prices table is keyed, and where everything in it stands. */
export const pricesTable = {
  key: 'pk',
  sort: 'sk',
  /** Time to live, in seconds since 1970: set on history only. */
  expires: 'expires',
  snapshot: (currency: string) => ({ pk: `PRICES#${currency}`, sk: 'SNAPSHOT' }),
  settings: { pk: 'SETTINGS', sk: 'SETTINGS' },
  /** The history of a coin in a currency is one partition; `sk` is the moment, an ISO string. */
  history: (currency: string, coin: string) => `HISTORY#${currency}#${coin}`,
} as const

/** How long history is kept. */
export const historyDays = 30
/** Prices older than this are not served. */
export const servedMinutes = 60
/** Currencies whose prices are kept unless a setting says otherwise. */
export const defaultCurrencies = ['usd', 'jpy', 'eur'] as const
