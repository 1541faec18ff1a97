import { createHash } from 'node:crypto'
import type { APIGatewayProxyResult } from 'aws-lambda'

/** What a client may keep, and for how long. */
export interface Caching {
  /** Seconds it stays fresh. */
  maxAge: number
  /** Age of the oldest price in it, in seconds; absent where age means nothing. */
  age?: number
  /** What tells this answer from the next one. Ages are left out of it, or no answer would ever match. */
  identity: unknown
}

/** Tells a client whether what it has is still the answer. Weak, because ages inside the body go on counting. */
export const etagOf = (identity: unknown): string =>
  `W/"${createHash('sha256').update(JSON.stringify(identity)).digest('base64url').slice(0, 22)}"`

/** `If-None-Match` by the weak comparison of RFC 9110, section 13.1.2. */
export const matches = (ifNoneMatch: string | undefined, etag: string): boolean => {
  if (ifNoneMatch === undefined) return false
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '')
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => opaque(tag) === opaque(etag))
}

/** An answer with its age and freshness, or 304 when the client has it already. */
export function cachedJson(body: object, caching: Caching, ifNoneMatch: string | undefined): APIGatewayProxyResult {
  const etag = etagOf(caching.identity)
  const headers = {
    etag,
    // Every key pays for its own requests, so what one was told is not for a cache that others share.
    'cache-control': `private, max-age=${caching.maxAge}`,
    ...(caching.age !== undefined && { age: String(caching.age) }),
  }
  if (matches(ifNoneMatch, etag)) return { statusCode: 304, headers, body: '' }
  return { statusCode: 200, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }
}
