import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import type { Cloud } from './cloud/cloud.ts'
import { createReference } from './reference/serve.ts'

/** Headers as the client wrote them: the platform's `Request` puts their names in small letters. */
function headersOf(context: Context): Record<string, string[]> {
  const { incoming }: Partial<HttpBindings> = context.env ?? {}
  if (incoming === undefined) return Object.fromEntries(Object.entries(context.req.header()).map(([k, v]) => [k, [v]]))
  const headers: Record<string, string[]> = {}
  const { rawHeaders } = incoming
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = rawHeaders.slice(index, index + 2)
    headers[name] = [...(headers[name] ?? []), value]
  }
  return headers
}

/** The price API as API Gateway exposes it, what a client would call, and its reference to read and try. */
export function createPriceEndpoints(cloud: Cloud): Hono {
  const app = new Hono()
  app.route('/docs', createReference())
  app.get('/docs/', (context) => context.redirect('/docs'))
  app.all('*', async (context) => {
    const { method, url } = context.req
    const { pathname } = new URL(url)
    const body = method === 'GET' || method === 'HEAD' ? undefined : await context.req.text()
    const { status, headers, ...answer } = await cloud.gateway.request({
      method,
      path: pathname,
      query: context.req.queries(),
      headers: headersOf(context),
      ...(body !== undefined && { body }),
    })
    // 304 has no body, not even an empty one.
    return new Response(status === 304 ? null : answer.body, { status, headers: { ...headers } })
  })
  return app
}
