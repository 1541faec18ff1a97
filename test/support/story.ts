import { createHmac } from 'node:crypto'
import type { Incident } from '../../bot/incident/incident.ts'
import type { Env } from '../../common/env.ts'
import { sandboxSecrets } from '../../sandbox/bot-environment.ts'
import type { Environments } from '../../sandbox/bot-runtime.ts'
import { startSandbox } from '../../sandbox/sandbox.ts'
import { scenarioNamed } from '../../sandbox/scenarios.ts'
import type { stateOf } from '../../sandbox/state-view.ts'
import { type Checkpoint, fillTables, readTables, withRecentMetrics } from './checkpoint.ts'
import { drawNew } from './drawn-blocks.tsx'
import { collectBlocks } from './posted-blocks.ts'
import { createQuietLog } from './quiet-log.ts'
import { createVirtualWall } from './virtual-wall.ts'

export interface StoryOptions {
  env?: Env
  environments?: Environments
  start?: Date
  slackStrict?: boolean
  dataFolder?: string
  /** Goes on from where another story stood. */
  from?: Checkpoint
}

type State = Awaited<ReturnType<typeof stateOf>>
/** What Slack shows a person after a press or a submission. */
export interface Pressed {
  ok: boolean
  shown?: string
  ephemeral?: string[]
  response_action?: string
  view?: object
  error?: string
}

export const api = 'crypto-watch-api-function'
export const alertsChannel = 'C0ALERTS001'
export const devChannel = 'C0DEV000001'
export const incidentsChannel = 'C0INCIDENT1'
export const deploysChannel = 'C0DEPLOYS01'

/** The whole system with time that only moves when the story says so. */
export async function startStory(options: StoryOptions = {}) {
  const { from } = options
  const wall = createVirtualWall(from?.wall)
  const log = createQuietLog()
  const { env, environments, slackStrict, dataFolder } = options
  const sandbox = await startSandbox({
    log,
    wall,
    portBase: 0,
    speed: 0,
    start: options.start ?? new Date('2026-11-23T03:00:00.000Z'),
    patienceMs: Number.POSITIVE_INFINITY,
    env: { CALL_LIMIT_MS: '400', ...env },
    ...(environments && { environments }),
    ...(slackStrict !== undefined && { slackStrict }),
    ...(dataFolder !== undefined && { dataFolder }),
    ...(from && { saved: from.saved }),
  })
  if (from) await fillTables(sandbox.cloud.endpoint, from.items)
  const { cloud, slack, addresses } = sandbox
  const posted = collectBlocks(slack)

  /** Lets everything under way come to its end; what waits for protocol time is fast-forwarded, up to a limit. */
  const quiet = async (limitMs = 180_000): Promise<void> => {
    const until = wall.now().getTime() + limitMs
    for (;;) {
      await cloud.queues.settle()
      const next = cloud.queues.nextVisibleAt()?.getTime()
      if (next === undefined || next > until) return
      wall.jump(next - wall.now().getTime())
    }
  }
  const http = async <T = Pressed>(path: string, body?: object): Promise<T> => {
    const answer = await fetch(`${addresses.workspace}/_sandbox${path}`, {
      ...(body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    return (await answer.json()) as T
  }
  const incident = async (service: string): Promise<Incident> => {
    const found = (await sandbox.incidents.all()).filter((each) => each.service === service).at(-1)
    if (!found) throw new Error(`There is no incident of ${service}`)
    return found
  }
  const textOf = (message: object | undefined): string => JSON.stringify(message ?? '').replaceAll('\\n', '\n')
  const rootTs = async (service: string): Promise<string> => {
    const { message } = await incident(service)
    if (!message) throw new Error(`The root message of ${service} is not up`)
    return message.ts
  }
  const signed = async (path: string, body: string, type = 'application/x-www-form-urlencoded') => {
    const timestamp = String(Math.floor(wall.now().getTime() / 1000))
    const secret = env?.SLACK_SIGNING_SECRET ?? sandboxSecrets.signingSecret
    const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')
    const answer = await fetch(`${addresses.bot}${path}`, {
      method: 'POST',
      headers: {
        'content-type': type,
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${signature}`,
      },
      body,
    })
    return { status: answer.status, body: await answer.text() }
  }
  return {
    ...sandbox,
    log,
    wall,
    quiet,
    http,
    incident,
    state: () => http<State>('/state'),
    /** The end; everything the bot posted until then must be something that the page can draw. */
    stop: async () => {
      await sandbox.stop()
      drawNew(posted.all())
    },
    play: async (name: string) => {
      const scenario = scenarioNamed(name)
      if (!scenario) throw new Error(`There is no scenario ${name}`)
      await sandbox.scenarios.play(scenario)
      await quiet()
    },
    checkpoint: async (): Promise<Checkpoint> => ({
      wall: wall.now(),
      saved: withRecentMetrics(sandbox.snapshot()),
      items: await readTables(cloud.endpoint, Object.values(cloud.names.tables)),
    }),
    /** One jump in domain time, as a scenario makes it. */
    sandboxForward: async (seconds: number) => {
      wall.jump(seconds * 1000)
      await sandbox.forward(seconds)
    },
    /** Domain time passes; every sweep on the way happens. */
    forward: async (minutes: number) => {
      for (let minute = 0; minute < minutes; minute += 1) {
        wall.jump(60_000)
        await sandbox.forward(60)
        await quiet()
      }
    },
    /** Everything that can be read in the root message of a service's incident. */
    rootText: async (service: string) => textOf(slack.workspace.message(alertsChannel, await rootTs(service))),
    /** The thread under it, one text per reply. */
    thread: async (service: string) =>
      slack.workspace.replies(alertsChannel, await rootTs(service)).map((reply) => textOf(reply)),
    rootMessages: () =>
      slack.workspace.messages(alertsChannel).filter(({ thread_ts, ts }) => !thread_ts || thread_ts === ts),
    press: async (user: string, service: string, button: string) => {
      const answer = await http('/slack/click', { user, channel: alertsChannel, ts: await rootTs(service), button })
      await quiet()
      return answer
    },
    submit: async (user: string, values?: Record<string, string>) => {
      const answer = await http('/slack/submit', { user, ...(values && { values }) })
      await quiet()
      return answer
    },
    view: (user: string) => textOf(slack.view(user)),
    /** A request that Slack signs, sent as it stands: for what a person cannot do through the stand-in. */
    signed: (path: string, payload: object) =>
      signed(path, new URLSearchParams({ payload: JSON.stringify(payload) }).toString()),
    /** The same for what Slack tells of its own accord. */
    event: (path: string, payload: object) => signed(path, JSON.stringify(payload), 'application/json'),
  }
}

export type Story = Awaited<ReturnType<typeof startStory>>
