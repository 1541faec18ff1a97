import { Hono } from 'hono'
import type { Cloud } from './cloud/cloud.ts'
import { createReference } from './reference/serve.ts'

/** The price API as API Gateway exposes it, what a client would call, and its reference to read and try. */
export function createPriceEndpoints(cloud: Cloud): Hono {
  const app = new Hono()
  app.route('/docs', createReference())
  app.all('*', async (context) => {
    const { method, url } = context.req
    const { pathname } = new URL(url)
    const body = method === 'GET' || method === 'HEAD' ? undefined : await context.req.text()
    const { status, headers, ...answer } = await cloud.gateway.request({
      method,
      path: pathname,
      query: context.req.queries(),
      headers: context.req.header(),
      ...(body !== undefined && { body }),
    })
    // 304 has no body, not even an empty one.
    return new Response(status === 304 ? null : answer.body, { status, headers: { ...headers } })
  })
  return app
}
