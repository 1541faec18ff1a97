import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { pid } from 'node:process'

async function take(port: number): Promise<Server | undefined> {
  const server = createServer()
  server.listen(port, '127.0.0.1')
  return Promise.race([once(server, 'listening').then(() => server), once(server, 'error').then(() => undefined)])
}

/** Below those that a machine hands out by itself, and apart from those of the workers beside this one. */
let next = 20_000 + (pid % 100) * 90

/** The first of three ports in a row that nobody uses. */
export async function freePorts(): Promise<number> {
  for (;;) {
    const port = next
    next += 3
    const taken = await Promise.all([take(port), take(port + 1), take(port + 2)])
    await Promise.all(taken.map((server) => server && once(server.close(), 'close')))
    if (taken.every((server) => server !== undefined)) return port
  }
}
