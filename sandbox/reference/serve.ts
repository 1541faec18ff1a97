import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { sampleKey } from '../cloud/gateway/api-keys.ts'

const library = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
const description = new URL('../../docs/openapi.json', import.meta.url)
const own = (name: string): Promise<string> => readFile(new URL(name, import.meta.url), 'utf8')

/** Nothing of the page comes from elsewhere, and what is tried goes to the API beside it. */
const policy = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'"

/** The reference of the price API: Swagger UI over `docs/openapi.json`, with the sample key filled in. */
export function createReference(): Hono {
  const app = new Hono()
  app.use('*', async (context, next) => {
    await next()
    context.header('content-security-policy', policy)
    context.header('x-content-type-options', 'nosniff')
  })
  app.get('/', async (context) => context.html((await own('page.html')).replaceAll('{{sampleKey}}', sampleKey)))
  app.get('/start.js', async (context) =>
    context.body(await own('start.js'), 200, { 'content-type': 'text/javascript' }),
  )
  app.get('/page.css', async (context) => context.body(await own('page.css'), 200, { 'content-type': 'text/css' }))
  app.get('/openapi.json', async (context) =>
    context.body(await readFile(description, 'utf8'), 200, { 'content-type': 'application/json' }),
  )
  app.use('/swagger/*', serveStatic({ root: library, rewriteRequestPath: (path) => path.replace('/docs/swagger', '') }))
  return app
}
