import { names } from '../../../common/names.ts'
import { type QueueName, queueSettings } from '../../../common/queue-settings.ts'
import type { QueueSettings } from './queue.ts'

/** The queues of a stage with their dead letters. Nothing is taken from dead letters but by people. */
export function botQueues(stage: string): QueueSettings[] {
  const { queues, deadLetters } = names(stage)
  const buried = Object.values(deadLetters).map((name) => ({ name, visibilitySeconds: 30, maxReceiveCount: 1_000 }))
  const read = Object.entries(queues) as [QueueName, string][]
  return [
    ...buried,
    ...read.map(([role, name]) => {
      const { visibilitySeconds, maxReceiveCount } = queueSettings[role]
      return { name, visibilitySeconds, maxReceiveCount, deadLetters: deadLetters[role] }
    }),
  ]
}
