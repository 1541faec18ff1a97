import { app, team } from './people.ts'
import type { Message } from './state.ts'
import type { Workspace } from './workspace.ts'

/** A message as answers and payloads carry it; metadata only for those who ask. */
export function shownMessage(message: Message, workspace: Workspace, botId: string, withMetadata = false) {
  const replies = message.thread_ts === message.ts ? workspace.replies(message.channel, message.ts) : []
  const parent = message.thread_ts !== undefined && message.thread_ts !== message.ts ? message.thread_ts : undefined
  return {
    type: 'message',
    ...(message.broadcast && { subtype: 'thread_broadcast' }),
    user: message.user,
    ...(message.user === botId && { bot_id: app.bot, app_id: app.id }),
    team: team.id,
    text: message.text,
    ts: message.ts,
    ...(message.blocks && { blocks: message.blocks }),
    ...(message.edited && { edited: message.edited }),
    ...(message.thread_ts !== undefined && { thread_ts: message.thread_ts }),
    ...(parent !== undefined && { parent_user_id: workspace.message(message.channel, parent)?.user ?? '' }),
    ...(replies.length > 0 && {
      reply_count: replies.length,
      reply_users: [...new Set(replies.map((reply) => reply.user))],
      reply_users_count: new Set(replies.map((reply) => reply.user)).size,
      latest_reply: replies.at(-1)?.ts,
    }),
    ...(withMetadata && message.metadata && { metadata: message.metadata }),
  }
}
