import { createHash } from 'node:crypto'
import type { SQSMessageAttributes, SQSRecord } from 'aws-lambda'
import { z } from 'zod'
import { AwsError } from '../aws-error.ts'
import { arnOf, region } from '../place.ts'

/** A message attribute as `SendMessage` takes it; the stand-in knows text and numbers, not binary. */
export const MessageAttribute = z.strictObject({ DataType: z.string(), StringValue: z.string() })
export type MessageAttribute = z.output<typeof MessageAttribute>

/** A message as a queue keeps it. Times are milliseconds on the wall, so that a snapshot is plain JSON. */
export const Message = z.object({
  messageId: z.string(),
  body: z.string(),
  groupId: z.string().optional(),
  deduplicationId: z.string().optional(),
  sequence: z.number(),
  sentAt: z.number(),
  firstReceivedAt: z.number().optional(),
  receiveCount: z.number(),
  visibleAt: z.number(),
  receiptHandle: z.string().optional(),
  attributes: z.record(z.string(), MessageAttribute),
  deadLetterSource: z.string().optional(),
})
export type Message = z.output<typeof Message>

/** What a sender hands over. */
export interface Outgoing {
  body: string
  groupId?: string | undefined
  deduplicationId?: string | undefined
  delaySeconds?: number | undefined
  attributes?: Readonly<Record<string, MessageAttribute>> | undefined
}

const maximumBytes = 1_048_576

/** Refuses what SQS refuses for this kind of queue, in its own words. */
export function checkOutgoing(fifo: boolean, message: Outgoing): void {
  const invalid = (text: string) => new AwsError('InvalidParameterValue', text)
  if (message.body === '') throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.')
  if (Buffer.byteLength(message.body) > maximumBytes)
    throw invalid(`One or more parameters are invalid. Reason: Message must be shorter than ${maximumBytes} bytes.`)
  const delay = message.delaySeconds
  if (delay !== undefined && !(Number.isInteger(delay) && delay >= 0 && delay <= 900))
    throw invalid(`Value ${delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`)
  if (fifo) {
    if (message.groupId === undefined)
      throw new AwsError('MissingParameter', 'The request must contain the parameter MessageGroupId.')
    if (message.deduplicationId === undefined)
      throw invalid(
        'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
      )
    if (delay !== undefined && delay !== 0)
      throw invalid(
        `Value ${delay} for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.`,
      )
  } else if (message.deduplicationId !== undefined)
    throw invalid(
      'The request include parameter MessageDeduplicationId which is not valid for this queue type. Reason: it belongs to FIFO queues.',
    )
}

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex')

/** The digest SQS gives for attributes: every name, type and value with its length in front, sorted by name. */
export function md5OfAttributes(attributes: Readonly<Record<string, MessageAttribute>>): string {
  const hash = createHash('md5')
  const add = (text: string) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(Buffer.byteLength(text))
    hash.update(length).update(text)
  }
  for (const [name, attribute] of Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1))) {
    add(name)
    add(attribute.DataType)
    // One byte tells text (1) from binary (2).
    hash.update(Buffer.of(1))
    add(attribute.StringValue)
  }
  return hash.digest('hex')
}

/** The sequence number of a FIFO queue: 20 digits, rising. */
export const sequenceNumber = (message: Message): string => String(message.sequence).padStart(20, '0')

/** The record a Lambda function gets for a received message. */
export function recordOf(queue: string, message: Message, receiptHandle: string): SQSRecord {
  const messageAttributes: SQSMessageAttributes = Object.fromEntries(
    Object.entries(message.attributes).map(([name, { DataType, StringValue }]) => [
      name,
      { stringValue: StringValue, stringListValues: [], binaryListValues: [], dataType: DataType },
    ]),
  )
  return {
    messageId: message.messageId,
    receiptHandle,
    body: message.body,
    attributes: {
      ApproximateReceiveCount: String(message.receiveCount),
      SentTimestamp: String(message.sentAt),
      SenderId: 'AIDASANDBOXSENDER',
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? message.sentAt),
      ...(queue.endsWith('.fifo') && {
        SequenceNumber: sequenceNumber(message),
        MessageDeduplicationId: message.deduplicationId,
      }),
      ...(message.groupId !== undefined && { MessageGroupId: message.groupId }),
      ...(message.deadLetterSource !== undefined && {
        DeadLetterQueueSourceArn: arnOf.queue(message.deadLetterSource),
      }),
    },
    messageAttributes,
    md5OfBody: md5(message.body),
    ...(Object.keys(message.attributes).length > 0 && { md5OfMessageAttributes: md5OfAttributes(message.attributes) }),
    eventSource: 'aws:sqs',
    eventSourceARN: arnOf.queue(queue),
    awsRegion: region,
  }
}
