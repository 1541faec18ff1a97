import { randomUUID } from 'node:crypto'
import { AwsError } from './aws-error.ts'

/** Secrets Manager, for secrets that are one JSON text. They are never part of a snapshot. */
export function createSecrets() {
  const secrets = new Map<string, { text: string; versionId: string }>()
  return {
    set(name: string, text: string): void {
      secrets.set(name, { text, versionId: randomUUID() })
    },
    get(name: string): { text: string; versionId: string } {
      const found = secrets.get(name)
      if (found === undefined)
        throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.")
      return found
    },
  }
}

export type Secrets = ReturnType<typeof createSecrets>
