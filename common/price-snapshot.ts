import { z } from 'zod'

/** What is known of one coin in one currency. */
export const Price = z.object({
  id: z.string(),
  symbol: z.string(),
  name: z.string(),
  price: z.number().nonnegative(),
  change24hPercent: z.number().optional(),
})
export type Price = z.output<typeof Price>

/** Every price of one currency in one item, so that one read answers any request. */
export const PriceSnapshot = z.object({
  pk: z.string(),
  currency: z.string(),
  /** When the prices were fetched. */
  updatedAt: z.iso.datetime(),
  prices: z.record(z.string(), Price),
})
export type PriceSnapshot = z.output<typeof PriceSnapshot>

/** The key of the prices table, and of a currency's snapshot in it. */
export const pricesTable = { key: 'pk' } as const
export const snapshotKey = (currency: string): string => `SNAPSHOT#${currency}`
