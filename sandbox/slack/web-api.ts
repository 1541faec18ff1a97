import { z } from 'zod'
import { describeError } from '../../common/logger.ts'
import { createFaults } from './faults.ts'
import type { Inside } from './inside.ts'
import { type Answer, type Args, type Method, method } from './method.ts'
import { chatMethods } from './methods-chat.ts'
import { conversationMethods } from './methods-conversations.ts'
import { peopleMethods } from './methods-people.ts'
import { viewMethods } from './methods-views.ts'
import { createRates } from './rates.ts'
import { SlackError } from './slack-error.ts'

/** One line of the log of calls. */
export interface Call {
  at: string
  method: string
  channel?: string
  /** `ok`, an error of Slack's, or what a fault did to the call. */
  outcome: string
}

/** How a call ends on the wire. */
export type Ending =
  | { kind: 'answer'; status: number; body: Answer; retryAfterSeconds?: number }
  | { kind: 'hang' }
  | { kind: 'connection-lost' }

const connectionsOpen = method(z.strictObject({}), (_, inside) => ({ url: inside.socketUrl() }))

const methods: ReadonlyMap<string, Method> = new Map(
  Object.entries({
    ...chatMethods,
    ...conversationMethods,
    ...peopleMethods,
    ...viewMethods,
    'apps.connections.open': connectionsOpen,
  }),
)

const keptCalls = 1_000
const defaultDelayMs = 1_500

/** The Web API: who may call, how often, what goes wrong on purpose, and then the method itself. `called` is told of each. */
export function createWebApi(
  inside: Inside,
  tokens: { bot: string; app?: string | undefined },
  strict: boolean,
  called: (call: Call) => void = () => undefined,
) {
  const faults = createFaults()
  const rates = createRates(inside.wall, strict)
  const calls: Call[] = []
  const stats = { calls: 0, refused: 0 }

  const record = (name: string, channel: string | undefined, outcome: string) => {
    stats.calls += 1
    const at = inside.wall.now().toISOString()
    const call: Call = { at, method: name, outcome, ...(channel !== undefined && { channel }) }
    calls.push(call)
    called(call)
    if (calls.length > keptCalls) calls.shift()
  }

  const answered = (body: Answer, status = 200): Ending => ({ kind: 'answer', status, body })
  const failed = (error: string, messages: readonly string[] = [], status = 200): Ending =>
    answered({ ok: false, error, ...(messages.length > 0 && { response_metadata: { messages } }) }, status)

  const limited = (retryAfterSeconds: number): Ending => {
    stats.refused += 1
    return { kind: 'answer', status: 429, body: { ok: false, error: 'ratelimited' }, retryAfterSeconds }
  }

  const work = (name: string, run: Method, args: Args): Ending => {
    try {
      return answered({ ok: true, ...run(args, inside) })
    } catch (error) {
      if (!(error instanceof SlackError)) throw error
      inside.log.info('the stand-in Slack refused a call', {
        method: name,
        error: error.code,
        messages: error.messages,
      })
      return failed(error.code, error.messages)
    }
  }

  /** Names and ids of one channel share its limit, and so do a person's id and the direct conversation. */
  const placeOf = (channel = ''): string => {
    const { workspace, state } = inside
    const direct = state.channels.find((each) => each.im_with === channel)
    return (direct ?? workspace.channelNamed(channel))?.id ?? channel
  }

  const end = async (
    name: string,
    token: string | undefined,
    args: Args,
    channel: string | undefined,
  ): Promise<Ending> => {
    if (inside.down()) return failed('service_unavailable', [], 503)
    const run = methods.get(name)
    if (!run) {
      inside.log.warn('a method this stand-in Slack does not have was called', { method: name })
      return failed('unknown_method')
    }
    if (token === undefined || token === '') return failed('not_authed')
    const wanted = name === 'apps.connections.open' ? tokens.app : tokens.bot
    if (token !== wanted) {
      const known = token === tokens.bot || token === tokens.app
      return failed(known ? 'not_allowed_token_type' : 'invalid_auth')
    }
    const fault = faults.take(name, args)
    if (fault?.kind === 'rate-limited') return limited(fault.retryAfterSeconds ?? 1)
    if (fault?.kind === 'server-error') return failed('internal_error', [], 500)
    if (fault?.kind === 'refuse') return failed(fault.error ?? 'msg_too_long', [])
    if (fault?.kind === 'invalid_blocks') return failed('invalid_blocks', ['[ERROR] refused on purpose'])
    if (fault?.kind === 'hang') return { kind: 'hang' }
    if (fault?.kind === 'slow') await inside.wall.pause(fault.delayMs ?? defaultDelayMs)
    const retryAfter = rates.retryAfter(name, placeOf(channel))
    if (retryAfter !== undefined) return limited(retryAfter)
    const ending = work(name, run, args)
    return fault?.kind === 'lose-answer' ? { kind: 'connection-lost' } : ending
  }

  const outcomeOf = (ending: Ending): string => {
    if (ending.kind !== 'answer') return ending.kind
    return ending.body.ok === true ? 'ok' : String(ending.body.error)
  }

  return {
    faults,
    stats: stats as Readonly<typeof stats>,
    calls: calls as readonly Call[],

    async call(name: string, token: string | undefined, args: Args): Promise<Ending> {
      const channel = typeof args.channel === 'string' ? args.channel : undefined
      try {
        const ending = await end(name, token, args, channel)
        record(name, channel, outcomeOf(ending))
        return ending
      } catch (error) {
        record(name, channel, describeError(error))
        throw error
      }
    },
  }
}

export type WebApi = ReturnType<typeof createWebApi>
