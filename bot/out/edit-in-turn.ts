import type { Message } from '../message/blocks.ts'
import { type MessageDeps, takeTurn } from './post-once.ts'

/** One edit of one message in three seconds, and forty in all per minute (Tier 3 allows fifty). */
const betweenEditsOfOne = 3_000
const betweenEdits = 1_500

/** The message was deleted, or belongs to an app that we no longer are: it cannot be edited ever again. */
const notOurs = ['message_not_found', 'cant_update_message', 'edit_window_closed']

export type Edited<T> =
  | ({ is: 'edited' } & T)
  /** It has to be posted anew. */
  | { is: 'not-ours' }
  | { is: 'parked'; because: string }
  | { is: 'later'; inMs: number; because: string }

/**
 * Edits a message when its turn has come. It is drawn after that, from the state of then, because the
 * turn may have taken a while. Drawing twice is harmless, so no claim is needed.
 */
export async function editInTurn<T extends { message: Message }>(
  deps: MessageDeps,
  at: { channel: string; ts: string },
  draw: () => Promise<T>,
): Promise<Edited<T>> {
  const wait =
    (await takeTurn(deps, `edit:${at.channel}/${at.ts}`, betweenEditsOfOne)) ||
    (await takeTurn(deps, 'edits', betweenEdits))
  if (wait > 0) return { is: 'later', inMs: wait, because: 'edits have a pace' }
  const drawn = await draw()
  const edited = await deps.messages.edit(at, drawn.message)
  switch (edited.is) {
    case 'posted':
      return { is: 'edited', ...drawn }
    case 'refused':
      return notOurs.includes(edited.code) ? { is: 'not-ours' } : { is: 'parked', because: edited.code }
    case 'rate-limited':
      return { is: 'later', inMs: edited.retryAfterMs, because: 'Slack asked to wait' }
    case 'unknown':
      return { is: 'later', inMs: 5_000, because: edited.message }
    default:
      return edited satisfies never
  }
}
