import * as z from 'zod'
import { type Env, readSettings } from '../common/env.ts'
import { defaultCurrencies } from '../common/prices.ts'

export interface ApiSettings {
  pricesTable: string
  /** The bot's record of incidents, read only. */
  incidentsTable: string
  /** Currencies that can be asked for, in small letters. */
  currencies: readonly string[]
  /** Time limit of one read of a table, in milliseconds: a client is waiting. */
  readLimitMs: number
  /** How often a read is tried in all. */
  readTries: number
}

const Currencies = z
  .string()
  .transform((text) => text.split(',').map((each) => each.trim().toLowerCase()))
  .pipe(z.array(z.string().regex(/^[a-z]{3,5}$/, 'expected currency codes, as in "usd,jpy"')).min(1))

const Schema = z
  .object({
    PRICES_TABLE: z.string().min(1),
    INCIDENTS_TABLE: z.string().min(1),
    CURRENCIES: Currencies.optional(),
    READ_LIMIT_MS: z.coerce.number().int().min(50).max(10_000).default(1_000),
    READ_TRIES: z.coerce.number().int().min(1).max(3).default(2),
  })
  .transform(
    (env): ApiSettings => ({
      pricesTable: env.PRICES_TABLE,
      incidentsTable: env.INCIDENTS_TABLE,
      currencies: env.CURRENCIES ?? defaultCurrencies,
      readLimitMs: env.READ_LIMIT_MS,
      readTries: env.READ_TRIES,
    }),
  )

/** Reads every setting of the API at start; one error names all that are missing or wrong. */
export const readApiSettings = (env: Env): ApiSettings => readSettings(Schema, env)
