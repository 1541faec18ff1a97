import { sandboxSecrets } from '../../sandbox/bot-environment.ts'
import { signedHeaders } from '../../sandbox/slack/signature.ts'

export const form = 'application/x-www-form-urlencoded'

/** A request as a function URL hands it over, signed as Slack signs; `change` is what is wrong with it. */
export function signedEvent(
  body: string,
  at: Date,
  change: { secret?: string; type?: string; headers?: Record<string, string>; signed?: string; base64?: boolean } = {},
) {
  const { secret = sandboxSecrets.signingSecret, type = form, headers, signed = body, base64 = true } = change
  return {
    version: '2.0',
    rawPath: '/slack/events',
    rawQueryString: '',
    routeKey: '$default',
    requestContext: { http: { method: 'POST', path: '/slack/events' } },
    headers: { 'content-type': type, ...signedHeaders(secret, signed, at), ...headers },
    body: base64 ? Buffer.from(body, 'utf8').toString('base64') : body,
    isBase64Encoded: base64,
  }
}

export const payloadForm = (payload: unknown): string =>
  new URLSearchParams({ payload: typeof payload === 'string' ? payload : JSON.stringify(payload) }).toString()
