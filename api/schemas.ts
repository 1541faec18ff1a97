import * as z from 'zod'

/** What the API answers. `docs/openapi.json` is made of these. */

const coinId = z.string().meta({ example: 'bitcoin' })
const at = z.iso.datetime()

export const PriceAnswer = z
  .object({
    id: coinId,
    symbol: z.string().meta({ example: 'btc' }),
    name: z.string().meta({ example: 'Bitcoin' }),
    currency: z.string().meta({ example: 'usd' }),
    price: z.number().meta({ example: 98123.45 }),
    change24hPercent: z.number().optional().meta({ description: 'Change within 24 hours, in percent.', example: 1.93 }),
    updatedAt: at.meta({ description: 'When we asked for this price. Its age counts from here.' }),
    quotedAt: at.optional().meta({ description: 'When the source itself last changed it, if it says so.' }),
    ageSeconds: z.int().meta({ description: 'Age at the time of this answer.', example: 42 }),
    stale: z.boolean().meta({ description: 'True from 5 minutes on. From an hour on a price is not served any more.' }),
    source: z.string().meta({ description: 'Who was asked.', example: 'coingecko' }),
  })
  .meta({ id: 'Price' })
export type PriceAnswer = z.output<typeof PriceAnswer>

export const PricesAnswer = z
  .object({
    prices: z.array(PriceAnswer),
    unknown: z.array(z.string()).meta({ description: 'Ids and symbols of the request that name no coin of ours.' }),
    unavailable: z
      .array(
        z.object({
          id: coinId,
          currency: z.string(),
          ageSeconds: z.int().optional().meta({ description: 'Absent when there has never been a price.' }),
        }),
      )
      .meta({ description: 'Coins that we know, whose newest price is too old to be served.' }),
  })
  .meta({ id: 'Prices' })
export type PricesAnswer = z.output<typeof PricesAnswer>

export const intervals = ['5m', '1h', '1d'] as const
export type Interval = (typeof intervals)[number]

export const HistoryAnswer = z
  .object({
    id: coinId,
    currency: z.string(),
    interval: z.enum(intervals),
    from: at,
    to: at,
    points: z.array(z.object({ at, price: z.number() })).meta({
      description: 'The last price within each interval, oldest first. An interval without a price has none.',
    }),
    next: z.string().nullable().meta({
      description:
        'Send it as `cursor` with the same query for the next page; null on the last page. A page may be empty.',
    }),
  })
  .meta({ id: 'History' })
export type HistoryAnswer = z.output<typeof HistoryAnswer>

export const CoinsAnswer = z
  .object({
    coins: z.array(z.object({ id: coinId, symbol: z.string(), name: z.string() })),
    currencies: z.array(z.string()).meta({ example: ['usd', 'jpy', 'eur'] }),
  })
  .meta({ id: 'Coins' })
export type CoinsAnswer = z.output<typeof CoinsAnswer>

export const HealthAnswer = z
  .object({
    status: z.enum(['ok', 'degraded', 'down']),
    reasons: z.array(z.string()).meta({ description: 'Why it is not ok; empty when it is.' }),
    prices: z.array(
      z.object({
        currency: z.string(),
        state: z.enum(['fresh', 'stale', 'too-old', 'missing']),
        updatedAt: at.optional(),
        ageSeconds: z.int().optional(),
      }),
    ),
    table: z
      .enum(['read', 'unreadable'])
      .meta({ description: 'Unreadable: prices come from memory, as far as they do.' }),
  })
  .meta({ id: 'Health' })
export type HealthAnswer = z.output<typeof HealthAnswer>

export const StatusIncident = z.object({
  id: z.string().meta({ example: 'updater-20261123T031200Z' }),
  state: z.enum(['investigating', 'being-worked-on', 'recovering', 'resolved']),
  affects: z.string().meta({ description: 'What you notice of it, in a sentence.' }),
  notice: z
    .object({ text: z.string(), at })
    .optional()
    .meta({ description: 'What we have to tell about it, and since when we say so.' }),
  since: at,
  lastUpdate: at,
  resolvedAt: at.optional(),
})
export type StatusIncident = z.output<typeof StatusIncident>

export const StatusAnswer = z
  .object({
    status: z.enum(['operational', 'degraded', 'disrupted', 'unknown']),
    summary: z.string().meta({ example: 'Everything works.' }),
    checkedAt: at,
    maintenance: z
      .object({
        since: at,
        expectedUntil: at.nullable().meta({ description: 'When we expect to answer again; null when we cannot say.' }),
        text: z.string(),
      })
      .optional()
      .meta({ description: 'Present while maintenance mode is on: no prices are answered.' }),
    newestPriceAt: at.nullable().meta({ description: 'When the newest price was asked for; null without any.' }),
    incidents: z.array(StatusIncident).meta({ description: 'What is going on now.' }),
    recent: z.array(StatusIncident).meta({ description: 'What ended within the last 24 hours.' }),
  })
  .meta({ id: 'Status' })
export type StatusAnswer = z.output<typeof StatusAnswer>
