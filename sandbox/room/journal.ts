import type { Clock } from '../../common/clock.ts'
import type { Log } from '../../common/logger.ts'
import { createListeners } from '../listeners.ts'
import type { JournalEntry } from '../page/protocol.ts'

const kept = 400

/** What is told; number and domain time are added. */
export type Told = Omit<JournalEntry, 'n' | 'at'>

/**
 * What travels through the system, in sentences: the last 400 of them, oldest first. It goes on after `saved`, which
 * is what an earlier journal listed.
 */
export function createJournal(clock: Clock, log: Log, saved: readonly JournalEntry[] = []) {
  const entries = [...saved]
  const listeners = createListeners<JournalEntry>(log)
  let n = entries.at(-1)?.n ?? 0
  return {
    add(told: Told): void {
      n += 1
      const entry: JournalEntry = { n, at: clock.now().toISOString(), ...told }
      entries.push(entry)
      if (entries.length > kept) entries.shift()
      listeners.emit(entry)
    },
    list: (): readonly JournalEntry[] => [...entries],
    /** Calls `listener` with every later entry; returns the way to stop it. */
    subscribe: listeners.subscribe,
  }
}

export type Journal = ReturnType<typeof createJournal>
