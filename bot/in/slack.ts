import { App, AwsLambdaReceiver, type Receiver } from '@slack/bolt'
import type { Context } from 'aws-lambda'
import * as z from 'zod'
import { describeError } from '../../common/logger.ts'
import { quietSlackLogger } from '../out/slack.ts'
import { listen, type SlackDoorDeps } from './slack-listeners.ts'
import { mediaType, readable } from './slack-payload.ts'
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

const notKnown = 'the bot does not know this action, view or event'

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
    const secret = await readSigningSecret(deps)
    if (secret === undefined) return refuse(503, 'the secrets of the bot could not be read; try again')
    const check = checkSignature(
      { body, signature: headers['x-slack-signature'], timestamp: headers['x-slack-request-timestamp'] },
      secret,
      deps.wall.now().getTime(),
    )
    if (check !== 'good') {
      deps.log.warn('a request was refused before Bolt', { check })
      return refuse(401, check)
    }
    const contentType = mediaType(headers['content-type'])
    const read = readable(contentType, body)
    if (read.is === 'unreadable') return refuse(400, read.why)
    if (read.is === 'unknown') return refuse(404, notKnown)
    const answer = await bolt(
      {
        ...request.data,
        headers: { ...headers, 'content-type': contentType },
        body,
        isBase64Encoded: false,
        requestContext: {},
        rawQueryString: '',
        routeKey: '$default',
        version: '2.0',
      },
      context,
    )
    if (answer.statusCode === 404) return refuse(404, notKnown)
    if (answer.statusCode >= 500) return refuse(500, 'the bot failed at it, and its log says how')
    return { statusCode: answer.statusCode, body: answer.body ?? '', headers: textHeaders(answer.headers) }
  }
}

async function readSigningSecret({ secrets, log }: SlackDoorDeps): Promise<string | undefined> {
  try {
    return (await secrets.read()).signingSecret
  } catch (error) {
    log.error('the secrets could not be read', { error: describeError(error) })
    return undefined
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

const textHeaders = (headers: object | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]))
