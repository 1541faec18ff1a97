import type { Env } from '../../../common/env.ts'
import type { Names } from '../../../common/names.ts'
import { region } from '../place.ts'

interface Places {
  /** Where the simulated cloud listens. */
  endpoint: string
  stage: string
  names: Names
  /** Paths of the simulated sources under the endpoint. */
  firstPath: string
  secondPath: string
}

const realCoinGecko = 'https://api.coingecko.com/api/v3'

/** Whether a developer sends the updater to the real CoinGecko, or to something that looks like it. */
const bringsFirst = (outside: Env): boolean => Boolean(outside.COINGECKO_API_URL || outside.COINGECKO_API_KEY)

/**
 * The environment that the updater gets here, with the same names as on AWS. The sandbox runs minutes in moments, so
 * its simulated sources get a fifth of the time: a machine that is busy needs a while for an answer, too.
 */
export function updaterEnvironment(places: Places, outside: Env): Env {
  const { endpoint, stage, names, firstPath, secondPath } = places
  const first: Env = bringsFirst(outside)
    ? {
        COINGECKO_API_URL: outside.COINGECKO_API_URL || realCoinGecko,
        COINGECKO_SOURCE: 'coingecko',
        ...(outside.COINGECKO_API_KEY && { COINGECKO_SECRET: names.upstreamSecret }),
      }
    : { COINGECKO_API_URL: `${endpoint}${firstPath}`, COINGECKO_SOURCE: 'coingecko (simulated)' }
  const second: Env = outside.FALLBACK_API_URL
    ? { FALLBACK_API_URL: outside.FALLBACK_API_URL, FALLBACK_SOURCE: 'coinbase' }
    : { FALLBACK_API_URL: `${endpoint}${secondPath}`, FALLBACK_SOURCE: 'coinbase (simulated)' }
  const isSimulated = !bringsFirst(outside) && !outside.FALLBACK_API_URL
  return {
    STAGE: stage,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: names.functions.updater,
    AWS_SECRET_ACCESS_KEY: 'sandbox',
    AWS_ENDPOINT_URL: endpoint,
    PRICES_TABLE: names.tables.prices,
    ...first,
    ...second,
    ...(isSimulated && { UPSTREAM_LIMIT_MS: '1000', UPSTREAM_BACKOFF_MS: '50', UPSTREAM_BUDGET_MS: '8000' }),
  }
}
