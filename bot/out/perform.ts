import { ChangeMessageVisibilityCommand, type SQSClient } from '@aws-sdk/client-sqs'
import type { SQSBatchResponse } from 'aws-lambda'
import * as z from 'zod'
import { describeError, type Log } from '../../common/logger.ts'
import type { Meter } from '../../common/meter.ts'
import { comeAgain, type QueueMessage, readBatch } from '../../common/sqs-batch.ts'
import { moment } from '../../common/time.ts'
import { type FlowDeps, handle } from '../flow.ts'
import type { Effect, PendingEffect } from '../incident/effect.ts'
import type { Outcome } from '../incident/event.ts'
import type { Incident } from '../incident/incident.ts'
import { BulletinPointer } from './bulletin-outbox.ts'
import type { Stored } from './incident-table.ts'
import { EffectPointer } from './outboxes.ts'

/** What came of one try: an outcome to report, or the wait before the next try. */
export type Performed =
  /** `lastRead` is the incident as the performer read or saved it last, if that was later than the task. */
  | { is: 'performed'; outcome: Outcome; lastRead?: Stored }
  /** Tried again by the queue, which holds up what stands behind it. */
  | { is: 'later'; inMs: number; because: string }
  /** Refused for now: taken off the queue so that nothing waits behind it, and handed over again by the sweep. */
  | { is: 'parked'; because: string }

/** One effect to perform: the incident as it stands, the effect, and how often its message was received. */
export interface Task<E extends Effect = Effect> {
  incident: Incident
  stored: Stored
  waiting: PendingEffect
  effect: E
  receives: number
}

/** What a performer needs to deal with the messages of its queue. */
export interface QueueDeps {
  sqs: SQSClient
  queueUrl: string
  meter: Meter
  log: Log
}

export interface PerformDeps extends FlowDeps, QueueDeps {}

export type Worked = 'done' | 'failed'

/**
 * The handler of every performer: finds the effect a message points at, performs it, reports the
 * outcome as an event. A message that cannot be read, or whose effect fails, stays in its queue and
 * ends in the dead letters; what is pending is handed over again by the sweep all the same.
 */
export function onEffects(
  deps: PerformDeps,
  perform: (task: Task) => Promise<Performed>,
  /** The same for bulletins; absent where a performer has nothing to do for them. */
  ofBulletin?: (message: QueueMessage, pointer: BulletinPointer) => Promise<Worked>,
) {
  const ofIncident = async (message: QueueMessage, pointer: EffectPointer): Promise<Worked> => {
    const ref = { service: pointer.service, id: pointer.incident }
    const stored = await deps.incidents.load(ref)
    const waiting = stored?.incident.pending.find(({ id }) => id === pointer.effect)
    if (!stored || !waiting) {
      deps.log.debug('nothing left to do', pointer)
      return 'done'
    }
    const { receives } = message
    const performed = await perform({ incident: stored.incident, stored, waiting, effect: waiting.effect, receives })
    if (performed.is !== 'performed') return notPerformed(deps, message, pointer, performed)
    const at = moment(deps.clock.now())
    const { outcome, lastRead = stored } = performed
    const { kind } = waiting.effect
    deps.log.info('performed', { incident: pointer.incident, effect: kind, outcome: outcome.is })
    await handle(deps, ref, [{ type: 'effect-done', at, effect: pointer.effect, outcome }], lastRead)
    return 'done'
  }
  const workOf = (message: QueueMessage): (() => Promise<Worked>) | undefined => {
    const pointer = readPointer(message.body)
    if (!pointer) return undefined
    if ('incident' in pointer) return () => ofIncident(message, pointer)
    return ofBulletin && (() => ofBulletin(message, pointer))
  }
  return async (event: unknown): Promise<SQSBatchResponse> => {
    const failed = new Set<string>()
    const tasks: { messageId: string; work: () => Promise<Worked> }[] = []
    for (const { messageId, message } of readBatch(event)) {
      const work = message && workOf(message)
      if (work) tasks.push({ messageId, work })
      else {
        deps.log.error('a message points at no effect', { message: messageId })
        failed.add(messageId)
      }
    }
    for (const [index, { messageId, work }] of tasks.entries()) {
      const result = await work().catch((error: unknown) => {
        deps.log.error('an effect failed', { message: messageId, error: describeError(error) })
        return 'failed' as const
      })
      if (result === 'done') continue
      // In a FIFO queue nothing may overtake what failed: the rest of the batch waits with it.
      for (const waiting of tasks.slice(index)) failed.add(waiting.messageId)
      break
    }
    return comeAgain(failed)
  }
}

/** What becomes of a message whose effect was not performed. */
export async function notPerformed(
  deps: QueueDeps,
  { receiptHandle: ReceiptHandle }: QueueMessage,
  pointer: object,
  performed: Exclude<Performed, { is: 'performed' }>,
): Promise<Worked> {
  switch (performed.is) {
    case 'parked':
      deps.log.error('an effect is refused and tried again later', { ...pointer, because: performed.because })
      deps.meter.count('EffectsRefused', 1)
      return 'done'
    case 'later': {
      deps.log.info('an effect waits', { ...pointer, because: performed.because, ms: performed.inMs })
      const VisibilityTimeout = Math.min(900, Math.max(1, Math.ceil(performed.inMs / 1000)))
      const { queueUrl: QueueUrl } = deps
      await deps.sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }))
      return 'failed'
    }
    default:
      return performed satisfies never
  }
}

const Pointer = z.union([EffectPointer, BulletinPointer])

function readPointer(body: string): z.output<typeof Pointer> | undefined {
  try {
    return Pointer.safeParse(JSON.parse(body)).data
  } catch {
    return undefined
  }
}
