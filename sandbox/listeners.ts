import { describeError, type Log } from '../common/logger.ts'

export interface Listeners<T> {
  /** Calls `listener` with everything that follows, in order; returns the way to stop it. */
  subscribe(listener: (happened: T) => void): () => void
  emit(happened: T): void
}

/** Those who want to hear of something. One that fails is logged, and keeps nobody from anything. */
export function createListeners<T>(log: Log): Listeners<T> {
  const listeners = new Set<(happened: T) => void>()
  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    emit(happened) {
      for (const listener of listeners) {
        try {
          listener(happened)
        } catch (error) {
          log.error('a listener of the sandbox failed', { error: describeError(error) })
        }
      }
    },
  }
}
