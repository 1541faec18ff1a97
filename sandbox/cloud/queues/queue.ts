import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Wall } from '../../../common/clock.ts'
import { AwsError } from '../aws-error.ts'
import { checkOutgoing, Message, type Outgoing } from './message.ts'

export interface QueueSettings {
  /** A name that ends in `.fifo` makes a FIFO queue. */
  name: string
  /** How long a received message stays hidden before it may be delivered again. */
  visibilitySeconds: number
  /** Receives after which a message goes to `deadLetters` instead of being delivered once more. */
  maxReceiveCount: number
  deadLetters?: string
}

export interface QueueCounts {
  visible: number
  /** Received and still hidden, whether its consumer is at work or has failed. */
  inFlight: number
  delayed: number
}

export const QueueSnapshot = z.object({
  sequence: z.number(),
  messages: z.array(Message),
  seen: z.record(z.string(), z.object({ messageId: z.string(), sequence: z.number(), until: z.number() })),
})
export type QueueSnapshot = z.output<typeof QueueSnapshot>

const deduplicationMs = 5 * 60_000

/** A message that was just received: its receipt is known to be there. */
export type Received = Message & { receiptHandle: string }

/** One queue: order, visibility and deduplication, with no idea who reads it. */
export function createQueue(settings: QueueSettings, wall: Wall) {
  const fifo = settings.name.endsWith('.fifo')
  let messages: Message[] = []
  let sequence = 0
  let seen = new Map<string, { messageId: string; sequence: number; until: number }>()

  const nowMs = () => wall.now().getTime()
  const visible = (message: Message, now: number) => message.visibleAt <= now
  const inFlight = (message: Message, now: number) => message.receiptHandle !== undefined && !visible(message, now)

  /** The visible messages that may leave now: in a FIFO queue the first of each group, if the group is free. */
  function ready(): Message[] {
    const now = nowMs()
    if (!fifo) return messages.filter((message) => visible(message, now))
    const first = new Map<string, Message>()
    for (const message of messages) {
      const group = message.groupId ?? ''
      if (!first.has(group)) first.set(group, message)
    }
    return [...first.values()].filter((message) => visible(message, now))
  }

  function add(outgoing: Outgoing): { messageId: string; sequence: number } {
    checkOutgoing(fifo, outgoing)
    const now = nowMs()
    for (const [id, { until }] of seen) if (until <= now) seen.delete(id)
    const { deduplicationId } = outgoing
    const earlier = deduplicationId === undefined ? undefined : seen.get(deduplicationId)
    if (earlier !== undefined) return { messageId: earlier.messageId, sequence: earlier.sequence }
    sequence += 1
    const message: Message = {
      messageId: randomUUID(),
      body: outgoing.body,
      groupId: outgoing.groupId,
      deduplicationId,
      sequence,
      sentAt: now,
      receiveCount: 0,
      visibleAt: now + (outgoing.delaySeconds ?? 0) * 1000,
      attributes: { ...outgoing.attributes },
    }
    messages.push(message)
    const receipt = { messageId: message.messageId, sequence }
    if (deduplicationId !== undefined) seen.set(deduplicationId, { ...receipt, until: now + deduplicationMs })
    return receipt
  }

  function receive(maximum: number): Received[] {
    const now = nowMs()
    return ready()
      .slice(0, maximum)
      .map((message) => {
        const receiptHandle = randomUUID()
        message.receiptHandle = receiptHandle
        message.receiveCount += 1
        message.firstReceivedAt ??= now
        message.visibleAt = now + settings.visibilitySeconds * 1000
        return { ...message, receiptHandle }
      })
  }

  return {
    settings,
    fifo,
    send: add,
    receive,
    /** Whether a consumer would get something now. */
    deliverable: () => ready().length > 0,
    /** Deletes a handled message. False when it had become visible again and someone else received it since. */
    remove(receiptHandle: string): boolean {
      const before = messages.length
      messages = messages.filter((message) => message.receiptHandle !== receiptHandle)
      return messages.length < before
    },
    changeVisibility(receiptHandle: string, seconds: number): void {
      if (!Number.isInteger(seconds) || seconds < 0 || seconds > 43_200)
        throw new AwsError(
          'InvalidParameterValue',
          `Value ${seconds} for parameter VisibilityTimeout is invalid. Reason: Must be between 0 and 43200.`,
        )
      const message = messages.find((each) => each.receiptHandle === receiptHandle)
      if (message === undefined)
        throw new AwsError('ReceiptHandleIsInvalid', `The input receipt handle "${receiptHandle}" is not valid.`)
      const now = nowMs()
      if (!inFlight(message, now)) throw new AwsError('MessageNotInflight', 'The message referred to is not in flight.')
      message.visibleAt = now + seconds * 1000
    },
    /** Takes out the visible messages that have been received as often as the queue allows. */
    takeExhausted(): Message[] {
      if (settings.deadLetters === undefined) return []
      const exhausted = new Set(ready().filter((message) => message.receiveCount >= settings.maxReceiveCount))
      if (exhausted.size > 0) messages = messages.filter((message) => !exhausted.has(message))
      return [...exhausted]
    },
    /** Accepts a message from the queue it failed in, with body, id and attributes kept. */
    bury(message: Message, source: string): void {
      sequence += 1
      const { receiptHandle: _, ...kept } = message
      messages.push({ ...kept, sequence, visibleAt: nowMs(), deadLetterSource: source })
    },
    counts(): QueueCounts {
      const now = nowMs()
      const hidden = messages.filter((message) => !visible(message, now))
      const flying = hidden.filter((message) => inFlight(message, now)).length
      return { visible: messages.length - hidden.length, inFlight: flying, delayed: hidden.length - flying }
    },
    peek: (): string[] => messages.map((message) => message.body),
    oldestSentAt: (): number | undefined =>
      messages.reduce<number | undefined>((oldest, { sentAt }) => Math.min(oldest ?? sentAt, sentAt), undefined),
    /** When the next hidden message shows itself, in milliseconds on the wall. */
    nextVisibleAt(): number | undefined {
      const now = nowMs()
      const times = messages.map((message) => message.visibleAt).filter((time) => time > now)
      return times.length === 0 ? undefined : Math.min(...times)
    },
    purge() {
      messages = []
    },
    snapshot: (): QueueSnapshot => ({
      sequence,
      messages: structuredClone(messages),
      seen: Object.fromEntries(seen),
    }),
    restore(saved: QueueSnapshot) {
      sequence = saved.sequence
      messages = structuredClone(saved.messages)
      seen = new Map(Object.entries(saved.seen))
    },
  }
}

export type Queue = ReturnType<typeof createQueue>
