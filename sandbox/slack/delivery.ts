import type { Wall } from '../../common/clock.ts'
import { describeError, type Log } from '../../common/logger.ts'
import { signedHeaders } from './signature.ts'
import type { SocketMode } from './socket-mode.ts'

/** https://docs.slack.dev/interactivity/handling-user-interaction: an app must answer within three seconds. */
export const answerLimitMs = 3_000

/** What is brought to the app. */
export type Parcel =
  | { kind: 'interactive'; payload: object; acceptsAnswer: boolean }
  | { kind: 'slash_commands'; payload: Record<string, string> }
  | { kind: 'events_api'; payload: object }

/** How the app answered. `body` is text as it came over HTTP, or JSON as it came over a socket. */
export type Delivered =
  | { kind: 'answered'; status: number; body: unknown }
  | { kind: 'late' }
  | { kind: 'unreachable'; why: string }

const form = 'application/x-www-form-urlencoded'

function encode(parcel: Parcel): { body: string; type: string } {
  switch (parcel.kind) {
    case 'interactive':
      return { body: new URLSearchParams({ payload: JSON.stringify(parcel.payload) }).toString(), type: form }
    case 'slash_commands':
      return { body: new URLSearchParams(parcel.payload).toString(), type: form }
    case 'events_api':
      return { body: JSON.stringify(parcel.payload), type: 'application/json' }
    default:
      throw parcel satisfies never
  }
}

/** An app may answer with nothing, with text, or with JSON. */
function readBody(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

export interface DeliveryOptions {
  wall: Wall
  log: Log
  signingSecret: string
  url: string
  limitMs: number
}

/** Brings interactions to the app: over its socket when it has one, else as a signed HTTP request. */
export function createDelivery({ wall, log, signingSecret, url, limitMs }: DeliveryOptions, sockets: SocketMode) {
  const overHttp = async (parcel: Parcel): Promise<Delivered> => {
    const { body, type } = encode(parcel)
    const headers = { 'content-type': type, ...signedHeaders(signingSecret, body, wall.now()) }
    try {
      const signal = AbortSignal.timeout(limitMs)
      const response = await fetch(url, { method: 'POST', body, headers, signal, redirect: 'manual' })
      return { kind: 'answered', status: response.status, body: readBody(await response.text()) }
    } catch (error) {
      if (error instanceof Error && error.name === 'TimeoutError') return { kind: 'late' }
      return { kind: 'unreachable', why: describeError(error) }
    }
  }

  return async (parcel: Parcel): Promise<Delivered> => {
    const sent = wall.now().getTime()
    const delivered = sockets.connected() ? await sockets.send(parcel, limitMs) : await overHttp(parcel)
    // A wall that was moved meanwhile counts like one that ran.
    const late = delivered.kind === 'answered' && wall.now().getTime() - sent > limitMs
    const result: Delivered = late ? { kind: 'late' } : delivered
    if (result.kind !== 'answered' || result.status >= 300) {
      log.warn('the app did not answer an interaction as Slack wants', { kind: parcel.kind, result })
    }
    return result
  }
}

export type Deliver = ReturnType<typeof createDelivery>
