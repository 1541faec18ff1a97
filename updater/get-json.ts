import type { Wall } from '../common/clock.ts'
import { breaksOff } from './breaks-off.ts'
import type { Failure, FailureReason } from './price-source.ts'
import { retryAfterMs } from './retry-after.ts'

/** The part of `fetch` that is used. */
export type Fetch = (url: string, options: RequestInit) => Promise<Response>

interface Request {
  fetch: Fetch
  wall: Wall
  url: string
  headers?: Readonly<Record<string, string>>
  /** Milliseconds for everything, the body included. */
  limitMs: number
}

const failure = (reason: FailureReason, more: Partial<Failure> = {}): Failure => ({
  ok: false,
  reason,
  dropped: [],
  ...more,
})

/** One GET request for JSON. Whatever goes wrong with it is a failure with its reason; nothing is thrown. */
export async function getJson(request: Request): Promise<{ ok: true; body: unknown } | Failure> {
  const { fetch, wall, url, headers = {}, limitMs } = request
  const signal = AbortSignal.timeout(limitMs)
  let status: number | undefined
  try {
    // A redirect would take the key along to somebody else.
    const response = await fetch(url, {
      headers: { accept: 'application/json', ...headers },
      signal,
      redirect: 'error',
    })
    status = response.status
    if (!response.ok) {
      await response.body?.cancel()
      return notOk(response, wall)
    }
    return parsed(await response.text(), status)
  } catch (error) {
    if (signal.aborted) return failure('timed-out', status === undefined ? {} : { status })
    // With a status the answer had begun, so it broke off on the way.
    if (status !== undefined) return failure('truncated', { status, detail: causeOf(error) })
    return failure('unreachable', { detail: causeOf(error) })
  }
}

function notOk({ status, headers }: Response, wall: Wall): Failure {
  const wait = retryAfterMs(headers.get('retry-after'), wall.now())
  const more = { status, ...(wait !== undefined && { retryAfterMs: wait }) }
  if (status === 429) return failure('rate-limited', more)
  return failure(status >= 500 ? 'unavailable' : 'refused', more)
}

function parsed(text: string, status: number): { ok: true; body: unknown } | Failure {
  try {
    return { ok: true, body: JSON.parse(text) }
  } catch {
    // What the parser says of it would hold a piece of the answer.
    return failure(breaksOff(text) ? 'truncated' : 'malformed', { status })
  }
}

/** A code such as `ECONNREFUSED`, or the kind of the error. Its message may hold a header, so it is left out. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  if (!(cause instanceof Error)) return 'unknown'
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name
}
