import { createApi } from '../../../api/handler.ts'
import type { PriceServiceParts } from './options.ts'
import { released } from './releases.ts'

/** A simulated minute must not wait for what fails: a read is tried once, and not for long. */
const impatient = { READ_LIMIT_MS: '500', READ_TRIES: '1' }

/** The function behind the gateway. */
export function defineApiFunction({ endpoint, world, names, functions }: PriceServiceParts): void {
  const env = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: names.functions.api,
    AWS_SECRET_ACCESS_KEY: 'sandbox',
    PRICES_TABLE: names.tables.prices,
    INCIDENTS_TABLE: names.tables.incidents,
    ...impatient,
  }
  functions.define(
    {
      name: names.functions.api,
      timeoutSeconds: 25,
      memoryMb: 512,
      start: (code) => released(code, env, (its) => createApi(its, world)),
    },
    { firstVersion: 38 },
  )
}
