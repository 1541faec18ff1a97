import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'

/**
 * A second Slack-compatible server, small and written apart from the sandbox's: it shows that the bot
 * needs no more of a Slack than this. It has no user groups and no history of edits, forgets metadata,
 * and knows none of the newer blocks.
 */
export interface MinimalSlackOptions {
  token: string
  signingSecret: string
  now: () => Date
  /** name → id */
  channels: Readonly<Record<string, string>>
  /** id → name */
  people: Readonly<Record<string, string>>
  /** False makes it one that takes text only. */
  knowsBlocks?: boolean
}

const oldBlocks = new Set(['section', 'header', 'divider', 'context', 'actions', 'input'])
const label = z.looseObject({ text: z.string() })
const pressable = z.looseObject({
  type: z.string(),
  action_id: z.string().optional(),
  text: z.union([label, z.string()]).optional(),
  value: z.string().optional(),
  options: z.array(z.looseObject({ text: label })).optional(),
})
const blockSchema = z.looseObject({
  type: z.string(),
  block_id: z.string().optional(),
  elements: z.array(pressable).optional(),
  accessory: pressable.optional(),
  element: pressable.optional(),
})
const viewSchema = z.looseObject({ type: z.string(), blocks: z.array(blockSchema) })

type Args = Record<string, string>
type Block = z.output<typeof blockSchema>
type Item = { ts: string; channel: string; text: string; blocks: Block[]; user: string; onlyFor?: string }
type View = z.output<typeof viewSchema> & { id: string; hash: string; user: string }
class Refused extends Error {}

