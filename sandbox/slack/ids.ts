import { createHash } from 'node:crypto'
import type { Wall } from '../../common/clock.ts'
import type { State } from './state.ts'

export interface Ids {
  /** The next ts: strictly later than every ts before it, also when the wall stands still. */
  ts(): string
  /** An id that starts with `prefix` and is never given out twice. */
  next(prefix: string, length?: number): string
}

/** Ids come from a counter in the state, so that a restored workspace goes on where it stopped. */
export function createIds(wall: Wall, state: State): Ids {
  const digest = (kind: string) => {
    state.counter += 1
    return createHash('sha256').update(`${kind}:${state.counter}`).digest('hex')
  }
  return {
    ts() {
      // Slack counts in microseconds and leaves steps of a hundred between messages of one moment.
      state.newest = Math.max(wall.now().getTime() * 1000, state.newest + 100)
      const seconds = Math.floor(state.newest / 1_000_000)
      return `${seconds}.${String(state.newest % 1_000_000).padStart(6, '0')}`
    },
    next: (prefix, length = 10) => `${prefix}${digest(prefix).slice(0, length).toUpperCase()}`,
  }
}
