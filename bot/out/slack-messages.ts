import * as z from 'zod'
import type { Log } from '../../common/logger.ts'
import type { Block, Message } from '../message/blocks.ts'
import type { Slack, SlackAnswer } from './slack.ts'

/** Marks a message with what it carries out, so that one whose answer was lost can be found again. */
export interface Mark {
  /** The id of the incident or the bulletin that it is a message of. */
  record: string
  effect: string
}

export type Posted = { is: 'posted'; channel: string; ts: string } | Exclude<SlackAnswer, { is: 'ok' }>

/** Posting, editing and finding messages, on Slack or on a server that only resembles it. */
export interface SlackMessages {
  post(to: { channel: string; thread?: string }, message: Message, mark: Mark): Promise<Posted>
  edit(at: { channel: string; ts: string }, message: Message): Promise<Posted>
  /** Looks for a message that an earlier try may have posted since `since` (protocol time, milliseconds). */
  find(in_: { channel: string; thread?: string }, mark: Mark, since: number): Promise<Posted | { is: 'absent' }>
}

const basicBlocks = ['section', 'header', 'divider', 'context', 'actions', 'image', 'input']
const Address = z.object({ channel: z.string(), ts: z.string() })

const tag = ({ record, effect }: Mark): string => `${record}/${effect}`
/** Slack takes 255 characters; the end tells effects of one record apart. */
const blockId = (mark: Mark): string => tag(mark).slice(-255)

export function createSlackMessages(slack: Slack, log: Log): SlackMessages {
  const said = new Set<string>()
  const sayOnce = (what: string) => {
    if (said.has(what)) return
    said.add(what)
    log.warn(what)
  }

  /** A server that took a message without its newer blocks need not be asked again while this process lives. */
  let takesNewer = true

  /** Newer blocks are worth trying, never worth losing a message for: without them, then without any. */
  const withSimplerBlocks = async (blocks: Block[], send: (blocks: Block[]) => Promise<SlackAnswer>) => {
    const basic = blocks.filter(({ type }) => basicBlocks.includes(type))
    const hasNewer = basic.length < blocks.length
    const answer = await send(takesNewer ? blocks : basic)
    if (answer.is !== 'refused' || !answer.code.startsWith('invalid_blocks')) return answer
    sayOnce('Slack refused a block; it is sent again with the oldest kinds of blocks only')
    const second = await send(basic)
    if (second.is === 'ok' && hasNewer) takesNewer = false
    if (second.is !== 'refused' || !second.code.startsWith('invalid_blocks')) return second
    sayOnce('Slack refused the oldest kinds of blocks too; it is sent as text')
    return send([])
  }

  const posted = (answer: SlackAnswer): Posted => {
    if (answer.is !== 'ok') return answer
    const address = Address.safeParse(answer.body)
    return address.success ? { is: 'posted', ...address.data } : { is: 'unknown', message: 'an answer without address' }
  }

  const channelId = async (channel: string): Promise<string | undefined> => {
    if (/^[CDG][A-Z0-9]{6,}$/.test(channel)) return channel
    const listed = await slack.call('conversations.list', { limit: 1000, exclude_archived: true })
    if (listed.is !== 'ok') return undefined
    const channels = z.array(z.object({ id: z.string(), name: z.string() }).loose()).safeParse(listed.body.channels)
    return channels.success ? channels.data.find(({ name }) => name === channel.replace(/^#/, ''))?.id : undefined
  }

  return {
    post: async ({ channel, thread }, { text, blocks }, mark) =>
      posted(
        await withSimplerBlocks(blocks, (kept) =>
          slack.call('chat.postMessage', {
            channel,
            text,
            ...(kept.length > 0 && { blocks: tagged(kept, mark) }),
            ...(thread !== undefined && { thread_ts: thread }),
            unfurl_links: false,
            metadata: { event_type: 'crypto_watch', event_payload: { mark: tag(mark) } },
          }),
        ),
      ),
    edit: async ({ channel, ts }, { text, blocks }) =>
      posted(
        await withSimplerBlocks(blocks, (kept) =>
          // Named even when there are none: left out, the old ones might stay.
          slack.call('chat.update', { channel, ts, text, blocks: kept }),
        ),
      ),
    find: async ({ channel, thread }, mark, since) => {
      const id = await channelId(channel)
      if (id === undefined) return { is: 'unknown', message: 'the channel could not be looked up' }
      const range = { channel: id, oldest: String(since / 1000 - 60), limit: 200, include_all_metadata: true }
      let read =
        thread === undefined
          ? await slack.call('conversations.history', range)
          : await slack.call('conversations.replies', { ...range, ts: thread })
      if (thread !== undefined && read.is === 'refused' && read.code === 'unknown_method') {
        // A server that knows no threads shows replies among the messages of the channel.
        sayOnce('Slack has no threads to read; the channel is looked through instead')
        read = await slack.call('conversations.history', range)
      }
      if (read.is !== 'ok') return read
      const messages = z.array(Found).safeParse(read.body.messages)
      if (!messages.success) return { is: 'unknown', message: 'the history is not readable' }
      const found = messages.data.find((message) => carries(message, mark))
      return found ? { is: 'posted', channel: id, ts: found.ts } : { is: 'absent' }
    },
  }
}

const Found = z.object({
  ts: z.string(),
  metadata: z
    .object({ event_payload: z.record(z.string(), z.unknown()).optional() })
    .loose()
    .optional(),
  blocks: z.array(z.object({ block_id: z.string().optional() }).loose()).optional(),
})

/** The first block carries the mark too, for servers that do not keep metadata. */
const tagged = ([first, ...rest]: Block[], mark: Mark): object[] =>
  first ? [{ ...first, block_id: blockId(mark) }, ...rest] : []

const carries = ({ metadata, blocks }: z.output<typeof Found>, mark: Mark): boolean =>
  metadata?.event_payload?.mark === tag(mark) || (blocks?.some(({ block_id }) => block_id === blockId(mark)) ?? false)
