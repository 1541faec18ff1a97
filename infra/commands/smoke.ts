import { APIGatewayClient, GetApiKeyCommand } from '@aws-sdk/client-api-gateway'
import * as z from 'zod'
import { awsClientSettings } from '../../common/aws-client-settings.ts'
import { systemWall, type Wall } from '../../common/clock.ts'
import { type Env, processEnv } from '../../common/env.ts'
import { describeError } from '../../common/logger.ts'
import { ownStages } from '../stages.ts'
import { readArguments, runCommand, UsageError } from './arguments.ts'
import { readOutputs } from './outputs.ts'

interface Smoke {
  /** Address of the API, with or without a slash at its end. */
  apiUrl: string
  apiKey: string
  wall: Wall
  say: (line: string) => void
  fetch?: typeof fetch
}

const everyMs = 10_000
/** The updater runs every five minutes, so a stage that is new has no prices before. */
const patienceMs = 7 * 60_000
const limitMs = 30_000

const Prices = z.object({
  prices: z.array(z.object({ id: z.string(), price: z.number().positive(), stale: z.boolean() })),
})
const Problem = z.object({ type: z.string(), title: z.string() })

/**
 * Asks the deployed API what a client would: a price with a key, and the refusal without one. Waits for the first
 * prices of a new stage. Answers whether everything was as it should be; `say` tells each step.
 */
export async function smoke({ apiUrl, apiKey, wall, say, fetch: ask = fetch }: Smoke): Promise<boolean> {
  const get = (path: string, headers: Record<string, string> = {}) =>
    answerOf(() => ask(`${apiUrl.replace(/\/$/, '')}${path}`, { headers, signal: AbortSignal.timeout(limitMs) }))

  const refused = await get('/v1/prices?ids=bitcoin')
  const problem = Problem.safeParse(refused.body)
  const isRefused = refused.status === 403 && problem.success && problem.data.type.endsWith('key-missing-or-wrong')
  say(`${isRefused ? '✓' : '✗'} without a key: ${refused.says}${problem.success ? `, ${problem.data.title}` : ''}`)
  if (!isRefused) return false

  const until = wall.now().getTime() + patienceMs
  for (;;) {
    const answer = await get('/v1/prices?ids=bitcoin,ethereum', { 'x-api-key': apiKey })
    const prices = Prices.safeParse(answer.body).data?.prices ?? []
    const shown = prices.map(({ id, price, stale }) => `${id} ${price}${stale ? ' (stale)' : ''}`).join(', ')
    const isGood = answer.status === 200 && prices.length === 2 && prices.every(({ stale }) => !stale)
    say(`${isGood ? '✓' : '…'} with a key: ${shown || answer.says}`)
    if (isGood) break
    if (wall.now().getTime() >= until) {
      say('✗ no fresh prices in 7 min. The log of the updater says why.')
      return false
    }
    await wall.pause(everyMs)
  }
  const health = await get('/health')
  say(`${health.status === 200 ? '✓' : '✗'} /health: ${health.says}`)
  return health.status === 200
}

interface Answer {
  /** Absent when there was no answer. */
  status?: number
  /** Undefined when it is not JSON. */
  body?: unknown
  /** The status, or why there was no answer. */
  says: string
}

/** An address that does not answer yet is one of the things a smoke test is for. */
async function answerOf(ask: () => Promise<Response>): Promise<Answer> {
  try {
    const answer = await ask()
    const text = await answer.text()
    return { status: answer.status, body: readJson(text), says: String(answer.status) }
  } catch (error) {
    return { says: `no answer, ${describeError(error)}` }
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function main(args: readonly string[], env: Env): Promise<boolean> {
  const { stage } = readArguments('smoke', {}, args)
  const { ApiUrl: apiUrl, SmokeKeyId: keyId } = readOutputs(stage)
  if (apiUrl === undefined || keyId === undefined)
    throw new UsageError(`The outputs of ${stage} name no API. Deploy it again.`)
  const client = new APIGatewayClient({
    ...awsClientSettings(env, 'API_GATEWAY', 10_000),
    region: ownStages()[stage].region,
  })
  const { value: apiKey } = await client.send(new GetApiKeyCommand({ apiKey: keyId, includeValue: true }))
  if (apiKey === undefined) throw new UsageError(`API Gateway gave no value for the key ${keyId}.`)
  return smoke({ apiUrl, apiKey, wall: systemWall, say: console.log })
}

if (import.meta.main) await runCommand(() => main(process.argv.slice(2), processEnv()))
