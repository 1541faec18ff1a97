import type { Incident } from '../incident/incident.ts'
import type { Message } from '../message/blocks.ts'
import type { Stored } from './incident-table.ts'
import type { Performed, Task } from './perform.ts'
import { type PostDeps, takeTurn } from './post-once.ts'

/** One edit of one message in three seconds, and forty in all per minute (Tier 3 allows fifty). */
const betweenEditsOfOne = 3_000
const betweenEdits = 1_500

/** The message was deleted, or belongs to an app that we no longer are: it cannot be edited ever again. */
const notOurs = ['message_not_found', 'cant_update_message', 'edit_window_closed']

export type Edited =
  /** Drawn from this incident, which may be newer than that of the task. */
  { is: 'edited'; lastRead: Stored } | { is: 'gone'; lastRead: Stored } | Exclude<Performed, { is: 'performed' }>

/** Draws the latest state into a message. Drawing twice is harmless, so no claim is needed. */
export async function editMessage(
  deps: PostDeps,
  task: Task,
  at: { channel: string; ts: string },
  draw: (incident: Incident) => Message | Promise<Message>,
): Promise<Edited> {
  const wait =
    (await takeTurn(deps, `edit:${at.channel}/${at.ts}`, betweenEditsOfOne)) ||
    (await takeTurn(deps, 'edits', betweenEdits))
  if (wait > 0) return { is: 'later', inMs: wait, because: 'edits have a pace' }
  // The turn may have taken a while; what is drawn is the state of now.
  const { service, id } = task.incident
  const lastRead = (await deps.incidents.load({ service, id })) ?? task.stored
  const edited = await deps.messages.edit(at, await draw(lastRead.incident))
  switch (edited.is) {
    case 'posted':
      return { is: 'edited', lastRead }
    case 'refused':
      return notOurs.includes(edited.code) ? { is: 'gone', lastRead } : { is: 'parked', because: edited.code }
    case 'rate-limited':
      return { is: 'later', inMs: edited.retryAfterMs, because: 'Slack asked to wait' }
    case 'unknown':
      return { is: 'later', inMs: 5_000, because: edited.message }
    default:
      return edited satisfies never
  }
}
