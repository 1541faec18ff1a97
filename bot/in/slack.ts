import { App, AwsLambdaReceiver, type Receiver } from '@slack/bolt'
import type { Context } from 'aws-lambda'
import { z } from 'zod'
import { quietSlackLogger } from '../out/slack.ts'
import { listen, type SlackDoorDeps } from './slack-listeners.ts'
import { checkSignature } from './slack-signature.ts'

/** A request as a function URL hands it over. */
const FunctionUrlEvent = z.object({
  headers: z.record(z.string(), z.string().optional()),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
  rawPath: z.string().default('/'),
})

export interface Answer {
  statusCode: number
  headers?: Record<string, string>
  body: string
}

const mostBytes = 1_000_000

/**
 * The door for people: a signed request from Slack, checked here before Bolt sees it, because Bolt's
 * receiver parses first and decodes base64 as ASCII. Whatever is wrong with a request, the answer says it.
 */
export function createSlackDoor(deps: SlackDoorDeps) {
  const receiver = new AwsLambdaReceiver({
    signingSecret: 'checked before Bolt is called',
    signatureVerification: false,
    logger: quietSlackLogger(deps.log),
  })
  listen(createApp(deps, receiver), deps)
  const bolt = receiver.toHandler()

  return async (event: unknown, context: Context): Promise<Answer> => {
    const request = FunctionUrlEvent.safeParse(event)
    if (!request.success) return refuse(400, 'expected a function URL event')
    const headers = Object.fromEntries(
      Object.entries(request.data.headers).map(([name, value]) => [name.toLowerCase(), value]),
    )
    const body = request.data.isBase64Encoded
      ? Buffer.from(request.data.body, 'base64').toString('utf8')
      : request.data.body
    if (body.length > mostBytes) return refuse(413, 'the body is too large')
    const check = checkSignature(
      { body, signature: headers['x-slack-signature'], timestamp: headers['x-slack-request-timestamp'] },
      (await deps.secrets.read()).signingSecret,
      deps.wall.now().getTime(),
    )
    if (check !== 'good') {
      deps.log.warn('a request was refused before Bolt', { check })
      return refuse(401, check)
    }
    const unreadable = whyUnreadable(headers['content-type'] ?? '', body)
    if (unreadable) return refuse(400, unreadable)
    const contentType = (headers['content-type'] ?? '').split(';')[0]?.trim() ?? ''
    const answer = await bolt(
      {
        ...request.data,
        headers: { ...headers, 'Content-Type': contentType },
        body,
        isBase64Encoded: false,
        requestContext: {},
        rawQueryString: '',
        routeKey: '$default',
        version: '2.0',
      },
      context,
    )
    return { statusCode: answer.statusCode, body: answer.body ?? '', headers: textHeaders(answer.headers) }
  }
}

/** Bolt without a call to Slack at the start: who we are is only a token, read when it is needed. */
export function createApp(deps: SlackDoorDeps, receiver: Receiver): App {
  return new App({
    receiver,
    authorize: async () => ({ botToken: (await deps.secrets.read()).botToken, botId: 'B', botUserId: 'U' }),
    logger: quietSlackLogger(deps.log),
    convoStore: false,
  })
}

const refuse = (statusCode: number, why: string): Answer => ({
  statusCode,
  headers: { 'content-type': 'text/plain' },
  body: `The request was refused: ${why}.`,
})

/** Bolt throws on a body it cannot read; this says what is wrong instead. */
function whyUnreadable(contentType: string, body: string): string | undefined {
  try {
    if (contentType.startsWith('application/json')) JSON.parse(body)
    else if (contentType.startsWith('application/x-www-form-urlencoded')) {
      const payload = new URLSearchParams(body).get('payload')
      if (payload !== null) JSON.parse(payload)
    } else return 'expected a form or JSON'
    return undefined
  } catch {
    return 'the payload is not JSON'
  }
}

const textHeaders = (headers: object | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]))
