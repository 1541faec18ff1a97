import { servedMinutes } from '../common/prices.ts'
import type { ApiDeps } from './deps.ts'
import { incidentBehind } from './incidents.ts'
import { problem } from './problem.ts'
import type { ApiRequest } from './request.ts'

/** Seconds after which another try makes sense: the next update is at most a few minutes away. */
const retryAfter = { 'retry-after': '60' }

const named = ({ requestId }: ApiRequest) => ({ ...(requestId !== undefined && { requestId }) })
const listed = (values: readonly string[]): string => {
  const shown = values.slice(0, 10).join(', ')
  return values.length > 10 ? `${shown} and ${values.length - 10} more` : shown
}

export const badRequest = (request: ApiRequest, wrong: readonly string[]) =>
  problem(400, 'bad-request', {
    title: 'The request was not understood',
    detail: `${wrong.join('. ')}.`,
    ...named(request),
  })

export const notFound = (request: ApiRequest) =>
  problem(404, 'not-found', {
    title: 'Not found',
    detail: `There is nothing to ${request.method} at ${request.path.slice(0, 200)}. The API begins at /v1/prices.`,
    ...named(request),
  })

export const unknownCoins = (request: ApiRequest, unknown: readonly string[]) =>
  problem(404, 'unknown-coin', {
    title: 'Unknown coin',
    detail: `No price is kept of ${listed(unknown)}. GET /v1/coins lists every coin.`,
    unknown: [...unknown],
    ...named(request),
  })

/** Prices that are too old are refused rather than served as if they were current. */
export async function tooOld(
  deps: Pick<ApiDeps, 'incidents'>,
  request: ApiRequest,
  coins: readonly { id: string; currency: string; ageSeconds?: number }[],
) {
  const ages = coins.flatMap(({ ageSeconds }) => ageSeconds ?? [])
  const newest = ages.length > 0 ? Math.min(...ages) : undefined
  const incident = incidentBehind(await deps.incidents.known())
  const names = listed(coins.map(({ id, currency }) => `${id} in ${currency}`))
  return problem(
    503,
    'prices-too-old',
    {
      title: 'Prices are too old',
      detail:
        newest === undefined
          ? `There is no price yet of ${names}. Try again in a minute.`
          : `The newest price of ${names} is ${Math.floor(newest / 60)} min old; prices older than ${servedMinutes} min are not served. Try again in a minute; /status tells what we are doing about it.`,
      ...(newest !== undefined && { ageSeconds: newest }),
      ...(incident !== undefined && { incident }),
      ...named(request),
    },
    retryAfter,
  )
}

/** Nothing was ever fetched in these currencies. */
export async function noPrices(deps: Pick<ApiDeps, 'incidents'>, request: ApiRequest, currencies: readonly string[]) {
  const incident = incidentBehind(await deps.incidents.known())
  return problem(
    503,
    'no-prices-yet',
    {
      title: 'No prices yet',
      detail: `No prices have been fetched in ${listed(currencies)} yet. Try again in a minute.`,
      ...(incident !== undefined && { incident }),
      ...named(request),
    },
    retryAfter,
  )
}

/** The table cannot be read and nothing is in memory. */
export async function unreadable(deps: Pick<ApiDeps, 'incidents'>, request: ApiRequest) {
  const incident = incidentBehind(await deps.incidents.known())
  return problem(
    503,
    'prices-unreadable',
    {
      title: 'Prices cannot be read',
      detail: 'Our store of prices does not answer at the moment. Try again in a few seconds.',
      ...(incident !== undefined && { incident }),
      ...named(request),
    },
    { 'retry-after': '5' },
  )
}
