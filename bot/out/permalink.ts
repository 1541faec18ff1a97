import { describeError, type Log } from '../../common/logger.ts'
import type { Incident } from '../incident/incident.ts'
import type { Slack } from './slack.ts'

/** A link is a convenience: without it a message goes out all the same. */
export async function permalinkOf(
  { slack, log }: { slack: Slack; log: Log },
  { message }: Pick<Incident, 'message'>,
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
