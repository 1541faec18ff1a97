import * as z from 'zod'
import { historyDays } from '../common/prices.ts'
import { minutes } from '../common/time.ts'
import { intervals } from './schemas.ts'

/** What can be asked, and how wrong questions are told. Every message names the value that was not understood. */

const mostCoins = 100
const mostPoints = 1_000
const usualPoints = 300
const longestRangeMs = minutes((historyDays + 1) * 24 * 60)

/** A value as it was sent, short enough for an answer. */
const quoted = (value: unknown): string => {
  const text = String(value)
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`
}

const word = (pattern: RegExp, expected: string) =>
  z.string().regex(pattern, { error: ({ input }) => `${quoted(input)} is not ${expected}` })

const CoinId = word(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'a coin id such as bitcoin')
const CoinSymbol = word(/^[a-z0-9$._+-]{1,20}$/, 'a symbol such as btc')

/** A list of words separated by commas; capitals and repeats do not matter. */
const listOf = (item: z.ZodType<string, string>, most: number, what: string) =>
  z
    .string()
    .transform((text) => [...new Set(text.split(',').map((each) => each.trim().toLowerCase()))].filter((each) => each))
    .pipe(
      z
        .array(item)
        .min(1, { error: () => `names none; send ${what} separated by commas` })
        .max(most, {
          error: ({ input }) => `names ${(input as unknown[]).length} ${what}; at most ${most} in one request`,
        }),
    )

const Moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], {
    error: ({ input }) => `${quoted(input)} is no date or time such as 2026-11-23 or 2026-11-23T09:00:00Z`,
  })
  .transform((text) => new Date(text).toISOString())

/** Where a page of history begins. Clients pass it on and never look inside. */
export const encodeCursor = (from: string): string => Buffer.from(from, 'utf8').toString('base64url')
const Cursor = z
  .string()
  .transform((text) => Buffer.from(text, 'base64url').toString('utf8'))
  .pipe(z.iso.datetime({ error: () => 'is no cursor of ours; send the `next` of the page before, unchanged' }))

export function createQueries(currencies: readonly string[]) {
  const Currency = z
    .string()
    .toLowerCase()
    .refine((currency) => currencies.includes(currency), {
      error: ({ input }) => `${quoted(input)} is not kept; there are ${currencies.join(', ')}`,
    })
  const usual = currencies[0] ?? 'usd'
  const one = Currency.default(usual).meta({ description: `One of ${currencies.join(', ')}.`, example: usual })
  return {
    prices: z.strictObject({
      ids: listOf(CoinId, mostCoins, 'ids')
        .optional()
        .meta({ description: `Coin ids separated by commas, at most ${mostCoins}.`, example: 'bitcoin,ethereum' }),
      symbols: listOf(CoinSymbol, mostCoins, 'symbols')
        .optional()
        .meta({ description: `Symbols separated by commas; every coin that has one of them answers.`, example: 'btc' }),
      currency: listOf(Currency, currencies.length, 'currencies')
        .default([usual])
        .meta({ description: `One or more of ${currencies.join(', ')}, separated by commas.`, example: 'usd,jpy' }),
    }),
    price: z.strictObject({ currency: one }),
    history: z.strictObject({
      currency: one,
      from: Moment.optional().meta({ description: 'Default: 24 hours before `to`.', example: '2026-11-23T00:00:00Z' }),
      to: Moment.optional().meta({ description: 'Not included. Default: now.', example: '2026-11-24T00:00:00Z' }),
      interval: z
        .enum(intervals, { error: ({ input }) => `${quoted(input)} is no interval; there are ${intervals.join(', ')}` })
        .default('5m')
        .meta({ description: 'One point per interval: the last price within it.' }),
      limit: z.coerce
        .number({ error: () => 'is no number' })
        .int({ error: () => 'is no whole number' })
        .min(1, { error: () => 'is too few; 1 at least' })
        .max(mostPoints, { error: () => `is too many; at most ${mostPoints} on one page` })
        .default(usualPoints)
        .meta({ description: 'Intervals on one page.' }),
      cursor: Cursor.optional().meta({ description: 'The `next` of the page before.' }),
    }),
    coin: z.object({ id: CoinId.meta({ description: 'A coin id.', example: 'bitcoin' }) }),
    nothing: z.strictObject({}),
  }
}

export type Queries = ReturnType<typeof createQueries>
export type PricesQuery = z.output<Queries['prices']>
export type HistoryQuery = z.output<Queries['history']>

/** The span a history request is about, or what is wrong with it. */
export function rangeOf(
  { from, to }: Pick<HistoryQuery, 'from' | 'to'>,
  now: string,
): { from: string; to: string } | string {
  const end = to ?? now
  const start = from ?? new Date(Date.parse(end) - minutes(24 * 60)).toISOString()
  if (start >= end) return `from: "${start}" is not before to, "${end}"`
  if (Date.parse(end) - Date.parse(start) > longestRangeMs)
    return `from: "${start}" is more than ${historyDays} days before to, "${end}"; history is kept for ${historyDays} days`
  return { from: start, to: end }
}

/** Reads a query or answers what is wrong with it: each problem with the parameter it is about and the value it had. */
export function readQuery<S extends z.ZodObject>(
  schema: S,
  query: Readonly<Record<string, string>>,
): { query: z.output<S> } | { wrong: string[] } {
  const parsed = schema.safeParse(query)
  if (parsed.success) return { query: parsed.data }
  const takes = Object.keys(schema.shape)
  const known = takes.length > 0 ? `it takes ${takes.join(', ')}` : 'it takes none'
  return {
    wrong: parsed.error.issues.flatMap((issue) => {
      if (issue.code === 'unrecognized_keys')
        return issue.keys.map((key) => `${quoted(key)} is no parameter of this request; ${known}`)
      const name = String(issue.path[0])
      // Where only a part is wrong, the message names that part itself.
      const value = issue.message.startsWith('"') ? '' : `${quoted(query[name] ?? '')} `
      return [`${name}: ${value}${issue.message}`]
    }),
  }
}
