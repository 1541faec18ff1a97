import { z } from 'zod'
import type { Inside } from './inside.ts'
import { count, flag, joinedChannel, knownChannel, knownPerson, type Method, method, page } from './method.ts'
import type { Channel } from './people.ts'
import { shownMessage } from './shown-message.ts'
import { SlackError } from './slack-error.ts'
import type { Message } from './state.ts'

const paging = { limit: count.min(1).max(1000).optional(), cursor: z.string().optional() }

const range = {
  channel: z.string(),
  oldest: z.string().optional(),
  latest: z.string().optional(),
  inclusive: flag.optional(),
  include_all_metadata: flag.optional(),
  ...paging,
}

/** ts values are compared as numbers of microseconds: as text `9.1` would be later than `10.1`. */
const micros = (ts: string): number => {
  const [seconds = '0', fraction = ''] = ts.split('.')
  const value = Number(seconds) * 1_000_000 + Number(fraction.padEnd(6, '0').slice(0, 6))
  if (!Number.isFinite(value)) throw new SlackError('invalid_arguments', [`[ERROR] ${ts} is not a ts`])
  return value
}

const between = (
  messages: readonly Message[],
  {
    oldest,
    latest,
    inclusive = false,
  }: { oldest?: string | undefined; latest?: string | undefined; inclusive?: boolean | undefined },
) => {
  const from = oldest === undefined ? undefined : micros(oldest)
  const to = latest === undefined ? undefined : micros(latest)
  return messages.filter(({ ts }) => {
    const at = micros(ts)
    const lateEnough = from === undefined || at > from || (inclusive && at === from)
    const earlyEnough = to === undefined || at < to || (inclusive && at === to)
    return lateEnough && earlyEnough
  })
}

const shown = (messages: readonly Message[], inside: Inside, metadata = false) =>
  messages.map((message) => shownMessage(message, inside.workspace, inside.botId, metadata))

const shownChannel = (channel: Channel, { botId }: Inside) =>
  channel.im_with === undefined
    ? {
        id: channel.id,
        name: channel.name,
        name_normalized: channel.name,
        is_channel: true,
        is_im: false,
        is_private: channel.is_private ?? false,
        is_archived: channel.is_archived ?? false,
        is_member: channel.members.includes(botId),
        num_members: channel.members.length,
      }
    : { id: channel.id, user: channel.im_with, is_im: true, is_channel: false, is_archived: false, is_open: true }

const history = method(z.strictObject(range), (args, inside) => {
  const channel = joinedChannel(args.channel, inside)
  const isRoot = ({ thread_ts, ts, broadcast }: Message) => thread_ts === undefined || thread_ts === ts || broadcast
  const roots = inside.workspace.messages(channel.id).filter(isRoot).reverse()
  const { items, more, response_metadata } = page(between(roots, args), args.limit ?? 100, args.cursor)
  return {
    messages: shown(items, inside, args.include_all_metadata),
    has_more: more,
    pin_count: 0,
    ...(more && { response_metadata }),
  }
})

const replies = method(z.strictObject({ ts: z.string(), ...range }), (args, inside) => {
  const channel = joinedChannel(args.channel, inside)
  const asked = inside.workspace.message(channel.id, args.ts)
  if (!asked) throw new SlackError('thread_not_found')
  const root = inside.workspace.message(channel.id, asked.thread_ts ?? asked.ts)
  if (!root) throw new SlackError('thread_not_found')
  const thread = [root, ...between(inside.workspace.replies(channel.id, root.ts), args)]
  const { items, more, response_metadata } = page(thread, args.limit ?? 1000, args.cursor)
  return {
    messages: shown(items, inside, args.include_all_metadata),
    has_more: more,
    ...(more && { response_metadata }),
  }
})

const kinds = z.enum(['public_channel', 'private_channel', 'im', 'mpim'])
const kindOf = (channel: Channel): z.output<typeof kinds> => {
  if (channel.im_with !== undefined) return 'im'
  return channel.is_private ? 'private_channel' : 'public_channel'
}

const listAll = method(
  z.strictObject({ types: z.string().optional(), exclude_archived: flag.optional(), ...paging }),
  (args, inside) => {
    const types = (args.types ?? 'public_channel').split(',').map((type) => {
      const kind = kinds.safeParse(type.trim())
      if (!kind.success) throw new SlackError('invalid_types', [`[ERROR] ${type} is no type of conversation`])
      return kind.data
    })
    const seen = inside.state.channels
      .filter((channel) => types.includes(kindOf(channel)))
      .filter((channel) => !(args.exclude_archived && channel.is_archived))
      .filter((channel) => !channel.is_private || channel.members.includes(inside.botId))
    const { items, response_metadata } = page(seen, args.limit ?? 100, args.cursor)
    return { channels: items.map((channel) => shownChannel(channel, inside)), response_metadata }
  },
)

const open = method(
  z.strictObject({ users: z.string().optional(), channel: z.string().optional(), return_im: flag.optional() }),
  (args, inside) => {
    if (args.channel !== undefined) {
      const kept = knownChannel(args.channel, inside)
      return { no_op: true, already_open: true, channel: args.return_im ? shownChannel(kept, inside) : { id: kept.id } }
    }
    const [user, another] = (args.users ?? '').split(',').filter((id) => id !== '')
    if (user === undefined) throw new SlackError('users_list_not_supplied')
    if (another !== undefined) {
      const why = '[ERROR] this Slack has direct conversations of two only [json-pointer:/users]'
      throw new SlackError('invalid_arguments', [why])
    }
    if (knownPerson(user, inside).id === inside.botId) throw new SlackError('cannot_dm_bot')
    const channel = inside.workspace.conversationWith(user)
    return { channel: args.return_im ? shownChannel(channel, inside) : { id: channel.id } }
  },
)

const info = method(
  z.strictObject({ channel: z.string(), include_num_members: flag.optional(), include_locale: flag.optional() }),
  (args, inside) => ({ channel: shownChannel(knownChannel(args.channel, inside), inside) }),
)

const join = method(z.strictObject({ channel: z.string() }), (args, inside) => {
  const channel = knownChannel(args.channel, inside)
  if (channel.im_with !== undefined || channel.is_private) throw new SlackError('method_not_supported_for_channel_type')
  if (channel.is_archived) throw new SlackError('is_archived')
  const already = channel.members.includes(inside.botId)
  inside.workspace.join(channel, inside.botId)
  return { channel: shownChannel(channel, inside), ...(already && { warning: 'already_in_channel' }) }
})

export const conversationMethods: Readonly<Record<string, Method>> = {
  'conversations.history': history,
  'conversations.replies': replies,
  'conversations.list': listAll,
  'conversations.open': open,
  'conversations.info': info,
  'conversations.join': join,
}
