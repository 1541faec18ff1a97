import { once } from 'node:events'
import { createServer, type Server } from 'node:net'

async function take(port: number): Promise<Server | undefined> {
  const server = createServer()
  server.listen(port, '127.0.0.1')
  return Promise.race([once(server, 'listening').then(() => server), once(server, 'error').then(() => undefined)])
}

/** The first of three ports in a row that nobody uses. */
export async function freePorts(): Promise<number> {
  for (;;) {
    const first = await take(0)
    const address = first?.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const taken = [first, await take(port + 1), await take(port + 2)]
    await Promise.all(taken.map((server) => server && once(server.close(), 'close')))
    if (taken.every((server) => server !== undefined)) return port
  }
}
