import type { APIGatewayProxyResult } from 'aws-lambda'
import type { ApiDeps } from '../../api/deps.ts'
import { createApiHandler } from '../../api/handler.ts'
import { createIncidentLookup, type Incidents } from '../../api/incidents.ts'
import { createMaintenanceLookup } from '../../api/maintenance.ts'
import type { PricesTable, Read } from '../../api/prices-table.ts'
import { routes } from '../../api/routes.ts'
import { createSnapshotCache } from '../../api/snapshot-cache.ts'
import type { HistoryPoint, Price, PriceSnapshot } from '../../common/prices.ts'
import { defaultServiceSettings, type ServiceSettings } from '../../common/service-settings.ts'
import { later, noon } from './builders.ts'
import { createQuietLog } from './quiet-log.ts'
import { quietMeter } from './quiet-meter.ts'
import { createVirtualWall } from './virtual-wall.ts'

/** A price of noon. */
export const aPrice = (change: Partial<Price> = {}): Price => ({
  id: 'bitcoin',
  symbol: 'btc',
  name: 'Bitcoin',
  price: 98_000,
  change24hPercent: 1.9,
  updatedAt: noon,
  source: 'coingecko',
  ...change,
})

export const ethereum = aPrice({ id: 'ethereum', symbol: 'eth', name: 'Ethereum', price: 3_900 })

export const aSnapshot = (currency: string, ...prices: Price[]): PriceSnapshot => ({
  currency,
  updatedAt:
    prices
      .map(({ updatedAt }) => updatedAt)
      .sort()
      .at(-1) ?? noon,
  revision: 1,
  prices: Object.fromEntries(prices.map((price) => [price.id, price])),
})

/** An error as the SDK throws it when the table throttles. */
export const throttled = (): Error =>
  Object.assign(new Error('Rate exceeded'), { name: 'ProvisionedThroughputExceededException' })

/** What the API stands on: bitcoin and ethereum in usd and jpy, fetched at noon. */
export interface ApiFacts {
  snapshots: Record<string, PriceSnapshot>
  settings: ServiceSettings
  history: HistoryPoint[]
  incidents: Incidents
  /** Milliseconds that each read of the prices table takes. */
  tableTakes: number
  /** Thrown by every read of the prices table while it is set. */
  tableFails: Error | undefined
  /** The same for the record of incidents; `never` does not answer at all. */
  incidentsFail: Error | 'never' | undefined
}

/** The real handler over a table in memory, with a clock that the test moves. */
export function createApiWorld(change: Partial<ApiFacts> = {}) {
  const facts: ApiFacts = {
    snapshots: {
      usd: aSnapshot('usd', aPrice(), ethereum),
      jpy: aSnapshot('jpy', aPrice({ price: 15_190_000 }), { ...ethereum, price: 604_500 }),
      eur: aSnapshot('eur', aPrice({ price: 93_100 })),
    },
    settings: defaultServiceSettings,
    history: [],
    incidents: [],
    tableTakes: 0,
    tableFails: undefined,
    incidentsFail: undefined,
    ...change,
  }
  let now = noon
  const wall = createVirtualWall()
  const reads = { snapshots: 0, history: [] as { from: string; to: string }[], incidents: 0 }
  const table: PricesTable = {
    async read(currency): Promise<Read> {
      reads.snapshots += 1
      await Promise.resolve()
      wall.jump(facts.tableTakes)
      if (facts.tableFails) throw facts.tableFails
      return { snapshot: facts.snapshots[currency], settings: facts.settings }
    },
    async history(_currency, _coin, from, to) {
      reads.history.push({ from, to })
      if (facts.tableFails) throw facts.tableFails
      return facts.history.filter(({ at }) => at >= from && at < to)
    },
  }
  const log = createQuietLog()
  const world = { clock: { now: () => new Date(now) }, wall, log, meter: quietMeter }
  const readIncidents = async (): Promise<Incidents> => {
    reads.incidents += 1
    if (facts.incidentsFail === 'never') return new Promise<Incidents>(() => undefined)
    if (facts.incidentsFail) throw facts.incidentsFail
    return facts.incidents
  }
  const snapshots = createSnapshotCache({ ...world, table })
  const deps: ApiDeps = {
    ...world,
    settings: {
      pricesTable: 'prices',
      incidentsTable: 'incidents',
      currencies: ['usd', 'jpy', 'eur'],
      readLimitMs: 1_000,
      readTries: 2,
    },
    table,
    snapshots,
    maintenance: createMaintenanceLookup(world, snapshots, 'usd'),
    incidents: createIncidentLookup(world, readIncidents),
  }
  const handler = createApiHandler(deps)

  /** Asks as API Gateway would: the path is matched against the routes, the query is split. */
  async function get(url: string, headers: Record<string, string> = {}): Promise<APIGatewayProxyResult> {
    const { pathname, searchParams } = new URL(url, 'http://api.invalid')
    const names = [...new Set(searchParams.keys())]
    const matched = Object.values(routes).flatMap(({ path }) => {
      const found = new RegExp(`^${path.replace('{id}', '(?<id>[^/]+)')}$`).exec(pathname)
      return found ? [{ resource: path, pathParameters: found.groups ?? null }] : []
    })[0]
    return handler({
      httpMethod: 'GET',
      path: pathname,
      resource: '/{proxy+}',
      pathParameters: null,
      ...matched,
      queryStringParameters: Object.fromEntries(searchParams),
      multiValueQueryStringParameters: Object.fromEntries(names.map((name) => [name, searchParams.getAll(name)])),
      headers,
      requestContext: { requestId: 'r-1' },
    })
  }
  return {
    facts,
    reads,
    log,
    handler,
    get,
    /** Status and parsed body. */
    ask: async (url: string, headers?: Record<string, string>) => {
      const { statusCode, body, headers: sent = {} } = await get(url, headers)
      return { status: statusCode, headers: sent, body: body === '' ? undefined : JSON.parse(body) }
    },
    /** Moves the clock to so many minutes after noon. */
    at: (minutes: number) => {
      now = later(minutes)
    },
  }
}

export type ApiWorld = ReturnType<typeof createApiWorld>
