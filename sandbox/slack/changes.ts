import type { Log } from '../../common/logger.ts'

/** One thing that changed, for a page that draws the workspace. */
export type Change =
  | {
      kind: 'message-posted' | 'message-edited' | 'message-deleted'
      channel: string
      ts: string
      user: string
      thread_ts?: string
    }
  /** `user` is the one person who sees it. */
  | { kind: 'ephemeral-posted' | 'ephemeral-edited' | 'ephemeral-deleted'; channel: string; ts: string; user: string }
  | { kind: 'view-opened' | 'view-updated' | 'view-closed' | 'home-published'; user: string; view: string }
  | { kind: 'channel-joined' | 'conversation-opened'; channel: string; user: string }

export type Listener = (change: Change) => void

export interface Changes {
  /** Calls `listener` for every later change, in order; returns the way to stop it. */
  subscribe(listener: Listener): () => void
  emit(change: Change): void
}

export function createChanges(log: Log): Changes {
  const listeners = new Set<Listener>()
  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    emit(change) {
      for (const listener of listeners) {
        try {
          listener(change)
        } catch (error) {
          // A page that cannot draw must not make a Web API call fail.
          log.error('a listener of the stand-in Slack failed', { change, error: String(error) })
        }
      }
    },
  }
}
