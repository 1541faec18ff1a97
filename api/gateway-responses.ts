import { type Problem, type ProblemType, problemUri } from './problem.ts'

/** An answer that API Gateway gives by itself, without the function. */
export interface GatewayResponse {
  /** Absent where the gateway keeps the status of what went wrong. */
  status?: number
  type: ProblemType
  title: string
  detail: string
  headers?: Readonly<Record<string, string>>
}

/** By API Gateway's own names of them. What is not listed here falls under `DEFAULT_4XX` or `DEFAULT_5XX`. */
export const gatewayResponses = {
  INVALID_API_KEY: {
    status: 403,
    type: 'key-missing-or-wrong',
    title: 'API key missing or wrong',
    detail: 'Send your API key in the header x-api-key. A key that was disabled is refused too.',
  },
  MISSING_AUTHENTICATION_TOKEN: {
    status: 404,
    type: 'not-found',
    title: 'Not found',
    detail: 'There is nothing to GET at this path. The API begins at /v1/prices; /status and /health need no key.',
  },
  THROTTLED: {
    status: 429,
    type: 'too-many-requests',
    title: 'Too many requests',
    detail:
      'Your key sends requests faster than its plan allows. Wait a second, and ask for many coins with one request.',
    headers: { 'retry-after': '1' },
  },
  QUOTA_EXCEEDED: {
    status: 429,
    type: 'quota-used-up',
    title: 'Quota used up',
    detail: 'Your key has used up the requests of its plan for today. The count begins anew at midnight UTC.',
    headers: { 'retry-after': '3600' },
  },
  REQUEST_TOO_LARGE: {
    status: 413,
    type: 'request-too-large',
    title: 'Request too large',
    detail: 'Ask for fewer coins in one request.',
  },
  INTEGRATION_TIMEOUT: {
    status: 504,
    type: 'took-too-long',
    title: 'It took too long',
    detail:
      'The service did not answer within 29 s. Try again in a moment; /status tells whether we know of a problem.',
    headers: { 'retry-after': '5' },
  },
  DEFAULT_4XX: {
    type: 'refused',
    title: 'The request was refused',
    detail: 'The gateway could not take this request. Compare it with the description of the API.',
  },
  DEFAULT_5XX: {
    type: 'failed',
    title: 'The service failed',
    detail: 'Something went wrong on our side. Try again in a moment; /status tells whether we know of a problem.',
    headers: { 'retry-after': '5' },
  },
} as const satisfies Record<string, GatewayResponse>

export type GatewayResponseName = keyof typeof gatewayResponses

/** The body of such an answer. Infrastructure passes the gateway's own variable as the request's id. */
export function gatewayResponseBody(name: GatewayResponseName, requestId: string): Problem {
  const { type, title, detail, ...rest }: GatewayResponse = gatewayResponses[name]
  return {
    type: problemUri(type),
    title,
    ...(rest.status !== undefined && { status: rest.status }),
    detail,
    requestId,
  }
}
