import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { type Context, Hono } from 'hono'
import type { Inside } from './inside.ts'
import type { Args } from './method.ts'
import { answerResponse } from './response-url.ts'
import { SlackError } from './slack-error.ts'
import type { WebApi } from './web-api.ts'

type Bindings = { Bindings: Partial<HttpBindings> }

/** Arguments may come in the query, as a form or as JSON, and may come in two of these at once. */
async function readArgs(context: Context<Bindings>): Promise<Args> {
  const query = context.req.query()
  if (context.req.method === 'GET') return query
  const type = context.req.header('content-type') ?? ''
  const body = await context.req.text()
  if (type.startsWith('application/json')) {
    const parsed: unknown = body === '' ? {} : JSON.parse(body)
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new SyntaxError('not an object')
    return { ...query, ...parsed }
  }
  return { ...query, ...Object.fromEntries(new URLSearchParams(body)) }
}

/** Ends the connection without a word. Without a real connection there is nothing to end. */
function drop(context: Context<Bindings>): Response {
  const outgoing = context.env?.outgoing
  if (!outgoing) throw new Error('the answer was lost on purpose')
  outgoing.destroy()
  return RESPONSE_ALREADY_SENT
}

/** Waits until the caller gives up. */
async function hang(context: Context<Bindings>): Promise<Response> {
  const outgoing = context.env?.outgoing
  if (!outgoing) throw new Error('the answer never comes, on purpose')
  await new Promise((resolve) => outgoing.once('close', resolve))
  return RESPONSE_ALREADY_SENT
}

/** This Slack over HTTP: the Web API and the addresses for answers to interactions. */
export function createHttp(api: WebApi, inside: Inside) {
  const app = new Hono<Bindings>()

  app.on(['GET', 'POST'], '/api/:method', async (context) => {
    let args: Args
    try {
      args = await readArgs(context)
    } catch (error) {
      if (error instanceof SyntaxError) return context.json({ ok: false, error: 'invalid_json' })
      throw error
    }
    const { token: field, ...rest } = args
    const bearer = /^Bearer\s+(.+)$/i.exec(context.req.header('authorization') ?? '')?.[1]
    const token = bearer ?? (typeof field === 'string' ? field : undefined)
    const ending = await api.call(context.req.param('method'), token, rest)
    switch (ending.kind) {
      case 'hang':
        return hang(context)
      case 'connection-lost':
        return drop(context)
      case 'answer': {
        const { status, body, retryAfterSeconds } = ending
        const headers = { 'content-type': 'application/json; charset=utf-8' }
        const wait = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }
        return new Response(JSON.stringify(body), { status, headers: { ...headers, ...wait } })
      }
      default:
        throw ending satisfies never
    }
  })

  app.post('/response/:token', async (context) => {
    if (inside.down()) return context.json({ ok: false, error: 'service_unavailable' }, 503)
    try {
      answerResponse(context.req.param('token'), JSON.parse(await context.req.text()), inside)
      return context.json({ ok: true })
    } catch (error) {
      if (error instanceof SyntaxError) return context.json({ ok: false, error: 'invalid_payload' }, 400)
      if (!(error instanceof SlackError)) throw error
      const gone = ['invalid_url', 'expired_url', 'used_url', 'message_not_found'].includes(error.code)
      inside.log.info('the stand-in Slack refused an answer', { error: error.code, messages: error.messages })
      const why = error.messages.length > 0 ? { response_metadata: { messages: error.messages } } : {}
      return context.json({ ok: false, error: error.code, ...why }, gone ? 404 : 400)
    }
  })

  return app
}
