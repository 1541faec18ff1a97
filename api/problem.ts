import type { APIGatewayProxyResult } from 'aws-lambda'
import * as z from 'zod'

/** What went wrong, by name. A client may act on it; the sentences are for people. */
export const problemTypes = [
  'bad-request',
  'unknown-coin',
  'not-found',
  'prices-too-old',
  'maintenance',
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
export const Problem = z
  .object({
    type: z
      .enum(problemTypes.map(problemUri))
      .meta({ description: 'What went wrong, by name. Act on it, not on the sentences.' }),
    title: z.string().meta({ example: 'Unknown coin' }),
    status: z
      .int()
      .optional()
      .meta({ description: 'The HTTP status; a few answers of the gateway leave it out.', example: 404 }),
    detail: z.string().meta({ description: 'What was wrong with this request, and what to do.' }),
    requestId: z.string().optional().meta({ description: 'Names this one request, for when you write to us.' }),
    unknown: z.array(z.string()).optional().meta({ description: 'Coins that are not known.' }),
    incident: z.string().optional().meta({ description: 'The open incident behind it, as /status shows it.' }),
    expectedUntil: z.iso
      .datetime()
      .optional()
      .meta({ description: 'When maintenance mode is expected to end, if that is known and still to come.' }),
    ageSeconds: z.int().optional().meta({ description: 'Age of the newest price, when it is too old to be served.' }),
  })
  .meta({ id: 'Problem' })
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
