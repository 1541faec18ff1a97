import type { Names } from './names.ts'

/** The bot's queues, by the Lambda that each wakes. */
export type QueueName = keyof Names['queues']

export interface QueueSettings {
  /** How long a message that was handed out stays hidden; longer than its Lambda may take. */
  visibilitySeconds: number
  /** Hand-outs after which a message goes to the dead letters. */
  maxReceiveCount: number
  /** Messages that wake the Lambda at once. */
  batchSize: number
  /** Calls of the Lambda at the same time. SQS wants at least 2. */
  maximumConcurrency: number
}

/** How the bot's queues hand out. The infrastructure and the sandbox make them by this. */
export const queueSettings: Readonly<Record<QueueName, QueueSettings>> = {
  alarms: { visibilitySeconds: 60, maxReceiveCount: 5, batchSize: 10, maximumConcurrency: 5 },
  // A throttled channel waits by its message's visibility, and each wait counts as a receive.
  sender: { visibilitySeconds: 60, maxReceiveCount: 100, batchSize: 1, maximumConcurrency: 5 },
  evidence: { visibilitySeconds: 120, maxReceiveCount: 5, batchSize: 1, maximumConcurrency: 5 },
  worker: { visibilitySeconds: 120, maxReceiveCount: 10, batchSize: 1, maximumConcurrency: 2 },
  remedy: { visibilitySeconds: 120, maxReceiveCount: 10, batchSize: 1, maximumConcurrency: 2 },
  mailer: { visibilitySeconds: 60, maxReceiveCount: 10, batchSize: 1, maximumConcurrency: 2 },
}
