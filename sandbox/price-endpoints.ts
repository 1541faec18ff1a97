import { Hono } from 'hono'
import type { Cloud } from './cloud/cloud.ts'

/** The price API as API Gateway exposes it: what a client would call. */
export function createPriceEndpoints(cloud: Cloud): Hono {
  const app = new Hono()
  app.all('*', async (context) => {
    const { method, path } = context.req
    const body = method === 'GET' || method === 'HEAD' ? undefined : await context.req.text()
    const answer = await cloud.gateway.request({
      method,
      path,
      query: context.req.query(),
      headers: context.req.header(),
      ...(body !== undefined && { body }),
    })
    return new Response(answer.body, { status: answer.status, headers: { ...answer.headers } })
  })
  return app
}
