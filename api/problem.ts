import type { APIGatewayProxyResult } from 'aws-lambda'
import { z } from 'zod'

/** What went wrong, by name. A client may act on it; the sentences are for people. */
export const problemTypes = [
  'bad-request',
  'unknown-coin',
  'not-found',
  'prices-too-old',
  'no-prices-yet',
  'prices-unreadable',
  'key-missing-or-wrong',
  'too-many-requests',
  'quota-used-up',
  'request-too-large',
  'took-too-long',
  'refused',
  'failed',
] as const
export type ProblemType = (typeof problemTypes)[number]

const prefix = 'urn:crypto-watch:problem:'
export const problemUri = (type: ProblemType): string => `${prefix}${type}`

/** An error as problem details (RFC 9457): what went wrong, and what to do. */
export const Problem = z.object({
  type: z.enum(problemTypes.map(problemUri)),
  title: z.string(),
  /** The HTTP status; the gateway's own answers may leave it out. */
  status: z.int().optional(),
  detail: z.string(),
  /** Names this one request, for when you write to us. */
  requestId: z.string().optional(),
  /** Values that were not understood, or coins that are not known. */
  unknown: z.array(z.string()).optional(),
  /** The open incident behind it, as `/status` shows it. */
  incident: z.string().optional(),
  /** Seconds, when the newest price is too old to be served. */
  ageSeconds: z.int().optional(),
})
export type Problem = z.output<typeof Problem>

export const problemContentType = 'application/problem+json'

/** A problem as the function answers it. `status` is the HTTP status. */
export function problem(
  status: number,
  type: ProblemType,
  about: Omit<Problem, 'type' | 'status'>,
  headers: Record<string, string> = {},
): APIGatewayProxyResult {
  const body: Problem = { type: problemUri(type), status, ...about }
  return {
    statusCode: status,
    headers: { 'content-type': problemContentType, 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(body),
  }
}
