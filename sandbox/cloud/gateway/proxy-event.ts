import { routes } from '../../../api/routes.ts'
import type { ApiKey } from './api-keys.ts'

type Values = Readonly<Record<string, string | readonly string[]>>

export interface GatewayRequest {
  method: string
  /** Such as `/v1/prices/bitcoin`. */
  path: string
  /** A name may have several values. */
  query?: Values
  /** Named as the client wrote them; a name may have several values too. */
  headers?: Values
  body?: string
  /** Where it comes from; this machine unless told. */
  sourceIp?: string
  /** Domain time of a simulated request. One without comes from outside, and its limits count by the wall. */
  at?: Date
}

export interface Matched {
  /** The template, as in `/v1/prices/{id}`. */
  resource: string
  needsKey: boolean
  pathParameters: Readonly<Record<string, string>> | null
}

const patterns = Object.values(routes).map(({ path, needsKey }) => ({
  resource: path,
  needsKey,
  pattern: new RegExp(`^${path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
}))

/** A path that is badly encoded matches as it stands. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** Finds the route of a path. */
export function matchRoute(path: string): Matched | undefined {
  for (const { resource, needsKey, pattern } of patterns) {
    const found = pattern.exec(path)
    if (found === null) continue
    const named = Object.entries(found.groups ?? {}).map(([name, part]) => [name, decoded(part)])
    return { resource, needsKey, pathParameters: named.length > 0 ? Object.fromEntries(named) : null }
  }
  return undefined
}

const allOf = (values: Values): Record<string, readonly string[]> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? [value] : value]))

/** Where there is room for one value, API Gateway gives the last. */
const lastOf = (values: Values): Record<string, string> =>
  Object.fromEntries(Object.entries(allOf(values)).map(([name, each]) => [name, each.at(-1) ?? '']))

/** The value of a header; `name` is in small letters, and capitals do not matter in the request. */
export function headerOf({ headers = {} }: GatewayRequest, name: string): string | undefined {
  return Object.entries(lastOf(headers)).find(([header]) => header.toLowerCase() === name)?.[1]
}

/** The address of a request; one without comes from this machine. */
export const sourceOf = ({ sourceIp = '127.0.0.1' }: GatewayRequest): string => sourceIp

const orNull = <T extends object>(values: T): T | null => (Object.keys(values).length > 0 ? values : null)

/** The event that API Gateway (REST, proxy integration) hands to the function. */
export function proxyEvent(
  request: GatewayRequest,
  matched: Matched,
  about: { requestId: string; stage: string; at: Date; key: ApiKey | undefined },
): object {
  const { path, query = {}, headers = {}, body } = request
  const { requestId, stage, at, key } = about
  return {
    resource: matched.resource,
    path,
    httpMethod: 'GET',
    headers: lastOf(headers),
    multiValueHeaders: allOf(headers),
    queryStringParameters: orNull(lastOf(query)),
    multiValueQueryStringParameters: orNull(allOf(query)),
    pathParameters: matched.pathParameters,
    stageVariables: null,
    requestContext: {
      requestId,
      stage,
      resourcePath: matched.resource,
      httpMethod: 'GET',
      path: `/${stage}${path}`,
      protocol: 'HTTP/1.1',
      requestTimeEpoch: at.getTime(),
      identity: {
        sourceIp: sourceOf(request),
        userAgent: headerOf(request, 'user-agent') ?? null,
        ...(key && { apiKey: key.value, apiKeyId: key.id }),
      },
    },
    body: body ?? null,
    isBase64Encoded: false,
  }
}
