import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import * as z from 'zod'
import type { Wall } from '../../common/clock.ts'
import { describeError, type Log } from '../../common/logger.ts'
import { minutes } from '../../common/time.ts'

export interface SlackSecrets {
  botToken: string
  signingSecret: string
}

/** Slack's secrets, read again after five minutes, or at once after `forget`. */
export interface SecretSource {
  read(): Promise<SlackSecrets>
  forget(): void
}

const Secret = z.object({ botToken: z.string().min(1), signingSecret: z.string().min(1) })
const keepFor = minutes(5)
/** An old copy that could not be read again is used this long before the next try. */
const retryAfter = 30_000

export function createSecretSource(client: SecretsManagerClient, name: string, wall: Wall, log: Log): SecretSource {
  let held: { secrets: SlackSecrets; at: number } | undefined
  const fetchSecrets = async (): Promise<SlackSecrets> => {
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: name }))
    const parsed = Secret.safeParse(readJson(SecretString))
    if (parsed.success) return parsed.data
    // The problem is told without the text: it may hold half of a secret.
    const wrong = parsed.error.issues.map(({ path }) => path.join('.')).join(', ')
    throw new Error(`The secret ${name} has to be JSON with botToken and signingSecret, neither empty; wrong: ${wrong}`)
  }
  return {
    read: async () => {
      const now = wall.now().getTime()
      if (held && now - held.at <= keepFor) return held.secrets
      const older = held
      try {
        held = { secrets: await fetchSecrets(), at: now }
      } catch (error) {
        // Slack still takes the copy we have, unless it said otherwise; then it was forgotten.
        if (!older) throw error
        log.warn('the secrets could not be read again', { error: describeError(error) })
        held = { ...older, at: now - keepFor + retryAfter }
      }
      return held.secrets
    },
    forget: () => {
      held = undefined
    },
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
