import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import { readBotSettings } from '../bot/settings.ts'
import { systemWall, type Wall } from '../common/clock.ts'
import type { Env } from '../common/env.ts'
import type { Log } from '../common/logger.ts'
import { customDimensions, namespace } from '../common/names.ts'
import { createBotEndpoints } from './bot-endpoints.ts'
import { botEnvironment, slackTokens } from './bot-environment.ts'
import { createBotRuntime, type Environments } from './bot-runtime.ts'
import { createCloud } from './cloud/cloud.ts'
import { createControl } from './control.ts'
import { createIncidentsView } from './incidents-view.ts'
import { createPriceEndpoints } from './price-endpoints.ts'
import { createSandboxClock } from './sandbox-clock.ts'
import { createSaver, readSaved, type Saved } from './saved-state.ts'
import { calm } from './scenarios.ts'
import { sampleChannels, sampleGroups, samplePeople } from './slack/people.ts'
import { createSlack } from './slack/slack.ts'
import { listenBySocket } from './socket-mode.ts'
import { createTicker } from './ticker.ts'

export interface SandboxOptions {
  log: Log
  /** Port of the workspace; the price API is at the next one, the bot at the one after. 0 takes any free ports. */
  portBase: number
  /** Settings a developer brings along. */
  env?: Env
  /** Protocol time; a test may pass one that jumps. */
  wall?: Wall
  /** Domain time at the start, and how fast it runs; at 0 it moves only by `forward`. */
  start?: Date
  speed?: number
  seed?: number
  /** A state that an earlier sandbox had; the tables are not part of it. */
  saved?: Saved
  /** Keeps the state in this folder over a restart. */
  dataFolder?: string | undefined
  /** How long a jump waits for the bot after each minute, in milliseconds of real time. */
  patienceMs?: number
  environments?: Environments
  slackStrict?: boolean
}

/** The whole system on one machine: simulated cloud, stand-in Slack, the real price service and the real bot. */
export async function startSandbox(options: SandboxOptions) {
  const { log, portBase } = options
  const wall = options.wall ?? systemWall
  const outside = options.env ?? {}
  const saved = options.dataFolder === undefined ? options.saved : await readSaved(options.dataFolder)
  const saver = options.dataFolder === undefined ? undefined : createSaver(options.dataFolder)
  const start = saved ? new Date(saved.now) : (options.start ?? wall.now())
  const clock = createSandboxClock(wall, start, saved?.speed ?? options.speed ?? 1)
  const port = (offset: number) => (portBase === 0 ? 0 : portBase + offset)

  const cloud = await createCloud({
    clock,
    wall,
    log,
    stage: 'prod',
    seed: options.seed ?? 1,
    ...(options.dataFolder !== undefined && { dataFolder: options.dataFolder }),
    ...(saved && { saved: saved.cloud }),
  })
  const { ofBot, ofStandIn } = slackTokens(outside)
  const { botToken, signingSecret } = ofBot
  cloud.secrets.set(cloud.names.slackSecret, JSON.stringify({ botToken, signingSecret }))

  const workspaceServer = createServer()
  const botServer = createServer()
  const priceServer = createServer()
  const slackAddress = await listen(workspaceServer, port(0))
  const priceAddress = await listen(priceServer, port(1))
  const botAddress = await listen(botServer, port(2))

  const slack = createSlack({
    wall,
    clock,
    log,
    people: samplePeople,
    groups: sampleGroups,
    channels: sampleChannels,
    ...ofStandIn,
    interactivityUrl: `${botAddress}/slack/events`,
    baseUrl: () => slackAddress,
    ...(options.slackStrict !== undefined && { strict: options.slackStrict }),
    ...(saved && { snapshot: saved.slack }),
    // The modal is filled behind a queue; a person would see it a moment later.
    settle: () => within(800, cloud.queues.settle()),
  })
  const env = botEnvironment(
    {
      cloudEndpoint: cloud.endpoint,
      account: cloud.account,
      topicArn: cloud.topic.arn,
      slackApiUrl: `${slackAddress}/api/`,
      names: cloud.names,
      stage: 'prod',
    },
    outside,
  )
  // Wrong settings end here, in one sentence, and not in each Lambda.
  readBotSettings(env)
  const incidents = createIncidentsView(env, cloud.names.tables.incidents, wall)
  await incidents.create()
  const meter = {
    count: (name: string, value: number) =>
      cloud.metrics.put({ namespace, name, dimensions: customDimensions, value, at: clock.now() }),
  }
  const world = { clock, wall, log, meter }
  const { environments } = options
  const bot = createBotRuntime({ cloud, env, world, ...(environments && { environments }) })
  const ticker = createTicker({
    clock,
    log,
    playMinute: async (now) => {
      await cloud.minute(now)
      await within(options.patienceMs ?? 400, cloud.queues.settle())
      await bot.sweep()
      await within(options.patienceMs ?? 400, cloud.queues.settle())
    },
  })
  const sandbox = {
    addresses: { workspace: slackAddress, prices: priceAddress, bot: botAddress, cloud: cloud.endpoint },
    clock,
    wall,
    cloud,
    slack,
    bot,
    incidents,
    env,
    forward: ticker.forward,
    setSlackDown: (down: boolean) => slack.setDown(down),
    /** Everything heals; open incidents then resolve by themselves. */
    calm: () => calm({ cloud, clock, forward: ticker.forward, slack }),
    snapshot: (): Saved => ({
      now: clock.now().toISOString(),
      speed: clock.speed(),
      cloud: cloud.snapshot(),
      slack: slack.snapshot(),
    }),
    save: async () => {
      await saver?.(sandbox.snapshot())
    },
    stop: async () => {
      ticker.stop()
      await socket?.stop()
      slack.stop()
      await Promise.all([workspaceServer, priceServer, botServer].map(close))
      await cloud.queues.close()
      await sandbox.save()
      incidents.close()
      await cloud.close()
    },
  }
  serve(workspaceServer, createControl(sandbox, slack.app))
  serve(priceServer, createPriceEndpoints(cloud))
  serve(botServer, createBotEndpoints(cloud, bot))
  slack.attachSocketMode(workspaceServer)
  const socket = outside.SLACK_APP_TOKEN ? await listenBySocket(ofBot.appToken, env, world) : undefined
  ticker.start()
  return sandbox
}

export type Sandbox = Awaited<ReturnType<typeof startSandbox>>

const serve = (server: Server, app: Hono) => server.on('request', getRequestListener(app.fetch))

/** Only this machine can reach it. */
function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve(`http://localhost:${typeof address === 'object' && address ? address.port : port}`)
    })
  })
}

function close(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

/** Waits for `work`, but no longer than `ms`; the work goes on. */
async function within(ms: number, work: Promise<void>): Promise<void> {
  if (ms === Number.POSITIVE_INFINITY) return work
  let timer: NodeJS.Timeout | undefined
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, enough])
  clearTimeout(timer)
}
