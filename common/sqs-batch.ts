import type { SQSBatchResponse } from 'aws-lambda'
import * as z from 'zod'

/** A message as SQS hands it to a function. */
export interface QueueMessage {
  messageId: string
  receiptHandle: string
  body: string
  /** How often it was received, this time included. */
  receives: number
}

const Named = z.object({ messageId: z.string().min(1) })
const Message = Named.extend({
  receiptHandle: z.string(),
  body: z.string(),
  attributes: z.object({ ApproximateReceiveCount: z.coerce.number() }),
}).transform(
  ({ messageId, receiptHandle, body, attributes }): QueueMessage => ({
    messageId,
    receiptHandle,
    body,
    receives: attributes.ApproximateReceiveCount,
  }),
)

/**
 * The messages of a batch, each read for itself, so that one that is not readable keeps no other back.
 * A record without even a name is called '', which Lambda takes for the whole batch.
 */
export function readBatch(batch: unknown): { messageId: string; message: QueueMessage | undefined }[] {
  const records = z.object({ Records: z.array(z.unknown()) }).safeParse(batch)
  if (!records.success) return [{ messageId: '', message: undefined }]
  return records.data.Records.map((record) => {
    const named = Named.safeParse(record)
    return { messageId: named.success ? named.data.messageId : '', message: Message.safeParse(record).data }
  })
}

/** Tells SQS which messages are to come again. */
export const comeAgain = (messageIds: Iterable<string>): SQSBatchResponse => ({
  batchItemFailures: [...messageIds].map((itemIdentifier) => ({ itemIdentifier })),
})
