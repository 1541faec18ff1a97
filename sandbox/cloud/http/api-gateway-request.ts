import { z } from 'zod'
import { AwsError } from '../aws-error.ts'

/** A request to API Gateway's REST interface, with its input as the SDK names it. */
export interface ApiGatewayRequest {
  operation: string
  input: Readonly<Record<string, unknown>>
  /** The status of an answer that is well. */
  success: number
}

const routes: readonly { method: string; path: RegExp; operation: string; success: number }[] = [
  { method: 'GET', path: /^\/apikeys$/, operation: 'GetApiKeys', success: 200 },
  { method: 'POST', path: /^\/apikeys$/, operation: 'CreateApiKey', success: 201 },
  { method: 'GET', path: /^\/apikeys\/(?<apiKey>[^/]+)$/, operation: 'GetApiKey', success: 200 },
  { method: 'PATCH', path: /^\/apikeys\/(?<apiKey>[^/]+)$/, operation: 'UpdateApiKey', success: 200 },
  { method: 'DELETE', path: /^\/apikeys\/(?<apiKey>[^/]+)$/, operation: 'DeleteApiKey', success: 202 },
  { method: 'GET', path: /^\/usageplans$/, operation: 'GetUsagePlans', success: 200 },
  {
    method: 'POST',
    path: /^\/usageplans\/(?<usagePlanId>[^/]+)\/keys$/,
    operation: 'CreateUsagePlanKey',
    success: 201,
  },
]

export const isApiGatewayPath = (path: string): boolean => /^\/(apikeys|usageplans)(\/|$)/.test(path)

/** The one parameter that has another name in the query. */
const inputName = (query: string): string => (query === 'name' ? 'nameQuery' : query)

const Fields = z.record(z.string(), z.unknown())

/** Puts path, query and body together to the operation's input. */
export function readApiGatewayRequest(method: string, url: URL, body: unknown): ApiGatewayRequest {
  for (const { operation, path, success, ...route } of routes) {
    const match = route.method === method ? path.exec(url.pathname) : null
    if (match === null) continue
    const query = [...url.searchParams].map(([name, value]) => [inputName(name), value])
    const named = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)])
    const fields = Fields.safeParse(body)
    return {
      operation,
      input: { ...fields.data, ...Object.fromEntries(query), ...Object.fromEntries(named) },
      success,
    }
  }
  throw new AwsError('UnknownOperationException', `The simulated API Gateway has no ${method} ${url.pathname}.`, 404)
}
