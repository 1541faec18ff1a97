import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { systemWall } from '../../common/clock.ts'
import { processEnv } from '../../common/env.ts'

interface Place {
  channel: string
  ts: string
}

interface State {
  incidents: { service: string; severity: string; status: string; alarms: string[]; slack: Place }[]
}

const patienceMs = 25_000

/** Runs the sandbox of a folder in a process of its own, as `npm start` does, on any free ports. */
export async function startSandboxIn(folder: string) {
  const child = spawn(process.execPath, [join('sandbox', 'start.ts')], {
    cwd: folder,
    env: { PATH: processEnv().PATH, SANDBOX_PORT_BASE: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  }
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))

  const until = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
    for (let waited = 0; waited < patienceMs; waited += 100) {
      const found = await look()
      if (found !== undefined) return found
      if (child.exitCode !== null) break
      await systemWall.pause(100)
    }
    throw new Error(`It did not come true. The sandbox said: ${said}`)
  }
  const address = (line: RegExp) => until(async () => line.exec(said)?.[1])
  const workspace = await address(/the workspace +(http:\/\/localhost:\d+)/)
  const prices = await address(/price API +(http:\/\/localhost:\d+)/)

  const get = async <T>(path: string): Promise<T> => {
    const answer = await fetch(`${workspace}${path}`, { headers: { authorization: 'Bearer xoxb-sandbox' } })
    return (await answer.json()) as T
  }
  const texts = async (method: string, { channel, ts }: Place): Promise<string[]> => {
    const query = new URLSearchParams({ channel, ts, oldest: ts, inclusive: 'true' })
    const { messages = [] } = await get<{ messages?: object[] }>(`/api/${method}?${query}`)
    return messages.map((message) => JSON.stringify(message))
  }
  return {
    prices,
    until,
    state: () => get<State>('/_sandbox/state'),
    post: async <T = unknown>(path: string, body: object): Promise<T> => {
      const answer = await fetch(`${workspace}/_sandbox${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      return (await answer.json()) as T
    },
    /** Everything that stands in a root message. */
    message: async (place: Place) => (await texts('conversations.replies', place))[0] ?? '',
    /** Everything that stands in its thread. */
    thread: async (place: Place) => (await texts('conversations.replies', place)).slice(1).join('\n'),
    stop: async (): Promise<void> => {
      child.kill('SIGTERM')
      await gone
    },
  }
}

export type RunningSandbox = Awaited<ReturnType<typeof startSandboxIn>>
