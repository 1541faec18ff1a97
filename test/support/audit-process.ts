import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { processEnv } from '../../common/env.ts'
import { root } from './documents.ts'

/** `npm run audit` in a process of its own, before the simulated cloud. */
export async function runAudit(endpoint: string, ...args: string[]) {
  const child = spawn(process.execPath, ['infra/commands/audit.ts', ...args], {
    cwd: root,
    env: {
      PATH: processEnv().PATH,
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      AWS_ACCESS_KEY_ID: 'auditor',
      AWS_SECRET_ACCESS_KEY: 'auditor',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [output, notes, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return {
    code,
    output,
    /** What was printed, each line read by itself. */
    get lines() {
      const lines = output.split('\n').slice(0, -1)
      return lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    },
    notes: notes.split('\n').filter((line) => line !== ''),
  }
}
