import * as z from 'zod'
import { type Env, readSettings } from '../common/env.ts'
import { priceSources } from '../common/price-sources.ts'
import { defaultCurrencies } from '../common/prices.ts'
import { defaultCoins } from './coins.ts'

/** One price source: where it is, and the name that is kept with its prices. */
export interface SourceSettings {
  /** Without a slash at its end. */
  apiUrl: string
  name: string
}

export interface Settings {
  stage: string
  pricesTable: string
  coingecko: SourceSettings & {
    /** Name of the secret that holds `{ "apiKey": … }`; without one CoinGecko is asked without a key. */
    secret: string | undefined
  }
  coinbase: SourceSettings
  /** CoinGecko's ids of the coins whose prices are kept; what is left out of the list leaves the snapshot. */
  coins: readonly string[]
  /** In small letters. */
  currencies: readonly string[]
  /** Milliseconds that one HTTP attempt at a price source may take, its body included. */
  attemptMs: number
  /** The first wait between attempts is at most this long, in milliseconds; it doubles each time. */
  backoffMs: number
  /** Milliseconds that a run may spend at price sources in all. */
  budgetMs: number
  /** Time limit of one call to AWS, in milliseconds. */
  callLimitMs: number
}

/** CoinGecko answers at most so many coins with one call, which is what a run makes per currency. */
const mostCoins = 250
const mostCurrencies = 20

const listOf = (one: z.ZodType<string, string>, most: number) =>
  z
    .string()
    .transform((text) => [...new Set(text.split(',').map((part) => part.trim()))].filter((part) => part !== ''))
    .pipe(z.array(one).min(1).max(most))

const Coin = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, "expected CoinGecko's id of a coin, as in bitcoin")
const Currency = z
  .string()
  .toLowerCase()
  .regex(/^[a-z]{3,5}$/, 'expected the code of a currency, as in usd')
const Url = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''))
const milliseconds = (least: number, most: number, usual: number) =>
  z.coerce.number().int().min(least).max(most).default(usual)

const Schema = z
  .object({
    STAGE: z.string().min(1).default('prod'),
    PRICES_TABLE: z.string().min(1),
    COINGECKO_API_URL: Url.default('https://api.coingecko.com/api/v3'),
    COINGECKO_SOURCE: z.string().min(1).default(priceSources.first),
    COINGECKO_SECRET: z.string().min(1).optional(),
    FALLBACK_API_URL: Url.default('https://api.coinbase.com/v2'),
    FALLBACK_SOURCE: z.string().min(1).default(priceSources.second),
    COINS: listOf(Coin, mostCoins).optional(),
    CURRENCIES: listOf(Currency, mostCurrencies).optional(),
    UPSTREAM_LIMIT_MS: milliseconds(50, 20_000, 5_000),
    UPSTREAM_BACKOFF_MS: milliseconds(1, 5_000, 500),
    // The Lambda ends after 60 s; the rest is for the table.
    UPSTREAM_BUDGET_MS: milliseconds(100, 45_000, 40_000),
    CALL_LIMIT_MS: milliseconds(50, 10_000, 2_500),
  })
  .refine((env) => env.UPSTREAM_BUDGET_MS >= 2 * env.UPSTREAM_LIMIT_MS, {
    path: ['UPSTREAM_BUDGET_MS'],
    message: 'expected at least twice UPSTREAM_LIMIT_MS, so that both price sources can be asked',
  })
  .transform(
    (env): Settings => ({
      stage: env.STAGE,
      pricesTable: env.PRICES_TABLE,
      coingecko: { apiUrl: env.COINGECKO_API_URL, name: env.COINGECKO_SOURCE, secret: env.COINGECKO_SECRET },
      coinbase: { apiUrl: env.FALLBACK_API_URL, name: env.FALLBACK_SOURCE },
      coins: env.COINS ?? defaultCoins.map(({ id }) => id),
      currencies: env.CURRENCIES ?? defaultCurrencies,
      attemptMs: env.UPSTREAM_LIMIT_MS,
      backoffMs: env.UPSTREAM_BACKOFF_MS,
      budgetMs: env.UPSTREAM_BUDGET_MS,
      callLimitMs: env.CALL_LIMIT_MS,
    }),
  )

/** Reads every setting of the updater at start; one error names all that are missing or wrong. */
export const readUpdaterSettings = (env: Env): Settings => readSettings(Schema, env)
