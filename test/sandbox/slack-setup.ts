import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { LogLevel, WebClient, type WebClientOptions } from '@slack/web-api'
import type { Wall } from '../../common/clock.ts'
import type { Log } from '../../common/logger.ts'
import { sampleChannels, sampleGroups, samplePeople } from '../../sandbox/slack/people.ts'
import { createSlack, type Slack, type SlackOptions } from '../../sandbox/slack/slack.ts'

export const botToken = 'xoxb-sandbox'
export const appToken = 'xapp-sandbox'
export const signingSecret = 'not-a-secret'

export const quietLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** A wall that moves only when told to. */
export function virtualWall(start = '2026-11-23T03:00:00.000Z') {
  let at = new Date(start).getTime()
  const wall: Wall = {
    now: () => new Date(at),
    pause: async (ms) => {
      at += ms
    },
  }
  return { wall, forward: (ms: number) => wall.pause(ms) }
}

const listen = (server: Server): Promise<string> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
  })

const stop = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.closeAllConnections()
    server.close(() => resolve())
  })

/** What the tiny bot of a test was sent. */
export interface Received {
  headers: Record<string, string | string[] | undefined>
  body: string
  /** The interaction, from the `payload` field of the form or from a JSON body. */
  payload: Record<string, unknown>
}

export type BotAnswer = { status?: number; body?: unknown } | undefined
export type Bot = (received: Received) => BotAnswer | Promise<BotAnswer>

const payloadOf = (body: string): Record<string, unknown> => {
  if (body.startsWith('{')) return JSON.parse(body)
  const form = new URLSearchParams(body)
  const payload = form.get('payload')
  return payload === null ? Object.fromEntries(form) : JSON.parse(payload)
}

/** This Slack on a free port, a bot that answers as the test says, and a real client in between. */
export async function startSlack(options: Partial<SlackOptions> = {}) {
  const time = virtualWall()
  const received: Received[] = []
  let bot: Bot = () => undefined
  const botServer = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString()
    const entry = { headers: request.headers, body, payload: payloadOf(body) }
    received.push(entry)
    const answer = await bot(entry)
    if (answer?.status === -1) return
    response.statusCode = answer?.status ?? 200
    response.end(typeof answer?.body === 'string' ? answer.body : answer?.body && JSON.stringify(answer.body))
  })
  const interactivityUrl = `${await listen(botServer)}/slack/events`

  let baseUrl = ''
  const slack: Slack = createSlack({
    wall: time.wall,
    log: quietLog,
    people: samplePeople,
    groups: sampleGroups,
    channels: sampleChannels,
    botToken,
    appToken,
    signingSecret,
    interactivityUrl,
    baseUrl: () => baseUrl,
    ...options,
  })
  const server = createServer(getRequestListener(slack.fetch))
  slack.attachSocketMode(server)
  baseUrl = await listen(server)

  const clientOptions: WebClientOptions = {
    slackApiUrl: `${baseUrl}/api/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
    logger: {
      debug() {},
      info() {},
      warn() {},
      error() {},
      setLevel() {},
      setName() {},
      getLevel: () => LogLevel.ERROR,
    },
  }
  const client = new WebClient(botToken, clientOptions)
  return {
    slack,
    ...time,
    baseUrl,
    clientOptions,
    client,
    /** Any method with any arguments, for what the client's types do not know. */
    call: async (method: string, args: Record<string, unknown>): Promise<Record<string, unknown>> => ({
      ...(await client.apiCall(method, args)),
    }),
    received,
    answerWith: (next: Bot) => {
      bot = next
    },
    async stop() {
      slack.stop()
      await Promise.all([stop(server), stop(botServer)])
    },
  }
}

export type Started = Awaited<ReturnType<typeof startSlack>>

export const alerts = 'C0ALERTS001'

/** The error code, and the sentences, of a call that Slack refused. */
export async function refusal(call: Promise<unknown>): Promise<{ error: string; messages: string[] }> {
  try {
    await call
  } catch (error) {
    const data = (error as { data?: { error?: string; response_metadata?: { messages?: string[] } } }).data
    if (data?.error) return { error: data.error, messages: data.response_metadata?.messages ?? [] }
    throw error
  }
  throw new Error('the call was expected to be refused, but it was not')
}

export const section = (text: string, more: object = {}) => ({
  type: 'section',
  text: { type: 'mrkdwn', text },
  ...more,
})
export const button = (text: string, more: object = {}) => ({
  type: 'button',
  text: { type: 'plain_text', text },
  action_id: text.toLowerCase().replaceAll(' ', '-'),
  ...more,
})
export const actions = (...elements: object[]) => ({ type: 'actions', elements })

const option = (text: string) => ({ text: { type: 'plain_text', text }, value: text.toLowerCase() })

/** A message as the bot posts it: a button of every place a button can stand in. */
export const incidentBlocks = [
  section('API errors', { block_id: 'head', accessory: button('Runbook') }),
  {
    type: 'container',
    title: { type: 'plain_text', text: 'More' },
    is_collapsible: true,
    child_blocks: [actions(button('Deep'))],
  },
  {
    ...actions(button('Acknowledge', { value: 'open', style: 'primary' }), {
      type: 'overflow',
      action_id: 'more',
      options: [option('Escalate'), option('Resolve')],
    }),
    block_id: 'foot',
  },
]

/** Posts that message into the alerts channel and presses things on it. */
export function incidentIn(world: Started) {
  return {
    post: async () => {
      const args = { channel: alerts, text: 'API errors', blocks: incidentBlocks }
      return String((await world.call('chat.postMessage', args)).ts)
    },
    postFor: async (user: string) => {
      const args = { channel: alerts, user, blocks: incidentBlocks }
      return String((await world.call('chat.postEphemeral', args)).message_ts)
    },
    click: (ts: string, label: string, user = 'aiko') =>
      world.slack.click({ user, channel: alerts, ts, button: label }),
    last: (): Received => {
      const entry = world.received.at(-1)
      if (!entry) throw new Error('the bot was sent nothing')
      return entry
    },
  }
}
