import type { Maintenance } from '../common/maintenance.ts'
import { servedMinutes } from '../common/prices.ts'
import { isBefore, msBetween } from '../common/time.ts'
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

/** Maintenance mode is on: nothing of `/v1` is answered, whatever could be read. */
export function inMaintenance(request: ApiRequest, { incident, expectedUntil }: Maintenance, now: string) {
  const isToCome = expectedUntil !== undefined && isBefore(now, expectedUntil)
  return problem(
    503,
    'maintenance',
    {
      title: 'The price API is in maintenance',
      detail: `No prices are answered while we mend it. ${isToCome ? `We expect it back by ${minuteOf(expectedUntil)} UTC.` : 'We cannot say yet when it will be back.'} Try again after the time in Retry-After; /status tells more.`,
      ...(incident !== undefined && { incident }),
      ...(isToCome && { expectedUntil }),
      ...named(request),
    },
    { 'retry-after': String(secondsOfMaintenance(expectedUntil, now)) },
  )
}

const minuteOf = (at: string): string => at.slice(0, 16).replace('T', ' ')

const [soonest, latest, unknownEnd] = [30, 3600, 300]

/** Seconds after which another try makes sense: the expected end, within bounds; nobody knows one that has passed. */
export function secondsOfMaintenance(expectedUntil: string | undefined, now: string): number {
  if (expectedUntil === undefined || !isBefore(now, expectedUntil)) return unknownEnd
  return Math.min(latest, Math.max(soonest, Math.ceil(msBetween(now, expectedUntil) / 1000)))
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
