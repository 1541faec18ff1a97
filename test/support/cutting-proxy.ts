import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Env } from '../../common/env.ts'
import type { Environments } from '../../sandbox/bot-runtime.ts'

/** Where the process dies: at the n-th outside call of the story (from 1), before it leaves or after it was carried out. */
export interface Cut {
  at: number
  when: 'before' | 'after'
}

/**
 * Puts a proxy between every Lambda environment and the world. It counts each outside call; at the cut
 * it takes the environment's connections down for good and reports the process as dead.
 */
export function createCuttingProxies(targets: { slack: () => string; cloud: () => string }, cut?: Cut) {
  const calls: string[] = []
  const servers: { close(): void }[] = []

  const environments: Environments = async (lambda, env) => {
    let isDead = false
    let die: (error: Error) => void = () => undefined
    const killed = new Promise<never>((_resolve, reject) => {
      die = reject
    })
    // Nobody may be waiting at the moment of death.
    killed.catch((error: unknown) => calls.push(`(${String(error)})`))
    const kill = (response: ServerResponse) => {
      isDead = true
      response.destroy()
      server.closeAllConnections()
      die(new Error(`${lambda} was killed`))
    }
    const server = createServer((incoming, response) => {
      if (isDead) {
        response.destroy()
        return
      }
      calls.push(`${lambda} ${nameOf(incoming)}`)
      const isCut = calls.filter((call) => !call.startsWith('(')).length === cut?.at
      if (isCut && cut.when === 'before') {
        kill(response)
        return
      }
      const base = new URL(incoming.url?.startsWith('/api/') ? targets.slack() : targets.cloud())
      const onward = request(
        { host: '127.0.0.1', port: base.port, path: incoming.url, method: incoming.method, headers: incoming.headers },
        (answer) => {
          if (isDead) return
          if (isCut) {
            answer.resume()
            answer.once('end', () => kill(response))
            return
          }
          response.writeHead(answer.statusCode ?? 502, answer.headers)
          answer.pipe(response)
        },
      )
      onward.once('error', () => response.destroy())
      incoming.pipe(onward)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    servers.push({
      close: () => {
        server.closeAllConnections()
        server.close()
      },
    })
    const { port } = server.address() as AddressInfo
    return { env: through(`http://127.0.0.1:${port}`, env, targets), killed }
  }
  return { calls, environments, close: () => servers.forEach((server) => server.close()) }
}

/** The same environment with every address replaced by the proxy's. */
const through = (proxy: string, env: Env, targets: { slack: () => string; cloud: () => string }): Env =>
  Object.fromEntries(
    Object.entries(env).map(([name, value]) => [
      name,
      value?.replaceAll(targets.cloud(), proxy).replaceAll(targets.slack(), proxy),
    ]),
  )

const nameOf = ({ headers, url }: IncomingMessage): string => {
  const target = headers['x-amz-target']
  return typeof target === 'string' ? target : (url ?? '').split('?')[0] ?? ''
}
