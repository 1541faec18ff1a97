/** Asks the price API with a key, to see whether the gateway lets it in. */
export interface GatewayProof {
  /** Throws when the gateway does not answer. Neither the answer nor the error tells of the key. */
  ask(secret: string): Promise<'takes' | 'refuses'>
}

/** A route that needs a key and costs the service nothing. */
const path = '/v1/coins'
const forbidden = 403

export function createGatewayProof(apiUrl: string, limitMs: number): GatewayProof {
  const url = `${apiUrl.replace(/\/$/, '')}${path}`
  return {
    ask: async (secret) => {
      try {
        const answer = await fetch(url, { headers: { 'x-api-key': secret }, signal: AbortSignal.timeout(limitMs) })
        // The body is of no use, and left unread it would hold the connection.
        await answer.body?.cancel()
        return answer.status === forbidden ? 'refuses' : 'takes'
      } catch (error) {
        // The message of a refused header quotes it, and this one is a secret.
        throw new Error(`the price API gave no answer: ${error instanceof Error ? error.name : 'unknown'}`)
      }
    },
  }
}
