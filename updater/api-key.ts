import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import * as z from 'zod'
import type { Wall } from '../common/clock.ts'
import { describeError, type Log } from '../common/logger.ts'
import { minutes } from '../common/time.ts'

/** Anything else could not be sent as a header, and the error about that would show it. */
const Secret = z.object({ apiKey: z.string().regex(/^[\x21-\x7e]+$/) })
const keptMs = minutes(5)
/** A key that could not be read is asked for again after this long; an old one is used until then. */
const retryAfterMs = 30_000

/** The price source's key, kept for five minutes. One that cannot be read is none: the source may answer without. */
export function createApiKey(client: SecretsManagerClient, name: string, wall: Wall, log: Log) {
  let held: { key: string | undefined; until: number } | undefined

  async function fetchKey(): Promise<string> {
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: name }))
    const parsed = Secret.safeParse(readJson(SecretString))
    if (parsed.success) return parsed.data.apiKey
    // The problem is told without the text: it may hold half of a secret.
    throw new Error(`The secret ${name} has to be JSON with apiKey, which is printable and not empty.`)
  }

  return async (): Promise<string | undefined> => {
    const now = wall.now().getTime()
    if (held !== undefined && now < held.until) return held.key
    try {
      held = { key: await fetchKey(), until: now + keptMs }
    } catch (error) {
      log.error('the key of the price source could not be read', { secret: name, error: describeError(error) })
      held = { key: held?.key, until: now + retryAfterMs }
    }
    return held.key
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
