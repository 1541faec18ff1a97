import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import * as z from 'zod'
import type { Env } from '../../common/env.ts'

const Answer = z.object({
  id: z.number(),
  result: z.unknown().optional(),
  error: z.object({ name: z.string().optional(), message: z.string() }).optional(),
})

const runner = fileURLToPath(new URL('lambda-runner.mjs', import.meta.url))

/** A bundle in a plain Node.js process that has nothing but the environment it is given. */
export interface LambdaProcess {
  call(event: unknown, context?: object): Promise<unknown>
  /** What it wrote: logs, and metrics as log lines. */
  output(): string
  stop(): Promise<void>
}

export async function startLambdaProcess(folder: string, env: Env): Promise<LambdaProcess> {
  const child: ChildProcess = fork(runner, [pathToFileURL(join(folder, 'index.mjs')).href], {
    // `env` replaces the environment of the test: no PATH, no HOME, no settings of the machine.
    env: { ...env },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (part: Buffer) => {
      output += part.toString('utf8')
    })
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let calls = 0
  let ended: Error | undefined
  child.once('exit', (code) => {
    ended = new Error(`The process ended with ${code}. It said:\n${output}`)
    for (const { reject } of waiting.values()) reject(ended)
  })
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve())
    child.once('exit', () => reject(new Error(`The bundle did not start. It said:\n${output}`)))
  })
  child.on('message', (message) => {
    const { id, result, error } = Answer.parse(message)
    const call = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) call?.resolve(result)
    else call?.reject(Object.assign(new Error(error.message), { name: error.name ?? 'Error' }))
  })
  return {
    call: (event, context = {}) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended)
        calls += 1
        waiting.set(calls, { resolve, reject })
        child.send({ id: calls, event, context })
      }),
    output: () => output,
    stop: async () => {
      if (child.exitCode !== null) return
      child.kill()
      await once(child, 'exit')
    },
  }
}
