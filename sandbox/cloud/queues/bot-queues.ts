import { names } from '../../../common/names.ts'
import type { QueueSettings } from './queue.ts'

/** The queues of a stage with their dead letters. Nothing is taken from dead letters but by people. */
export function botQueues(stage: string): QueueSettings[] {
  const { queues, deadLetters } = names(stage)
  const buried = Object.values(deadLetters).map((name) => ({ name, visibilitySeconds: 30, maxReceiveCount: 1_000 }))
  return [
    ...buried,
    { name: queues.alarms, visibilitySeconds: 60, maxReceiveCount: 5, deadLetters: deadLetters.alarms },
    // A throttled channel waits by its message's visibility, and each wait counts as a receive.
    { name: queues.sender, visibilitySeconds: 60, maxReceiveCount: 100, deadLetters: deadLetters.sender },
    { name: queues.evidence, visibilitySeconds: 120, maxReceiveCount: 5, deadLetters: deadLetters.evidence },
    { name: queues.worker, visibilitySeconds: 120, maxReceiveCount: 10, deadLetters: deadLetters.worker },
  ]
}
