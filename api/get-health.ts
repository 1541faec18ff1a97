import type { APIGatewayProxyResult } from 'aws-lambda'
import type { Maintenance } from '../common/maintenance.ts'
import { servedMinutes } from '../common/prices.ts'
import { moment } from '../common/time.ts'
import type { ApiDeps } from './deps.ts'
import { freshnessOf, priceFreshness } from './freshness.ts'
import type { HealthAnswer } from './schemas.ts'
import type { Known } from './snapshot-cache.ts'
import { isPassing } from './table-failure.ts'

/** A currency as a monitor should see it; undefined when the table could not be read and nothing is in memory. */
export interface Seen {
  currency: string
  known: Known | undefined
}

/** `GET /health`: for monitors and load balancers. 200 while prices are served, 503 when none are. */
export async function getHealth(deps: ApiDeps): Promise<APIGatewayProxyResult> {
  const seen = await Promise.all(
    deps.settings.currencies.map(async (currency): Promise<Seen> => {
      try {
        return { currency, known: await deps.snapshots.of(currency) }
      } catch (error) {
        if (!isPassing(error)) throw error
        return { currency, known: undefined }
      }
    }),
  )
  const health = healthOf(seen, moment(deps.clock.now()), await deps.maintenance.now())
  return {
    statusCode: health.status === 'down' ? 503 : 200,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      ...(health.status === 'down' && { 'retry-after': '60' }),
    },
    body: JSON.stringify(health),
  }
}

const minutesOf = (seconds: number): string => `${Math.floor(seconds / 60)} min`

/** Judges what was seen: every reason is a sentence, and one is enough not to be ok. */
export function healthOf(seen: readonly Seen[], now: string, maintenance?: Maintenance): HealthAnswer {
  const reasons: string[] = []
  const prices = seen.map(({ currency, known }): HealthAnswer['prices'][number] => {
    if (known?.snapshot === undefined) {
      reasons.push(
        known === undefined ? `prices in ${currency} cannot be read` : `there are no prices in ${currency} yet`,
      )
      return { currency, state: 'missing' }
    }
    const { snapshot, settings } = known
    const { state, ageSeconds } = freshnessOf(snapshot.updatedAt, now, settings.cacheTtlMinutes)
    if (state === 'stale')
      reasons.push(
        `prices in ${currency} are ${minutesOf(ageSeconds)} old; up to ${settings.cacheTtlMinutes} min they are fresh`,
      )
    if (state === 'too-old')
      reasons.push(
        `prices in ${currency} are ${minutesOf(ageSeconds)} old; beyond ${servedMinutes} min they are not served`,
      )
    const all = Object.values(snapshot.prices)
    const behind = all.filter((price) => priceFreshness(price, now, settings.cacheTtlMinutes).state !== 'fresh')
    if (state === 'fresh' && behind.length > 0)
      reasons.push(`${behind.length} of ${all.length} coins in ${currency} did not get a new price`)
    return { currency, state, updatedAt: snapshot.updatedAt, ageSeconds }
  })
  const isReadable = seen.every(({ known }) => known?.from === 'table')
  if (!isReadable) reasons.push('the table cannot be read, prices come from memory')
  if (maintenance) reasons.push('maintenance mode is on: no prices are answered, as was decided')
  const isServing = prices.some(({ state }) => state === 'fresh' || state === 'stale')
  return {
    status: !isServing ? 'down' : reasons.length > 0 ? 'degraded' : 'ok',
    reasons,
    prices,
    table: isReadable ? 'read' : 'unreadable',
  }
}
