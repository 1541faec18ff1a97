import { describeError, type Log } from '../../common/logger.ts'
import type { Slack } from './slack.ts'

interface Posted {
  message?: { channel: string; ts: string } | undefined
}

/** A link to a message that is up. It is a convenience: what it would be part of goes out without it all the same. */
export async function permalink(
  { slack, log }: { slack: Slack; log: Log },
  { message }: Posted,
): Promise<string | undefined> {
  if (!message) return undefined
  try {
    const answer = await slack.call('chat.getPermalink', { channel: message.channel, message_ts: message.ts })
    return answer.is === 'ok' && typeof answer.body.permalink === 'string' ? answer.body.permalink : undefined
  } catch (error) {
    log.warn('no link to the thread', { error: describeError(error) })
    return undefined
  }
}
