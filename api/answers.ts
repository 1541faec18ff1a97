import type { APIGatewayProxyResult } from 'aws-lambda'
import type { Price } from '../common/prices.ts'

/** Prices up to this age are fresh. */
const freshSeconds = 5 * 60
/** Prices beyond this age are not served. */
const servedSeconds = 60 * 60
const retryAfterSeconds = 60

const json = (statusCode: number, body: object, headers: Record<string, string> = {}): APIGatewayProxyResult => ({
  statusCode,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})

/** An error that says what to do next, as problem details (RFC 9457). */
export const problem = (
  status: number,
  title: string,
  detail: string,
  headers: Record<string, string> = {},
): APIGatewayProxyResult => ({
  ...json(status, { type: 'about:blank', status, title, detail }),
  headers: { 'content-type': 'application/problem+json', ...headers },
})

/** A price with its age; too old a price is refused rather than served as if it were current. */
export function priceAnswer(price: Price, currency: string, updatedAt: string, now: Date): APIGatewayProxyResult {
  const ageSeconds = Math.max(0, Math.round((now.getTime() - new Date(updatedAt).getTime()) / 1000))
  if (ageSeconds > servedSeconds)
    return problem(
      503,
      'Prices are too old',
      `The newest price of ${price.id} is ${ageSeconds} s old; prices older than ${servedSeconds} s are not served. Try again later.`,
      { 'retry-after': String(retryAfterSeconds) },
    )
  const stale = ageSeconds > freshSeconds
  const freshFor = Math.max(0, freshSeconds - ageSeconds)
  return json(
    200,
    { ...price, currency, updatedAt, ageSeconds, stale },
    { age: String(ageSeconds), 'cache-control': `max-age=${freshFor}` },
  )
}
