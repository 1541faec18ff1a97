import type { APIGatewayProxyResult } from 'aws-lambda'
import type { z } from 'zod'
import type { Env } from '../common/env.ts'
import { describeError } from '../common/logger.ts'
import { moment } from '../common/time.ts'
import { answeringChecks } from '../common/version-check.ts'
import type { World } from '../common/world.ts'
import { type ApiDeps, createApiDeps } from './deps.ts'
import { getHealth } from './get-health.ts'
import { getHistory } from './get-history.ts'
import { getPrice, getPrices } from './get-prices.ts'
import { getStatus } from './get-status.ts'
import { listCoins } from './list-coins.ts'
import { badRequest, inMaintenance, notFound, unreadable } from './problems.ts'
import { createQueries, type Queries, readQuery } from './query.ts'
import { type ApiRequest, readRequest } from './request.ts'
import { routes } from './routes.ts'
import { isPassing } from './table-failure.ts'

/** The Lambda behind the gateway, built from its environment. The hook of a deployment may ask whether it works. */
export function createApi(env: Env, world: World) {
  const deps = createApiDeps(env, world)
  const [currency = 'usd'] = deps.settings.currencies
  return answeringChecks(createApiHandler(deps), () => deps.table.read(currency))
}

/** What takes longer is told in the log, with its milliseconds as `duration`: the runbook looks for it. */
const slowMs = 1_000

/**
 * Reads the request, finds its route, answers. Failures that are expected now and then are answered; what
 * is not expected is logged and thrown, so that Lambda counts an error and the gateway answers.
 */
export function createApiHandler(deps: ApiDeps) {
  const queries = createQueries(deps.settings.currencies)
  return async (event: unknown): Promise<APIGatewayProxyResult> => {
    const request = readRequest(event)
    const began = deps.wall.now().getTime()
    try {
      return await answer(deps, queries, request)
    } catch (error) {
      if (!isPassing(error)) {
        deps.log.error('a request failed', { ...asked(request), error: describeError(error) })
        throw error
      }
      deps.log.warn('the prices table could not be read, and nothing is in memory', {
        ...asked(request),
        error: describeError(error),
      })
      return unreadable(deps, request)
    } finally {
      const duration = deps.wall.now().getTime() - began
      if (duration > slowMs) deps.log.warn('a request was slow', { ...asked(request), duration })
    }
  }
}

const asked = ({ requestId, route }: ApiRequest) => ({ requestId, route })

type Answer = APIGatewayProxyResult | Promise<APIGatewayProxyResult>

async function answer(deps: ApiDeps, queries: Queries, request: ApiRequest): Promise<APIGatewayProxyResult> {
  const asking = <S extends z.ZodObject>(schema: S, then: (query: z.output<S>) => Answer): Answer => {
    const asked = readQuery(schema, request.query)
    return 'wrong' in asked ? badRequest(request, asked.wrong) : then(asked.query)
  }
  const ofCoin = (then: (id: string) => Answer): Answer => {
    const asked = readQuery(queries.coin, { id: request.id?.toLowerCase() ?? '' })
    return 'wrong' in asked ? badRequest(request, asked.wrong) : then(asked.query.id)
  }
  if (request.route === undefined || request.method !== 'GET') return notFound(request)
  if (routes[request.route].needsKey) {
    const maintenance = await deps.maintenance.now()
    if (maintenance) return inMaintenance(request, maintenance, moment(deps.clock.now()))
  }
  switch (request.route) {
    case 'listPrices':
      return asking(queries.prices, (query) => getPrices(deps, request, query))
    case 'getPrice':
      return ofCoin((id) => asking(queries.price, ({ currency }) => getPrice(deps, request, id, currency)))
    case 'getHistory':
      return ofCoin((id) => asking(queries.history, (query) => getHistory(deps, request, id, query)))
    case 'listCoins':
      return asking(queries.nothing, () => listCoins(deps, request))
    case 'getHealth':
      return asking(queries.nothing, () => getHealth(deps))
    case 'getStatus':
      return asking(queries.nothing, () => getStatus(deps, request))
    default:
      return request.route satisfies never
  }
}
