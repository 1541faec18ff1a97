import { createApi } from '../../../api/handler.ts'
import type { PriceServiceParts } from './options.ts'
import { released } from './releases.ts'

/** A read that takes longer has failed; a simulated minute must not wait for it. */
const readLimitMs = '500'

/** The function behind the gateway. */
export function defineApiFunction({ endpoint, world, names, functions }: PriceServiceParts): void {
  const env = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'sandbox',
    AWS_SECRET_ACCESS_KEY: 'sandbox',
    PRICES_TABLE: names.tables.prices,
    INCIDENTS_TABLE: names.tables.incidents,
    READ_LIMIT_MS: readLimitMs,
  }
  functions.define(
    {
      name: names.functions.api,
      timeoutSeconds: 25,
      memoryMb: 512,
      start: (code) => released(code, createApi(env, world)),
    },
    { firstVersion: 38 },
  )
}
