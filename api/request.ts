import * as z from 'zod'
import { type RouteName, routes } from './routes.ts'

const Texts = z.record(z.string(), z.string().optional()).nullish()
const Lists = z.record(z.string(), z.array(z.string()).optional()).nullish()

/** The parts of API Gateway's proxy event (REST, payload 1.0) that are used. */
const Event = z.object({
  httpMethod: z.string(),
  resource: z.string(),
  path: z.string().default(''),
  pathParameters: Texts,
  queryStringParameters: Texts,
  multiValueQueryStringParameters: Lists,
  headers: Texts,
  requestContext: z.object({ requestId: z.string().optional() }).optional(),
})

/** A request as the API looks at it. */
export interface ApiRequest {
  route: RouteName | undefined
  method: string
  path: string
  /** From the path, decoded. */
  id: string | undefined
  /** A name given several times has all its values, separated by commas. */
  query: Readonly<Record<string, string>>
  /** By its name in small letters. */
  header(name: string): string | undefined
  requestId: string | undefined
}

const routeNames = Object.keys(routes) as RouteName[]

/** Reads the event; throws when it is none of API Gateway's, which is nothing a client could cause. */
export function readRequest(event: unknown): ApiRequest {
  const read = Event.parse(event)
  const headers = new Map(Object.entries(read.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]))
  const single = Object.entries(read.queryStringParameters ?? {}).map(([name, value]) => [name, value ?? ''])
  const several = Object.entries(read.multiValueQueryStringParameters ?? {}).map(([name, values]) => [
    name,
    (values ?? []).join(','),
  ])
  return {
    route: routeNames.find((name) => routes[name].path === read.resource),
    method: read.httpMethod,
    path: read.path,
    id: read.pathParameters?.id,
    query: Object.fromEntries([...single, ...several]),
    header: (name) => headers.get(name),
    requestId: read.requestContext?.requestId,
  }
}
