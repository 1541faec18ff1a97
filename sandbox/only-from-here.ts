import type { MiddlewareHandler } from 'hono'

/**
 * Refuses what a web page elsewhere sends: a browser names the page in `Origin`. Scripts name none and pass.
 */
export function onlyFromHere({ addresses }: { addresses: { workspace: string } }): MiddlewareHandler {
  const { port } = new URL(addresses.workspace)
  const own = [`http://localhost:${port}`, `http://127.0.0.1:${port}`]
  return async (context, next) => {
    const origin = context.req.header('origin')
    if (origin === undefined || own.includes(origin)) return next()
    return context.json({ ok: false, error: 'This sandbox is steered from its own page only, or from a script.' }, 403)
  }
}
