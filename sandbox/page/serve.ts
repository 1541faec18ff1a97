import { readFileSync } from 'node:fs'
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { describeError, type Log } from '../../common/logger.ts'
import type { Sandbox } from '../sandbox.ts'
import type { Bundle } from './bundle.ts'
import { follow } from './stream.ts'

const html = readFileSync(new URL('page.html', import.meta.url), 'utf8')
const icon = readFileSync(new URL('icon.svg', import.meta.url), 'utf8')

/** Nothing a page loads comes from elsewhere, and nothing elsewhere can be asked. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' data: https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** The workspace page: one document, its script and style, and a stream of what changes. */
export function createPage(sandbox: Sandbox, log: Log, bundle: () => Promise<Bundle>): Hono {
  const app = new Hono()
  const personCalled = (idOrName: string) => {
    const person = sandbox.slack.workspace.person(idOrName)
    return person?.is_bot ? undefined : person
  }
  const headers = { 'cache-control': 'no-store', 'content-security-policy': policy }
  const document = () => new Response(html, { headers: { ...headers, 'content-type': 'text/html; charset=utf-8' } })
  app.get('/', (context) => {
    const asked = context.req.query('as')
    return asked === undefined || personCalled(asked) ? document() : context.redirect('/')
  })
  // The address of a message, as `chat.getPermalink` gives it.
  app.get('/archives/:channel/:message', document)
  app.get(
    '/page.js',
    async () =>
      new Response((await bundle()).script, {
        headers: { ...headers, 'content-type': 'text/javascript; charset=utf-8' },
      }),
  )
  app.get(
    '/page.css',
    async () =>
      new Response((await bundle()).style, { headers: { ...headers, 'content-type': 'text/css; charset=utf-8' } }),
  )
  app.get('/icon.svg', () => new Response(icon, { headers: { ...headers, 'content-type': 'image/svg+xml' } }))

  app.get('/_sandbox/page/stream', (context) => {
    const asked = context.req.query('as') ?? ''
    const person = personCalled(asked)
    if (!person) {
      return context.json({ ok: false, error: `Nobody here is called "${asked}". Ask for ?as=<id or name>.` }, 404)
    }
    return streamSSE(context, async (stream) => {
      const send = (data: object) => {
        stream.writeSSE({ data: JSON.stringify(data) }).catch((error: unknown) => {
          log.debug('a page is gone', { error: describeError(error) })
        })
      }
      const stop = await follow(sandbox, person.id, send)
      // Whoever left before this line is told of by the flag, whoever leaves later by the listener.
      if (!stream.aborted) await new Promise<void>((resolve) => stream.onAbort(resolve))
      stop()
    })
  })
  return app
}
