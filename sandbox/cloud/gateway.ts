import { z } from 'zod'
import type { Clock } from '../../common/clock.ts'
import { liveAlias } from '../../common/names.ts'
import { AwsError } from './aws-error.ts'
import type { Functions } from './functions.ts'
import type { Metrics } from './metrics.ts'

export interface GatewayRequest {
  method: string
  /** Such as `/v1/prices/bitcoin`. */
  path: string
  query?: Readonly<Record<string, string>>
  headers?: Readonly<Record<string, string>>
  body?: string
  /** Domain time of the request; now unless told. */
  at?: Date
}

export interface GatewayAnswer {
  status: number
  headers: Readonly<Record<string, string>>
  body: string
}

/** What a proxy function must answer; anything else is a malformed answer. */
const ProxyResult = z.object({
  statusCode: z.number().int(),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().optional(),
})

const limitMs = 29_000
const pricePath = /^\/v1\/prices\/([^/]+)$/

/** API Gateway in front of the price API: a Lambda error is 502, a throttle 503, past 29 seconds 504. */
export function createGateway(options: {
  name: string
  stage: string
  functionName: string
  functions: Functions
  metrics: Metrics
  clock: Clock
}) {
  const { name, stage, functionName, functions, metrics, clock } = options
  const dimensions = { ApiName: name, Stage: stage }

  function eventOf({ method, path, query = {}, headers = {}, body }: GatewayRequest) {
    const id = pricePath.exec(path)?.[1]
    return {
      resource: id === undefined ? '/{proxy+}' : '/v1/prices/{id}',
      path,
      httpMethod: method,
      headers,
      multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, [value]])),
      queryStringParameters: Object.keys(query).length > 0 ? query : null,
      multiValueQueryStringParameters: null,
      pathParameters: id === undefined ? { proxy: path.slice(1) } : { id: decodeURIComponent(id) },
      stageVariables: null,
      requestContext: { stage, resourcePath: path, httpMethod: method, path },
      body: body ?? null,
      isBase64Encoded: false,
    }
  }

  const failure = (status: number, message: string): GatewayAnswer => ({
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ message }),
  })

  async function call(request: GatewayRequest, at: Date): Promise<{ answer: GatewayAnswer; latencyMs: number }> {
    // The integration itself takes a few milliseconds on top of the function.
    const overheadMs = 6
    try {
      const outcome = await functions.invoke(functionName, liveAlias, eventOf(request), at)
      if (outcome.durationMs > limitMs)
        return { answer: failure(504, 'Endpoint request timed out'), latencyMs: limitMs }
      const result = outcome.ok ? ProxyResult.safeParse(outcome.payload) : undefined
      const latencyMs = outcome.durationMs + overheadMs
      if (result === undefined || !result.success) return { answer: failure(502, 'Internal server error'), latencyMs }
      const { statusCode, headers = {}, body, isBase64Encoded = false } = result.data
      return {
        answer: {
          status: statusCode,
          headers: Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, String(value)])),
          body: isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body,
        },
        latencyMs,
      }
    } catch (error) {
      if (!(error instanceof AwsError) || error.code !== 'TooManyRequestsException') throw error
      return { answer: failure(503, 'Service Unavailable'), latencyMs: overheadMs }
    }
  }

  return {
    async request(request: GatewayRequest): Promise<GatewayAnswer> {
      const at = request.at ?? clock.now()
      const { answer, latencyMs } = await call(request, at)
      const put = (metric: string, value: number) =>
        metrics.put({ namespace: 'AWS/ApiGateway', name: metric, dimensions, value, at })
      put('Count', 1)
      put('4XXError', answer.status >= 400 && answer.status < 500 ? 1 : 0)
      put('5XXError', answer.status >= 500 ? 1 : 0)
      put('Latency', latencyMs)
      return answer
    },
  }
}

export type Gateway = ReturnType<typeof createGateway>
