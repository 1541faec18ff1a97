import { z } from 'zod'
import type { Inside } from './inside.ts'
import { limits } from './limits.ts'
import { flag, fromJson, joinedChannel, knownChannel, knownPerson, type Method, method } from './method.ts'
import type { Channel } from './people.ts'
import { shownMessage } from './shown-message.ts'
import { SlackError, slackMessages } from './slack-error.ts'
import type { Message, Metadata } from './state.ts'
import { readMessageBlocks } from './validate-blocks.ts'

const contentFields = { text: z.string().optional(), blocks: z.unknown().optional() }

const metadataSchema = z.strictObject({
  event_type: z.string().min(1),
  event_payload: z.record(z.string(), z.unknown()),
})

function readMetadata(input: unknown): Metadata | undefined {
  if (input === undefined) return undefined
  const value = fromJson(input, 'invalid_metadata_format')
  const tooLarge = limits.metadata.check(Buffer.byteLength(JSON.stringify(value)))
  if (tooLarge) throw new SlackError('metadata_too_large', [`[ERROR] ${tooLarge} [json-pointer:/metadata]`])
  const parsed = metadataSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new SlackError('invalid_metadata_format', slackMessages(parsed.error.issues, value, '/metadata'))
}

/** Text, blocks and metadata of a request. */
export function readContent(
  args: { text?: string | undefined; blocks?: unknown; metadata?: unknown },
  { rules }: Pick<Inside, 'rules'>,
) {
  const given = fromJson(args.blocks, 'invalid_blocks_format')
  const empty = given === undefined || (Array.isArray(given) && given.length === 0)
  const blocks = empty ? undefined : readMessageBlocks(given, rules)
  const tooLong = limits.messageText.check(args.text?.length ?? 0)
  if (tooLong) throw new SlackError('msg_too_long', [`[ERROR] ${tooLong} [json-pointer:/text]`])
  if (!blocks && !args.text) throw new SlackError('no_text')
  return { text: args.text, blocks, metadata: readMetadata(args.metadata) }
}

/** chat.postMessage takes an id, a name with or without `#`, or a person's id for a direct message. */
function destination(name: string, inside: Inside): Channel {
  const { workspace, state, botId } = inside
  const found = workspace.channel(name) ?? workspace.channelNamed(name)
  if (found) return found
  const person = state.people.find((each) => each.id === name && each.id !== botId)
  if (person) return workspace.conversationWith(person.id)
  throw new SlackError('channel_not_found', [`[ERROR] no channel is called ${name}`])
}

function ownMessage(channel: string, ts: string, inside: Inside, error: string): Message {
  const message = inside.workspace.message(joinedChannel(channel, inside).id, ts)
  if (!message) throw new SlackError('message_not_found')
  if (message.user !== inside.botId) throw new SlackError(error)
  return message
}

const postMessage = method(
  z.strictObject({
    channel: z.string(),
    thread_ts: z.string().optional(),
    reply_broadcast: flag.optional(),
    metadata: z.unknown().optional(),
    unfurl_links: flag.optional(),
    unfurl_media: flag.optional(),
    mrkdwn: flag.optional(),
    ...contentFields,
  }),
  (args, inside) => {
    const channel = joinedChannel(destination(args.channel, inside).id, inside)
    if (channel.is_archived) throw new SlackError('is_archived')
    const content = readContent(args, inside)
    const message = inside.workspace.post(
      { channel: channel.id, user: inside.botId, thread_ts: args.thread_ts, broadcast: args.reply_broadcast },
      { ...content, text: content.text ?? '' },
    )
    const shown = shownMessage(message, inside.workspace, inside.botId, true)
    return { channel: channel.id, ts: message.ts, message: shown }
  },
)

const update = method(
  z.strictObject({
    channel: z.string(),
    ts: z.string(),
    metadata: z.unknown().optional(),
    as_user: flag.optional(),
    ...contentFields,
  }),
  (args, inside) => {
    const kept = ownMessage(args.channel, args.ts, inside, 'cant_update_message')
    const message = inside.workspace.edit(kept, readContent(args, inside))
    const shown = shownMessage(message, inside.workspace, inside.botId, true)
    return { channel: message.channel, ts: message.ts, text: message.text, message: shown }
  },
)

const remove = method(
  z.strictObject({ channel: z.string(), ts: z.string(), as_user: flag.optional() }),
  (args, inside) => {
    const message = ownMessage(args.channel, args.ts, inside, 'cant_delete_message')
    inside.workspace.remove(message)
    return { channel: message.channel, ts: message.ts }
  },
)

const postEphemeral = method(
  z.strictObject({
    channel: z.string(),
    user: z.string(),
    thread_ts: z.string().optional(),
    ...contentFields,
  }),
  (args, inside) => {
    const channel = joinedChannel(destination(args.channel, inside).id, inside)
    if (channel.is_archived) throw new SlackError('is_archived')
    const { id: user } = knownPerson(args.user, inside)
    if (!channel.members.includes(user)) throw new SlackError('user_not_in_channel')
    const content = readContent(args, inside)
    const posted = inside.workspace.postEphemeral(
      { channel: channel.id, user, thread_ts: args.thread_ts },
      { ...content, text: content.text ?? '' },
    )
    return { message_ts: posted.ts }
  },
)

const getPermalink = method(z.strictObject({ channel: z.string(), message_ts: z.string() }), (args, inside) => {
  const channel = knownChannel(args.channel, inside)
  const message = inside.workspace.message(channel.id, args.message_ts)
  if (!message) throw new SlackError('message_not_found')
  const path = `/archives/${channel.id}/p${message.ts.replace('.', '')}`
  const reply = message.thread_ts !== undefined && message.thread_ts !== message.ts
  const query = reply ? `?thread_ts=${message.thread_ts}&cid=${channel.id}` : ''
  return { channel: channel.id, permalink: `${inside.baseUrl()}${path}${query}` }
})

export const chatMethods: Readonly<Record<string, Method>> = {
  'chat.postMessage': postMessage,
  'chat.update': update,
  'chat.delete': remove,
  'chat.postEphemeral': postEphemeral,
  'chat.getPermalink': getPermalink,
}
