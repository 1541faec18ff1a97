import * as z from 'zod'

/** The request that proves that the API answers: one coin that every version knows. */
export const knownPriceRequest = {
  httpMethod: 'GET',
  path: '/v1/prices/bitcoin',
  resource: '/v1/prices/{id}',
  pathParameters: { id: 'bitcoin' },
  queryStringParameters: { currency: 'usd' },
  multiValueQueryStringParameters: { currency: ['usd'] },
  headers: { 'user-agent': 'crypto-watch-rollback-proof' },
  multiValueHeaders: {},
  requestContext: { identity: {} },
  stageVariables: null,
  body: null,
  isBase64Encoded: false,
} as const

const Answer = z.object({ statusCode: z.literal(200), body: z.string() })
const Price = z.object({ price: z.number().positive() })

/** True when the answer is a known price, whatever else it says. */
export function isKnownPrice(payload: unknown): boolean {
  const answer = Answer.safeParse(payload)
  if (!answer.success) return false
  try {
    return Price.safeParse(JSON.parse(answer.data.body)).success
  } catch {
    return false
  }
}
