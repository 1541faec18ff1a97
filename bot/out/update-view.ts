import type { Log } from '../../common/logger.ts'
import type { Incident } from '../incident/incident.ts'
import type { View } from '../message/blocks.ts'
import type { Slack } from './slack.ts'

/** What became of a modal that was to be filled. */
export type ViewUpdated =
  | 'updated'
  /** It is not as it was when it was opened: filled already. */
  | 'seen-already'
  /** The person has closed it, or Slack refuses it. */
  | 'gone'
  /** The answer was lost, or Slack is too busy for one. */
  | 'unknown'

/** Fills a modal that is open already. Where its hash is known, only as long as it is as it was opened. */
export async function updateView(
  { slack, log }: { slack: Slack; log: Log },
  incident: Incident,
  { viewId, hash }: { viewId: string; hash: string },
  view: View,
): Promise<ViewUpdated> {
  const answer = await slack.call('views.update', { view_id: viewId, ...(hash !== '' && { hash }), view })
  if (answer.is === 'ok') return 'updated'
  log.warn('a modal was not filled', { incident: incident.id, answer: answer.is })
  if (answer.is !== 'refused') return 'unknown'
  return answer.code === 'hash_conflict' ? 'seen-already' : 'gone'
}
