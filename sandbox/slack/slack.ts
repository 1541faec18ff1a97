import type { Server } from 'node:http'
import { Hono } from 'hono'
import type { Clock, Wall } from '../../common/clock.ts'
import type { Log } from '../../common/logger.ts'
import { createChanges, type Listener } from './changes.ts'
import { createControl } from './control.ts'
import { answerLimitMs, createDelivery, type Parcel } from './delivery.ts'
import { createHttp } from './http.ts'
import { createIds } from './ids.ts'
import type { Inside } from './inside.ts'
import { createInteractions } from './interactions.ts'
import type { Answer, Args } from './method.ts'
import { createOneTime } from './one-time.ts'
import { createOpenViews } from './open-views.ts'
import type { Channel, Group, Person } from './people.ts'
import { createSocketMode } from './socket-mode.ts'
import { emptyState, type State } from './state.ts'
import { type Call, createWebApi } from './web-api.ts'
import { createWorkspace } from './workspace.ts'

export interface SlackOptions {
  wall: Wall
  log: Log
  /** The clock that people in this workspace live by; the wall unless told. */
  clock?: Clock
  /** Exactly one of them is the bot (`is_bot`). */
  people: readonly Person[]
  groups: readonly Group[]
  channels: readonly Channel[]
  botToken: string
  /** Allows Socket Mode. */
  appToken?: string
  signingSecret: string
  /** Where interactions, commands and events go while no socket is open. */
  interactivityUrl: string
  /** Where this server is reached; asked again each time, for the port may be known late. */
  baseUrl?: () => string
  /** A second message in a channel within a second is refused, bursts included. */
  strict?: boolean
  /** False makes this Slack one that refuses the newer block types. */
  acceptsNewBlocks?: boolean
  /** Awaited after each interaction before looking at what the person sees. */
  settle?: () => Promise<void>
  /** How long the app may take to answer an interaction. */
  answerLimitMs?: number
  /** Told of every Web API call, and of everything a person does that the app hears of. */
  watch?: { called(call: Call): void; did(parcel: Parcel): void }
  /** A state that `snapshot()` returned; people, groups and channels then come from it. */
  snapshot?: State
}

/** A Slack without accounts: the Web API, what people do, and what goes wrong, all on this machine. */
export function createSlack(options: SlackOptions) {
  const { wall, log, people, groups, channels, botToken, appToken, signingSecret } = options
  const state = options.snapshot ? structuredClone(options.snapshot) : emptyState(people, groups, channels)
  const bot = state.people.find((person) => person.is_bot)
  if (!bot) throw new Error('One of the people must be the bot: give it is_bot.')
  if (signingSecret === '') throw new Error('The signing secret is empty.')

  let isDown = false
  const baseUrl = options.baseUrl ?? (() => 'http://localhost:3000')
  const changes = createChanges(log)
  const ids = createIds(wall, state)
  const sockets = createSocketMode(ids, log)
  const inside: Inside = {
    wall,
    log,
    state,
    ids,
    changes,
    workspace: createWorkspace({ state, ids, changes, botId: bot.id, now: (options.clock ?? wall).now }),
    views: createOpenViews(state, ids, changes),
    oneTime: createOneTime(state, ids, wall),
    rules: { acceptsNewBlocks: options.acceptsNewBlocks ?? true },
    botId: bot.id,
    baseUrl,
    socketUrl: () => `${baseUrl().replace(/^http/, 'ws')}${sockets.issuePath()}`,
    down: () => isDown,
  }
  const webApi = createWebApi(inside, { bot: botToken, app: appToken }, options.strict ?? false, options.watch?.called)
  const limitMs = options.answerLimitMs ?? answerLimitMs
  const delivery = { wall, log, signingSecret, url: options.interactivityUrl, limitMs }
  const deliver = createDelivery(delivery, sockets)
  const interactions = createInteractions({
    ...inside,
    deliver: (parcel) => {
      options.watch?.did(parcel)
      return deliver(parcel)
    },
    settle: options.settle ?? (async () => {}),
  })
  const app = new Hono()
  app.route('/', createHttp(webApi, inside))
  app.route('/_sandbox/slack', createControl(interactions))

  return {
    /** The whole server: `/api/<method>`, `/response/<token>` and `/_sandbox/slack/…`. */
    app,
    fetch: app.fetch,
    ...interactions,
    /** What the workspace holds at present; the page draws from it. */
    workspace: inside.workspace,
    views: inside.views,
    people: state.people as readonly Person[],
    groups: state.groups as readonly Group[],
    channels: state.channels as readonly Channel[],
    botId: bot.id,
    changes: { subscribe: (listener: Listener) => changes.subscribe(listener) },
    faults: webApi.faults,
    calls: webApi.calls,
    stats: webApi.stats,
    sockets: { connected: sockets.connected, disconnect: sockets.disconnect },

    /** Calls a Web API method as the app would, with limits and faults, but without the network. */
    async api(method: string, args: Args = {}): Promise<Answer> {
      const token = method === 'apps.connections.open' ? appToken : botToken
      const ending = await webApi.call(method, token, args)
      if (ending.kind === 'answer') return ending.body
      throw new Error(`${method} got no answer: ${ending.kind}`)
    },

    /** While down, every Web API call gets 503 and nobody can press anything. */
    setDown(down: boolean): void {
      isDown = down
    },
    isDown: () => isDown,

    snapshot: (): State => structuredClone(state),

    /** Lets the HTTP server this is mounted on take Socket Mode connections. */
    attachSocketMode: (server: Server): void => sockets.attach(server),

    /** Ends the sockets that are still open; `close` is what a person does to a modal. */
    stop(): void {
      sockets.close()
    },
  }
}

export type Slack = ReturnType<typeof createSlack>
