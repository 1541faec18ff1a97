import type { APIGatewayProxyResult } from 'aws-lambda'
import { z } from 'zod'
import type { Clock } from '../common/clock.ts'
import type { Log } from '../common/logger.ts'
import { priceAnswer, problem } from './answers.ts'
import type { PricesTable } from './prices-table.ts'
import { createSnapshotCache } from './snapshot-cache.ts'

/** The parts of API Gateway's proxy event that are used. */
const Event = z.object({
  httpMethod: z.string(),
  resource: z.string(),
  pathParameters: z.record(z.string(), z.string().optional()).nullish(),
  queryStringParameters: z.record(z.string(), z.string().optional()).nullish(),
})

const Question = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,64}$/, 'must be a coin id such as bitcoin'),
  currency: z
    .string()
    .toLowerCase()
    .regex(/^[a-z]{3,5}$/, 'must be a currency code such as usd')
    .default('usd'),
})

export interface PriceRequestDeps {
  clock: Clock
  table: PricesTable
  log: Log
}

/** The Lambda behind `GET /v1/prices/{id}?currency=usd`. What it does not expect it throws: Lambda counts an error. */
export function createPriceRequest(deps: PriceRequestDeps) {
  const snapshotOf = createSnapshotCache(deps)

  return async (event: unknown): Promise<APIGatewayProxyResult> => {
    const { httpMethod, resource, pathParameters, queryStringParameters } = Event.parse(event)
    if (httpMethod !== 'GET' || resource !== '/v1/prices/{id}')
      return problem(404, 'Not found', 'There is only GET /v1/prices/{id}.')
    const asked = Question.safeParse({ id: pathParameters?.id, currency: queryStringParameters?.currency })
    if (!asked.success) {
      const wrong = asked.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ')
      return problem(400, 'Bad request', wrong)
    }
    const { id, currency } = asked.data
    const snapshot = await snapshotOf(currency)
    if (snapshot === undefined) return problem(404, 'Unknown currency', `No prices are kept in ${currency}.`)
    const price = snapshot.prices[id]
    if (price === undefined) return problem(404, 'Unknown coin', `No price of ${id} is kept in ${currency}.`)
    return priceAnswer(price, currency, price.updatedAt, deps.clock.now())
  }
}
