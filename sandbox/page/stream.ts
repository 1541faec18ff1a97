import type { Sandbox } from '../sandbox.ts'
import type { Update } from './protocol.ts'
import { workspaceOf } from './seen.ts'
import { updateFor } from './updates.ts'

/** How often a page hears something even when nothing happens, in milliseconds. */
export const beatMs = 4_000

/**
 * Everything one person's page is to know: the whole first, then each change, in order.
 * Resolves when it has begun; the answer ends it.
 */
export async function follow(sandbox: Sandbox, user: string, send: (update: Update) => void): Promise<() => void> {
  const { slack, journal, room, boot, restored } = sandbox
  const current = await room.current()
  // From here to the last subscription nothing awaits, so that no change falls between whole and changes.
  send({
    is: 'whole',
    whole: { boot, restored, ...workspaceOf(slack, user), room: current, journal: journal.list() },
  })
  const stops = [
    slack.changes.subscribe((change) => {
      const update = updateFor(change, user, slack)
      if (update) send(update)
    }),
    journal.subscribe((entry) => send({ is: 'journal', entries: [entry] })),
    room.subscribe((changed) => send({ is: 'room', room: changed })),
  ]
  const beat = setInterval(() => send({ is: 'beat' }), beatMs)
  return () => {
    clearInterval(beat)
    for (const stop of stops) stop()
  }
}
