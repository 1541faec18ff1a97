import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Env } from '../../common/env.ts'
import type { Environments } from '../../sandbox/bot-runtime.ts'

/** Where the process dies: at the n-th outside call (from 1), before it leaves or after it was carried out. */
export interface Cut {
  at: number
  when: 'before' | 'after'
}

/** An outside call, and the invocation that made it where that is certain. */
export interface Call {
  name: string
  invocation: number | undefined
}

const reads = [
  /\.(GetItem|Query|DescribeAlarms|GetMetricData|ListDeployments|BatchGetDeployments|GetSecretValue)$/i,
  /\/api\/(usergroups\.users\.list|conversations\.(history|replies|list)|chat\.getPermalink)$/,
]
const isRead = ({ name }: Call): boolean => name.includes('(GET)') || reads.some((pattern) => pattern.test(name))

/**
 * Every death that can make a difference, once. A death before and a death after a call that only reads
 * leave the same world behind, and so does a death anywhere between two changes of the world: what
 * counts is which invocation dies, and how many changes had been made by anyone when it died.
 */
export function cutsOf(calls: readonly Call[]): (Cut & { call: string })[] {
  const died = new Set<string>()
  let changes = 0
  const once = (call: Call, cut: Cut): (Cut & { call: string })[] => {
    const death = call.invocation === undefined ? `call ${cut.at} ${cut.when}` : `${call.invocation} after ${changes}`
    if (died.has(death)) return []
    died.add(death)
    return [{ ...cut, call: call.name }]
  }
  return calls.flatMap((call, index) => {
    const before = once(call, { at: index + 1, when: 'before' })
    if (!isRead(call)) changes += 1
    return [...before, ...once(call, { at: index + 1, when: 'after' })]
  })
}

/**
 * Puts a proxy between every Lambda environment and the world. It counts each outside call; at the cut
 * it takes the environment's connections down for good and reports the process as dead.
 */
export function createCuttingProxies(cut?: Cut) {
  const calls: Call[] = []
  let invocations = 0
  const closers: (() => void)[] = []
  let isSpared = false

  const environments: Environments = async (lambda, env) => {
    const targets = {
      slack: new URL(env.SLACK_API_URL ?? '').origin,
      cloud: new URL(env.AWS_ENDPOINT_URL ?? '').origin,
    }
    let isDead = false
    const running = new Set<number>()
    const { promise: killed, reject: die } = Promise.withResolvers<never>()
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
      const invocation = running.size === 1 ? [...running][0] : undefined
      if (!isSpared) calls.push({ name: `${lambda}: ${nameOf(incoming)}`, invocation })
      const isCut = !isSpared && calls.length === cut?.at
      if (isCut && cut.when === 'before') {
        kill(response)
        return
      }
      const { port } = new URL(incoming.url?.startsWith('/api/') ? targets.slack : targets.cloud)
      const { method, headers, url: path } = incoming
      const onward = request({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
        if (isCut) {
          answer.resume()
          answer.once('end', () => kill(response))
        } else if (!isDead) {
          response.writeHead(answer.statusCode ?? 502, answer.headers)
          answer.pipe(response)
        } else answer.resume()
      })
      onward.once('error', () => response.destroy())
      incoming.pipe(onward)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closers.push(() => {
      server.closeAllConnections()
      server.close()
    })
    const { port } = server.address() as AddressInfo
    const invoked = () => {
      invocations += 1
      const mine = invocations
      running.add(mine)
      return () => running.delete(mine)
    }
    return { env: through(`http://127.0.0.1:${port}`, env, targets), killed, invoked }
  }
  return {
    environments,
    calls: () => [...calls],
    /** From now on nobody is killed and nothing is counted. */
    spare: () => {
      isSpared = true
    },
    close: () => {
      for (const close of closers) close()
    },
  }
}

/** The same environment with every address replaced by the proxy's. */
const through = (proxy: string, env: Env, targets: { slack: string; cloud: string }): Env =>
  Object.fromEntries(
    Object.entries(env).map(([name, value]) => [
      name,
      value?.replaceAll(targets.cloud, proxy).replaceAll(targets.slack, proxy),
    ]),
  )

const nameOf = ({ headers, url, method }: IncomingMessage): string => {
  const target = headers['x-amz-target']
  return typeof target === 'string' ? target : `${(url ?? '').split('?')[0]}${method === 'GET' ? ' (GET)' : ''}`
}
