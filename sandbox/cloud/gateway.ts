import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import {
  type GatewayResponse,
  type GatewayResponseName,
  gatewayResponseBody,
  gatewayResponses,
} from '../../api/gateway-responses.ts'
import { problemContentType } from '../../api/problem.ts'
import { type UsagePlan, usagePlans } from '../../api/usage-plans.ts'
import type { Clock, Wall } from '../../common/clock.ts'
import { liveAlias } from '../../common/names.ts'
import { AwsError } from './aws-error.ts'
import type { Functions } from './functions.ts'
import { type AccessLogEntry, createAccessLog } from './gateway/access-log.ts'
import { type ApiKey, createApiKeys } from './gateway/api-keys.ts'
import { createLimits } from './gateway/limits.ts'
import type { PlanName } from './gateway/plans.ts'
import { type GatewayRequest, headerOf, type Matched, matchRoute, proxyEvent, sourceOf } from './gateway/proxy-event.ts'
import type { Metrics } from './metrics.ts'

export type { GatewayRequest } from './gateway/proxy-event.ts'

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
/** The integration itself takes a few milliseconds on top of the function. */
const overheadMs = 6

interface Options {
  name: string
  stage: string
  functionName: string
  functions: Functions
  metrics: Metrics
  clock: Clock
  wall: Wall
  /** Told of every request, as its access log has it. */
  logged?: (entry: AccessLogEntry) => void
  /** What each plan allows. */
  plans?: Readonly<Record<PlanName, UsagePlan>>
}

/** What became of a request, for the answer, the access log and the metrics. */
interface Outcome {
  answer: GatewayAnswer
  latencyMs: number
  /** Absent when the function was not called. */
  integrationMs?: number
  /** Absent when the function gave no answer that the gateway could read. */
  integrationStatus?: number
  response?: GatewayResponseName
}

/** API Gateway in front of the price API: routes, keys, limits, and its own answers where the function gives none. */
export function createGateway(options: Options) {
  const { name, stage, functionName, functions, metrics, clock, wall, logged, plans = usagePlans } = options
  const dimensions = { ApiName: name, Stage: stage }
  const keys = createApiKeys(clock)
  const accessLog = createAccessLog(logged)
  const limits = createLimits()

  const own = (
    response: GatewayResponseName,
    requestId: string,
    status: number,
    took: Partial<Outcome> = {},
  ): Outcome => {
    const { headers }: GatewayResponse = gatewayResponses[response]
    return {
      latencyMs: overheadMs,
      ...took,
      response,
      answer: {
        status,
        headers: { 'content-type': problemContentType, ...headers },
        body: JSON.stringify(gatewayResponseBody(response, requestId)),
      },
    }
  }

  async function integrate(event: object, requestId: string, at: Date): Promise<Outcome> {
    try {
      const called = await functions.invoke(functionName, liveAlias, event, at)
      const took = { latencyMs: called.durationMs + overheadMs, integrationMs: called.durationMs }
      if (called.durationMs > limitMs)
        return own('INTEGRATION_TIMEOUT', requestId, 504, { latencyMs: limitMs, integrationMs: limitMs })
      const result = called.ok ? ProxyResult.safeParse(called.payload) : undefined
      if (result === undefined || !result.success) return own('DEFAULT_5XX', requestId, 502, took)
      const { statusCode: status, headers = {}, body, isBase64Encoded = false } = result.data
      return {
        ...took,
        integrationStatus: status,
        answer: {
          status,
          headers: Object.fromEntries(Object.entries(headers).map(([header, value]) => [header, String(value)])),
          body: isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body,
        },
      }
    } catch (error) {
      if (!(error instanceof AwsError) || error.code !== 'TooManyRequestsException') throw error
      return own('DEFAULT_5XX', requestId, 503)
    }
  }

  async function serve(
    request: GatewayRequest,
    matched: Matched | undefined,
    key: ApiKey | undefined,
    about: { requestId: string; at: Date },
  ): Promise<Outcome> {
    const { requestId, at } = about
    if (matched === undefined || request.method !== 'GET') return own('MISSING_AUTHENTICATION_TOKEN', requestId, 404)
    if (matched.needsKey) {
      if (key?.plan === undefined || !key.enabled) return own('INVALID_API_KEY', requestId, 403)
      // A request from outside is measured on the wall, a simulated one in its own time; they never share a bucket.
      const isSimulated = request.at !== undefined
      const taken = limits.take(`${key.id} ${isSimulated}`, plans[key.plan], isSimulated ? at : wall.now())
      if (taken !== 'passed') return own(taken, requestId, 429)
    }
    return integrate(proxyEvent(request, matched, { requestId, stage, at, key }), requestId, at)
  }

  function record(
    request: GatewayRequest,
    matched: Matched | undefined,
    key: ApiKey | undefined,
    about: { requestId: string; at: Date },
    outcome: Outcome,
  ) {
    const { answer, latencyMs, integrationMs, integrationStatus, response } = outcome
    const { requestId, at } = about
    accessLog.add({
      requestId,
      at: at.toISOString(),
      ...(key && { key: { id: key.id, name: key.name } }),
      sourceIp: sourceOf(request),
      method: request.method,
      ...(matched && { resource: matched.resource }),
      path: request.path,
      status: answer.status,
      latencyMs,
      ...(integrationStatus !== undefined && { integrationStatus }),
      bytes: Buffer.byteLength(answer.body),
      ...(response && { response }),
    })
    const put = (metric: string, value: number) =>
      metrics.put({ namespace: 'AWS/ApiGateway', name: metric, dimensions, value, at })
    put('Count', 1)
    put('4XXError', answer.status >= 400 && answer.status < 500 ? 1 : 0)
    put('5XXError', answer.status >= 500 ? 1 : 0)
    put('Latency', latencyMs)
    if (integrationMs !== undefined) put('IntegrationLatency', integrationMs)
  }

  return {
    keys,
    accessLog,
    async request(request: GatewayRequest): Promise<GatewayAnswer> {
      const about = { requestId: randomUUID(), at: request.at ?? clock.now() }
      const matched = matchRoute(request.path)
      const sent = headerOf(request, 'x-api-key')
      const key = sent === undefined ? undefined : keys.servedAt(sent, about.at)
      const outcome = await serve(request, matched, key, about)
      record(request, matched, key, about, outcome)
      const { status, headers, body } = outcome.answer
      return { status, headers: { ...headers, 'x-amzn-requestid': about.requestId }, body }
    },
  }
}

export type Gateway = ReturnType<typeof createGateway>
