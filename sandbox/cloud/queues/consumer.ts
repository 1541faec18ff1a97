import type { SQSBatchResponse, SQSEvent } from 'aws-lambda'
import { describeError, type Log } from '../../../common/logger.ts'
import { recordOf } from './message.ts'
import type { Queue, Received } from './queue.ts'

/** The function behind a queue, as Lambda would call it. */
export type Invoke = ((event: SQSEvent) => Promise<SQSBatchResponse>) | ((event: SQSEvent) => Promise<void>)

export interface ConsumeOptions {
  batchSize: number
  maximumConcurrency: number
}

/** The event source mapping: takes batches while it may, and deletes what the function did not report as failed. */
export function createConsumer(
  queue: Queue,
  invoke: Invoke,
  options: ConsumeOptions,
  log: Log,
  afterwards: () => void,
) {
  const running = new Set<Promise<void>>()
  const { name } = queue.settings

  async function failuresOf(batch: readonly Received[]): Promise<ReadonlySet<string>> {
    const everything = new Set(batch.map((message) => message.messageId))
    try {
      const Records = batch.map((message) => recordOf(name, message, message.receiptHandle))
      const response = await invoke({ Records })
      const failed = (response?.batchItemFailures ?? []).map((failure) => failure.itemIdentifier)
      const unknown = failed.filter((id) => !everything.has(id))
      if (unknown.length === 0) return new Set(failed)
      // Lambda takes an identifier it does not know for a bug in the function and keeps the whole batch.
      log.error('a consumer reported messages that were not in its batch', { queue: name, unknown })
      return everything
    } catch (error) {
      log.error('a consumer failed, its batch will be delivered again', { queue: name, error: describeError(error) })
      return everything
    }
  }

  async function deliver(batch: readonly Received[]): Promise<void> {
    const failed = await failuresOf(batch)
    for (const message of batch) {
      if (failed.has(message.messageId) || queue.remove(message.receiptHandle)) continue
      log.warn('a message was handled after its visibility had ended, so it may be handled twice', {
        queue: name,
        messageId: message.messageId,
      })
    }
  }

  return {
    queue,
    /** The batches that are being handled now. */
    work: (): readonly Promise<void>[] => [...running],
    /** Starts as many batches as are ready and allowed. */
    pump(): void {
      while (running.size < options.maximumConcurrency) {
        const batch = queue.receive(options.batchSize)
        if (batch.length === 0) return
        const work = deliver(batch).finally(() => {
          running.delete(work)
          afterwards()
        })
        running.add(work)
      }
    },
  }
}

export type Consumer = ReturnType<typeof createConsumer>
