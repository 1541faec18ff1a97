import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { readBotSettings } from '../bot/settings.ts'
import { systemWall, type Wall } from '../common/clock.ts'
import type { Env } from '../common/env.ts'
import type { Log } from '../common/logger.ts'
import { createBotEndpoints } from './bot-endpoints.ts'
import { botEnvironment, slackTokens } from './bot-environment.ts'
import { createBotRuntime, type Environments, type StartLambda } from './bot-runtime.ts'
import { createCloud } from './cloud/cloud.ts'
import { createCloudMeter } from './cloud/metrics/meter.ts'
import { createControl } from './control.ts'
import { createIncidentsView } from './incidents-view.ts'
import { createBundle } from './page/bundle.ts'
import { createPage } from './page/serve.ts'
import { createPriceEndpoints } from './price-endpoints.ts'
import { createJournal } from './room/journal.ts'
import { createRecord } from './room/record.ts'
import { roomOf } from './room/room-view.ts'
import { tellBot } from './room/tell-bot.ts'
import { tellCloud } from './room/tell-cloud.ts'
import { tellSlack } from './room/tell-slack.ts'
import { createRoomWatch } from './room/watch.ts'
import { createSandboxClock } from './sandbox-clock.ts'
import { createSaver, readSaved, type Saved } from './saved-state.ts'
import { createScenarioPlayer } from './scenario-player.ts'
import { calm } from './scenarios.ts'
import { close, listen, serve, within } from './servers.ts'
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
  startLambda?: StartLambda
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
  const journal = createJournal(clock, log, saved?.room?.journal)

  const cloud = await createCloud({
    clock,
    wall,
    log,
    stage: 'prod',
    seed: options.seed ?? 1,
    outside,
    ...(options.dataFolder !== undefined && { dataFolder: options.dataFolder }),
    ...(saved && { saved: saved.cloud }),
  })
  const record = createRecord(cloud, clock, saved?.room?.record)
  tellCloud(journal, cloud)
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
    watch: tellSlack(journal),
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
      mailTopicArn: cloud.mailbox.topicArn,
      slackApiUrl: `${slackAddress}/api/`,
      apiUrl: priceAddress,
      names: cloud.names,
      stage: 'prod',
    },
    outside,
  )
  // Wrong settings end here, in one sentence, and not in each Lambda.
  readBotSettings(env)
  const incidents = createIncidentsView(env, cloud.names.tables.incidents, wall)
  await incidents.create()
  const meter = createCloudMeter(cloud.metrics, clock, cloud.stage)
  const world = { clock, wall, log: tellBot(journal, log), meter }
  const { environments, startLambda } = options
  const parts = { ...(environments && { environments }), ...(startLambda && { startLambda }) }
  const bot = createBotRuntime({ cloud, env, world, ...parts })
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
  const setSlackDown = (down: boolean) => {
    if (down !== slack.isDown()) journal.add({ kind: 'world', text: down ? 'Slack is down' : 'Slack is up again' })
    slack.setDown(down)
  }
  const scenery = { cloud, clock, forward: ticker.forward, slack: { setDown: setSlackDown } }
  const scenarios = createScenarioPlayer(scenery, journal)
  const sources = { cloud, clock, incidents, slack, scenarios, record }
  const room = createRoomWatch({ read: () => roomOf(sources), wall, log })
  const sandbox = {
    /** Tells one start from the next, and whether it went on from what an earlier one had saved. */
    boot: randomUUID(),
    restored: saved !== undefined,
    bundle: createBundle(),
    addresses: { workspace: slackAddress, prices: priceAddress, bot: botAddress, cloud: cloud.endpoint },
    clock,
    wall,
    cloud,
    slack,
    bot,
    incidents,
    env,
    forward: ticker.forward,
    setSlackDown,
    scenarios,
    /** What travels through the system, and what the control room shows of it. */
    journal,
    room,
    /** Everything heals; open incidents then resolve by themselves. */
    calm: () => calm(scenery),
    snapshot: (): Saved => ({
      now: clock.now().toISOString(),
      speed: clock.speed(),
      cloud: cloud.snapshot(),
      slack: slack.snapshot(),
      room: structuredClone({ record, journal: journal.list() }),
    }),
    save: async () => {
      await saver?.(sandbox.snapshot())
    },
    stop: async () => {
      ticker.stop()
      await socket?.stop()
      slack.stop()
      await Promise.all([workspaceServer, priceServer, botServer].map(close))
      await room.stop()
      await cloud.queues.close()
      await sandbox.save()
      incidents.close()
      await cloud.close()
    },
  }
  const page = createPage(sandbox, log, sandbox.bundle)
  serve(workspaceServer, createControl(sandbox, slack.app, page))
  serve(priceServer, createPriceEndpoints(cloud))
  serve(botServer, createBotEndpoints(cloud, bot))
  slack.attachSocketMode(workspaceServer)
  const socket = outside.SLACK_APP_TOKEN ? await listenBySocket(ofBot.appToken, env, world) : undefined
  ticker.start()
  return sandbox
}

export type Sandbox = Awaited<ReturnType<typeof startSandbox>>
