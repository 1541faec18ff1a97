import { z } from 'zod'
import { AwsError } from '../aws-error.ts'
import { arnOf } from '../place.ts'
import { MessageAttribute, md5, md5OfAttributes, type Outgoing } from '../queues/message.ts'
import type { Queues } from '../queues.ts'
import { type Operations, operation } from './operation.ts'

const Attributes = z.record(z.string(), MessageAttribute)

const OneMessage = z.strictObject({
  MessageBody: z.string(),
  DelaySeconds: z.number().optional(),
  MessageAttributes: Attributes.optional(),
  MessageGroupId: z.string().optional(),
  MessageDeduplicationId: z.string().optional(),
})

const SendMessage = OneMessage.extend({ QueueUrl: z.string() })
const SendMessageBatch = z.strictObject({
  QueueUrl: z.string(),
  Entries: z.array(OneMessage.extend({ Id: z.string() })),
})
const ChangeMessageVisibility = z.strictObject({
  QueueUrl: z.string(),
  ReceiptHandle: z.string(),
  VisibilityTimeout: z.number(),
})
const GetQueueUrl = z.strictObject({ QueueName: z.string(), QueueOwnerAWSAccountId: z.string().optional() })
const GetQueueAttributes = z.strictObject({ QueueUrl: z.string(), AttributeNames: z.array(z.string()).optional() })

/** A queue's address ends in its name. */
export const queueNameOf = (url: string): string => decodeURIComponent(url.split('/').at(-1) ?? '')

const outgoing = (message: z.output<typeof OneMessage>): Outgoing => ({
  body: message.MessageBody,
  groupId: message.MessageGroupId,
  deduplicationId: message.MessageDeduplicationId,
  delaySeconds: message.DelaySeconds,
  attributes: message.MessageAttributes,
})

/** SQS as its clients see it. Receiving is left out: event source mappings deliver. */
export function sqsOperations(queues: Queues, urlOf: (name: string) => string): Operations {
  function send(name: string, message: z.output<typeof OneMessage>) {
    const { messageId, sequence } = queues.send(name, outgoing(message))
    const attributes = message.MessageAttributes ?? {}
    return {
      MessageId: messageId,
      MD5OfMessageBody: md5(message.MessageBody),
      ...(Object.keys(attributes).length > 0 && { MD5OfMessageAttributes: md5OfAttributes(attributes) }),
      ...(name.endsWith('.fifo') && { SequenceNumber: String(sequence).padStart(20, '0') }),
    }
  }

  function attributesOf(name: string): Readonly<Record<string, string>> {
    const { visible, inFlight, delayed } = queues.counts(name)
    const { visibilitySeconds, maxReceiveCount, deadLetters } = queues.settings(name)
    return {
      QueueArn: arnOf.queue(name),
      ApproximateNumberOfMessages: String(visible),
      ApproximateNumberOfMessagesNotVisible: String(inFlight),
      ApproximateNumberOfMessagesDelayed: String(delayed),
      VisibilityTimeout: String(visibilitySeconds),
      ...(name.endsWith('.fifo') && { FifoQueue: 'true' }),
      ...(deadLetters !== undefined && {
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf.queue(deadLetters), maxReceiveCount }),
      }),
    }
  }

  return {
    SendMessage: operation(SendMessage, ({ QueueUrl, ...message }) => send(queueNameOf(QueueUrl), message)),
    SendMessageBatch: operation(SendMessageBatch, ({ QueueUrl, Entries }) => {
      const name = queueNameOf(QueueUrl)
      queues.counts(name)
      if (Entries.length === 0) throw new AwsError('EmptyBatchRequest', 'There should be at least one entry.')
      if (Entries.length > 10) throw new AwsError('TooManyEntriesInBatchRequest', 'Maximum number of entries is 10.')
      if (new Set(Entries.map(({ Id }) => Id)).size < Entries.length)
        throw new AwsError('BatchEntryIdsNotDistinct', 'Two or more entries have the same id.')
      const Successful: object[] = []
      const Failed: object[] = []
      for (const { Id, ...message } of Entries) {
        try {
          Successful.push({ Id, ...send(name, message) })
        } catch (error) {
          // A wrong entry fails alone; anything else is a fault of the stand-in and fails the call.
          if (!(error instanceof AwsError)) throw error
          Failed.push({ Id, Code: error.code, Message: error.message, SenderFault: true })
        }
      }
      return { Successful, Failed }
    }),
    ChangeMessageVisibility: operation(ChangeMessageVisibility, (input) => {
      queues.changeVisibility(queueNameOf(input.QueueUrl), input.ReceiptHandle, input.VisibilityTimeout)
      return {}
    }),
    GetQueueUrl: operation(GetQueueUrl, ({ QueueName }) => {
      queues.counts(QueueName)
      return { QueueUrl: urlOf(QueueName) }
    }),
    GetQueueAttributes: operation(GetQueueAttributes, ({ QueueUrl, AttributeNames = [] }) => {
      const all = attributesOf(queueNameOf(QueueUrl))
      if (AttributeNames.includes('All')) return { Attributes: all }
      const known = AttributeNames.map((name) => {
        const value = all[name]
        if (value === undefined) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`)
        return [name, value] as const
      })
      return { Attributes: Object.fromEntries(known) }
    }),
  }
}
