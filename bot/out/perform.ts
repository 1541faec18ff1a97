import { ChangeMessageVisibilityCommand, type SQSClient } from '@aws-sdk/client-sqs'
import type { SQSBatchResponse } from 'aws-lambda'
import { z } from 'zod'
import { describeError } from '../../common/logger.ts'
import { moment } from '../../common/time.ts'
import { type FlowDeps, handle } from '../flow.ts'
import type { Effect, PendingEffect } from '../incident/effect.ts'
import type { Outcome } from '../incident/event.ts'
import type { Incident } from '../incident/incident.ts'
import { EffectPointer } from './outboxes.ts'

/** What came of one try: an outcome to report, or the wait before the next try. */
export type Performed = { is: 'performed'; outcome: Outcome } | { is: 'later'; inMs: number; because: string }

/** One effect to perform: the incident as it stands, the effect, and how often its message was received. */
export interface Task<E extends Effect = Effect> {
  incident: Incident
  waiting: PendingEffect
  effect: E
  receives: number
}

export interface PerformDeps extends FlowDeps {
  sqs: SQSClient
  queueUrl: string
}

const Records = z.object({ Records: z.array(z.unknown()) })
const Record = z.object({
  messageId: z.string(),
  receiptHandle: z.string(),
  body: z.string(),
  attributes: z.object({ ApproximateReceiveCount: z.coerce.number() }).loose(),
})

/**
 * The handler of every performer: finds the effect a message points at, performs it, reports the
 * outcome as an event. A message that cannot be read, or whose effect fails, stays in its queue and
 * ends in the dead letters; what is pending is handed over again by the sweep all the same.
 */
export function onEffects(deps: PerformDeps, perform: (task: Task) => Promise<Performed>) {
  const one = async (record: z.output<typeof Record>): Promise<'done' | 'failed'> => {
    const pointer = EffectPointer.parse(JSON.parse(record.body))
    const ref = { service: pointer.service, id: pointer.incident }
    const stored = await deps.incidents.load(ref)
    const waiting = stored?.incident.pending.find(({ id }) => id === pointer.effect)
    if (!stored || !waiting) {
      deps.log.debug('nothing left to do', pointer)
      return 'done'
    }
    const receives = record.attributes.ApproximateReceiveCount
    const performed = await perform({ incident: stored.incident, waiting, effect: waiting.effect, receives })
    switch (performed.is) {
      case 'performed': {
        const at = moment(deps.clock.now())
        await handle(deps, ref, [{ type: 'effect-done', at, effect: pointer.effect, outcome: performed.outcome }])
        return 'done'
      }
      case 'later': {
        deps.log.info('an effect waits', { ...pointer, because: performed.because, ms: performed.inMs })
        const VisibilityTimeout = Math.min(900, Math.max(1, Math.ceil(performed.inMs / 1000)))
        const { queueUrl: QueueUrl } = deps
        const { receiptHandle: ReceiptHandle } = record
        await deps.sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }))
        return 'failed'
      }
      default:
        return performed satisfies never
    }
  }
  return async (event: unknown): Promise<SQSBatchResponse> => {
    const records = z.array(Record).parse(Records.parse(event).Records)
    for (const [index, record] of records.entries()) {
      const result = await one(record).catch((error: unknown) => {
        deps.log.error('an effect failed', { message: record.messageId, error: describeError(error) })
        return 'failed' as const
      })
      // In a FIFO queue nothing may overtake what failed: the rest of the batch waits with it.
      if (result === 'failed') return { batchItemFailures: failuresOf(records.slice(index)) }
    }
    return { batchItemFailures: [] }
  }
}

const failuresOf = (records: z.output<typeof Record>[]) =>
  records.map(({ messageId }) => ({ itemIdentifier: messageId }))