export async function startMinimalSlack(options: MinimalSlackOptions) {
  const { token, signingSecret, now, channels, people } = options
  const calls: { method: string; args: Args }[] = []
  const triggers = new Map<string, string>()
  const views = new Map<string, View>()
  const items: Item[] = []
  const lost: string[] = []
  let serial = 0
  const next = () => String(++serial)

  const checked = (blocks: Block[]): Block[] => {
    if (blocks.some(({ type }) => options.knowsBlocks === false || !oldBlocks.has(type)))
      throw new Refused('invalid_blocks')
    return blocks.map((block) => ({ ...block, block_id: block.block_id ?? `block${next()}` }))
  }
  const readBlocks = ({ blocks = '[]' }: Args) => checked(z.array(blockSchema).parse(JSON.parse(blocks)))
  const readView = (args: Args) => {
    const view = viewSchema.parse(JSON.parse(args.view ?? '{}'))
    return { ...view, blocks: checked(view.blocks) }
  }
  const channelOf = (args: Args): string => {
    const wanted = (args.channel ?? '').replace('#', '')
    const found = channels[wanted] ?? Object.values(channels).find((id) => id === wanted)
    if (found !== undefined) return found
    const person = wanted.replace(/^D-/, '')
    if (people[person] !== undefined) return `D-${person}`
    throw new Refused('channel_not_found')
  }
  const add = (args: Args, onlyFor?: string): Item => {
    const ts = `${Math.floor(now().getTime() / 1000)}.${next().padStart(6, '0')}`
    const item = { ts, channel: channelOf(args), text: args.text ?? '', blocks: readBlocks(args), user: 'BOT' }
    if (item.text === '' && item.blocks.length === 0) throw new Refused('no_text')
    items.push({ ...item, ...(onlyFor !== undefined && { onlyFor }) })
    return item
  }

  const methods: Record<string, (args: Args) => object> = {
    'auth.test': () => ({ user_id: 'BOT', bot_id: 'BOT', team_id: 'TEAM', user: 'bot', team: 'minimal' }),
    'chat.postMessage': (args) => add(args),
    'chat.postEphemeral': (args) => ({ message_ts: add(args, args.user ?? '').ts }),
    'chat.update': (args) => {
      const item = items.find(({ ts, channel }) => ts === args.ts && channel === args.channel)
      if (!item) throw new Refused('message_not_found')
      Object.assign(item, { text: args.text ?? item.text, blocks: readBlocks(args) })
      return { ts: item.ts, channel: item.channel }
    },
    'views.open': (args) => {
      const user = triggers.get(args.trigger_id ?? '')
      if (user === undefined) throw new Refused('invalid_trigger_id')
      const view = { ...readView(args), id: `view${next()}`, hash: next(), user }
      views.set(user, view)
      return { view }
    },
    'views.update': (args) => {
      const view = [...views.values()].find(({ id }) => id === args.view_id)
      if (!view) throw new Refused('not_found')
      if (args.hash && args.hash !== view.hash) throw new Refused('hash_conflict')
      Object.assign(view, readView(args), { hash: next() })
      return { view }
    },
    'conversations.history': (args) => ({
      messages: items.filter((item) => item.channel === channelOf(args) && item.onlyFor === undefined).reverse(),
      has_more: false,
    }),
    'conversations.list': () => ({ channels: Object.entries(channels).map(([name, id]) => ({ id, name })) }),
    'users.info': ({ user: id = '' }) => {
      if (people[id] !== undefined) return { user: { id, name: people[id] } }
      throw new Refused('user_not_found')
    },
  }

  const answer = (method: string, { token: field, ...args }: Args, bearer: string | undefined): object => {
    try {
      const run = methods[method]
      if (!run) throw new Refused('unknown_method')
      if ((bearer ?? field) !== token) throw new Refused('invalid_auth')
      calls.push({ method, args })
      return { ok: true, ...run(args) }
    } catch (error) {
      if (error instanceof Refused) return { ok: false, error: error.message }
      if (error instanceof z.ZodError || error instanceof SyntaxError) return { ok: false, error: 'invalid_arguments' }
      throw error
    }
  }

  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const url = new URL(request.url ?? '/', 'http://localhost')
    const form = new URLSearchParams(request.method === 'GET' ? url.search : body)
    const bearer = request.headers.authorization?.replace('Bearer ', '')
    const result = answer(url.pathname.replace('/api/', ''), Object.fromEntries(form), bearer)
    const losing = lost.indexOf(url.pathname.replace('/api/', ''))
    if (losing >= 0) {
      lost.splice(losing, 1)
      response.destroy()
      return
    }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(result))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  /** Signs a payload and brings it to the app. */
  const send = async (to: string, payload: object) => {
    const body = `payload=${encodeURIComponent(JSON.stringify(payload))}`
    const at = String(Math.floor(now().getTime() / 1000))
    const mac = createHmac('sha256', signingSecret).update(['v0', at, body].join(':')).digest('hex')
    const signed = { 'x-slack-request-timestamp': at, 'x-slack-signature': `v0=${mac}` }
    const headers = { 'content-type': 'application/x-www-form-urlencoded', ...signed }
    const answered = await fetch(to, { method: 'POST', body, headers })
    return { status: answered.status, body: await answered.text() }
  }
  const begin = (type: string, user: string) => {
    const trigger_id = `trigger${next()}`
    triggers.set(trigger_id, user)
    return { type, trigger_id, user: { id: user, name: people[user] }, team: { id: 'TEAM' }, api_app_id: 'APP' }
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    calls: calls as readonly (typeof calls)[number][],
    messages: (channel: string) => items.filter((item) => item.channel === channel && item.onlyFor === undefined),
    ephemerals: (user: string) => items.filter((item) => item.onlyFor === user),
    view: (user: string) => views.get(user),
    /** Does the next call of this method, and loses the answer. */
    loseAnswer: (method: string) => lost.push(method),

    /** Presses a button, or an option of a menu, of a message by its text. */
    async click(to: string, { user, channel, ts, button }: Record<'user' | 'channel' | 'ts' | 'button', string>) {
      const item = items.find((each) => each.ts === ts && each.channel === channel)
      for (const { block_id, elements = [], accessory } of item?.blocks ?? []) {
        for (const { type, action_id, value, text, options } of accessory ? [accessory, ...elements] : elements) {
          const selected_option = options?.find((option) => option.text.text === button)
          if (!selected_option && (type !== 'button' || typeof text !== 'object' || text.text !== button)) continue
          const actions = [{ type, action_id, value, block_id, selected_option, action_ts: ts }]
          const container = { type: 'message', message_ts: ts, channel_id: channel }
          const place = { container, channel: { id: channel }, message: { ts, text: item?.text } }
          return send(to, { ...begin('block_actions', user), ...place, actions })
        }
      }
      throw new Error(`no button "${button}" on message ${ts}`)
    },

    /** Submits the modal a person has open; `values` is block_id → text. Closes it when the answer is empty. */
    async submit(to: string, user: string, values: Readonly<Record<string, string>> = {}) {
      const view = views.get(user)
      if (!view) throw new Error(`${user} has no modal open`)
      const filled = view.blocks.flatMap(({ block_id = '', element }) =>
        element
          ? [[block_id, { [element.action_id ?? '']: { type: element.type, value: values[block_id] ?? null } }]]
          : [],
      )
      const state = { values: Object.fromEntries(filled) }
      const answered = await send(to, { ...begin('view_submission', user), view: { ...view, state } })
      if (answered.status === 200 && answered.body === '') views.delete(user)
      return answered
    },

    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
