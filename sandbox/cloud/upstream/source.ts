import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import type { Clock } from '../../../common/clock.ts'

/** What a simulated price source does with every request. */
export const UpstreamMode = z.enum([
  'ok',
  '429',
  '503',
  /** No answer at all. */
  'hang',
  /** The answer breaks off in its middle. */
  'truncated',
  /** Something else where the prices should be. */
  'wrong-types',
  /** No coin in it. */
  'empty',
  /** One coin, bitcoin, has no price. */
  'without-price',
])
export type UpstreamMode = z.output<typeof UpstreamMode>

export interface SourceAnswer {
  status: number
  body: unknown
  headers?: Readonly<Record<string, string>>
}

/** The bodies of one kind of source. */
export interface Answers {
  /** What it says to a request of its path, without the source's own beginning. */
  ok(path: string, query: URLSearchParams): SourceAnswer
  failure(status: 429 | 503): unknown
  wrongTypes: unknown
  empty(query: URLSearchParams): unknown
  /** Takes the price of bitcoin out of what `ok` said. */
  withoutPrice(body: unknown): unknown
}

/** A request as the source saw it. */
export interface SourceRequest {
  /** Domain time. */
  at: Date
  /** With its query, without the source's own beginning. */
  path: string
  status: number | 'hang'
}

const kept = 500
const retryAfterSeconds = 60

/** A price source under a path of the simulated cloud's endpoint. */
export function createSource(options: { path: string; clock: Clock; answers: Answers }) {
  const { path, clock, answers } = options
  let mode: UpstreamMode = 'ok'
  let requests: SourceRequest[] = []

  /** Undefined means no answer: the caller's own time limit must end it. */
  function answer(asked: string, query: URLSearchParams): SourceAnswer | undefined {
    const ok = answers.ok(asked, query)
    switch (mode) {
      case 'ok':
      case 'truncated':
        return ok
      case '429':
        return {
          status: 429,
          headers: { 'retry-after': String(retryAfterSeconds) },
          body: answers.failure(429),
        }
      case '503':
        return { status: 503, body: answers.failure(503) }
      case 'hang':
        return undefined
      case 'wrong-types':
        return { status: 200, body: answers.wrongTypes }
      case 'empty':
        return { status: 200, body: answers.empty(query) }
      case 'without-price':
        return ok.status === 200 ? { status: 200, body: answers.withoutPrice(ok.body) } : ok
      default:
        return mode satisfies never
    }
  }

  return {
    path,
    mode: (): UpstreamMode => mode,
    setMode(next: UpstreamMode): void {
      mode = next
    },
    /** The last requests, oldest first. */
    requests: (): readonly SourceRequest[] => requests,
    /** Answers a request under its path; false when the request is for someone else. */
    handle(_request: IncomingMessage, response: ServerResponse, url: URL): boolean {
      if (!url.pathname.startsWith(`${path}/`)) return false
      const asked = url.pathname.slice(path.length)
      const found = answer(asked, url.searchParams)
      const seen = { at: clock.now(), path: `${asked}${url.search}`, status: found?.status ?? ('hang' as const) }
      requests = [...requests, seen].slice(-kept)
      if (found === undefined) return true
      const text = JSON.stringify(found.body)
      response
        .writeHead(found.status, { 'content-type': 'application/json', ...found.headers })
        .end(mode === 'truncated' ? text.slice(0, Math.floor(text.length / 2)) : text)
      return true
    },
  }
}
