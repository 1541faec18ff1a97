import { ErrorCode, type Logger, LogLevel, type WebAPICallResult, WebClient } from '@slack/web-api'
import { describeError, type Log } from '../../common/logger.ts'
import type { SecretSource } from './slack-secrets.ts'

/**
 * What Slack answered. `unknown` means the call may or may not have happened: the answer was lost, or
 * Slack failed while working on it.
 */
export type SlackAnswer =
  | { is: 'ok'; body: Record<string, unknown> }
  | { is: 'rate-limited'; retryAfterMs: number }
  | { is: 'refused'; code: string; details: string[] }
  | { is: 'unknown'; message: string }

/** One call of Slack's Web API with a short time limit and no retries of its own: the queue retries. */
export interface Slack {
  call(method: SlackMethod, args: Record<string, unknown>): Promise<SlackAnswer>
}

/** Every method the bot uses; a server that wants to stand in for Slack needs these and no others. */
export const slackMethods = [
  'chat.postMessage',
  'chat.update',
  'chat.postEphemeral',
  'chat.getPermalink',
  'conversations.open',
  'conversations.history',
  'conversations.replies',
  'conversations.list',
  'usergroups.users.list',
  'users.info',
  'views.open',
  'views.update',
  'views.publish',
] as const
export type SlackMethod = (typeof slackMethods)[number]

/** Errors that Slack reports about itself: the call may have been carried out. */
const slackFailed = ['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'team_added_to_org']
const secretRejected = ['invalid_auth', 'token_revoked', 'token_expired', 'account_inactive', 'not_authed']

/** A logger for Slack's libraries that keeps their errors and drops the rest: at lower levels they print what they carry. */
export const quietSlackLogger = (log: Log): Logger => ({
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (...said) => log.error('a Slack library reports', { said: said.map(describeError).join(' ').slice(0, 500) }),
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
})

export function createSlack(options: { apiUrl: string; limitMs: number; secrets: SecretSource; log: Log }): Slack {
  const { apiUrl, limitMs, secrets, log } = options
  let held: { token: string; client: WebClient } | undefined
  const clientFor = (token: string): WebClient => {
    if (held?.token !== token) {
      const client = new WebClient(token, {
        slackApiUrl: apiUrl,
        timeout: limitMs,
        rejectRateLimitedCalls: true,
        retryConfig: { retries: 0 },
        // The client's own logger prints what it sends; the facts of a failed call are logged below.
        logger: quietSlackLogger(log),
      })
      held = { token, client }
    }
    return held.client
  }
  const once = async (method: SlackMethod, args: Record<string, unknown>): Promise<SlackAnswer> => {
    const client = clientFor((await secrets.read()).botToken)
    try {
      return { is: 'ok', body: { ...(await client.apiCall(method, args)) } }
    } catch (error) {
      return classify(error)
    }
  }
  return {
    call: async (method, args) => {
      let answer = await once(method, args)
      if (answer.is === 'refused' && secretRejected.includes(answer.code)) {
        secrets.forget()
        answer = await once(method, args)
      }
      if (answer.is !== 'ok') log.warn('Slack did not do it', { method, ...answer })
      return answer
    },
  }
}

function classify(error: unknown): SlackAnswer {
  if (!(error instanceof Error) || !('code' in error)) throw error
  switch (error.code) {
    case ErrorCode.RateLimitedError:
      return { is: 'rate-limited', retryAfterMs: 1000 * Number('retryAfter' in error ? error.retryAfter : 1) }
    case ErrorCode.PlatformError: {
      const data = 'data' in error ? (error.data as WebAPICallResult & { error: string }) : undefined
      const code = data?.error ?? 'unknown_error'
      if (code === 'ratelimited') return { is: 'rate-limited', retryAfterMs: 1000 }
      if (slackFailed.includes(code)) return { is: 'unknown', message: code }
      return { is: 'refused', code, details: data?.response_metadata?.messages ?? [] }
    }
    case ErrorCode.HTTPError: {
      const status = 'statusCode' in error ? Number(error.statusCode) : 0
      // 4xx was refused at the door; anything else may have failed after the work was done.
      if (status >= 400 && status < 500) return { is: 'refused', code: `http_${status}`, details: [] }
      return { is: 'unknown', message: `HTTP ${status}` }
    }
    case ErrorCode.RequestError:
      return { is: 'unknown', message: 'no answer in time' }
    default:
      throw error
  }
}
