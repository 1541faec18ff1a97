import { z } from 'zod'
import type { Wall } from '../../common/clock.ts'
import type { Log } from '../../common/logger.ts'
import { AwsError } from './aws-error.ts'
import { type ConsumeOptions, type Consumer, createConsumer, type Invoke } from './queues/consumer.ts'
import type { Outgoing } from './queues/message.ts'
import { createQueue, type Queue, type QueueSettings, QueueSnapshot } from './queues/queue.ts'

export type { ConsumeOptions, Invoke } from './queues/consumer.ts'
export type { Outgoing } from './queues/message.ts'
export type { QueueCounts, QueueSettings } from './queues/queue.ts'

export const QueuesSnapshot = z.record(z.string(), QueueSnapshot)
export type QueuesSnapshot = z.output<typeof QueuesSnapshot>

/** How often hidden messages are looked at while the cloud runs. The wall that is passed in decides, not this timer. */
const pumpEveryMs = 50

/** SQS with its event source mappings. Every wait is measured on the wall that is passed in. */
export function createQueues({ wall, log }: { wall: Wall; log: Log }) {
  const queues = new Map<string, Queue>()
  const consumers = new Map<string, Consumer>()
  let timer: NodeJS.Timeout | undefined
  let pumpPlanned = false
  let paused = false

  function find(name: string): Queue {
    const queue = queues.get(name)
    if (queue === undefined) throw new AwsError('QueueDoesNotExist', `The specified queue does not exist: ${name}.`)
    return queue
  }

  function pump(): void {
    if (paused) return
    for (const consumer of consumers.values()) {
      const { queue } = consumer
      const { deadLetters, name } = queue.settings
      if (deadLetters !== undefined)
        for (const message of queue.takeExhausted()) {
          log.warn('a message failed too often and went to the dead letters', { queue: name, id: message.messageId })
          find(deadLetters).bury(message, name)
        }
      consumer.pump()
    }
  }

  /** Messages sent in one turn of the event loop share a batch, as they would within a long poll. */
  function planPump(): void {
    if (pumpPlanned) return
    pumpPlanned = true
    queueMicrotask(() => {
      pumpPlanned = false
      pump()
    })
  }

  const running = () => [...consumers.values()].flatMap((consumer) => consumer.work())

  return {
    define(settings: QueueSettings): void {
      if (queues.has(settings.name)) throw new Error(`Queue ${settings.name} is defined twice.`)
      queues.set(settings.name, createQueue(settings, wall))
    },
    names: () => [...queues.keys()],
    settings: (name: string): QueueSettings => find(name).settings,
    send(name: string, message: Outgoing): { messageId: string; sequence: number } {
      const receipt = find(name).send(message)
      planPump()
      return receipt
    },
    changeVisibility(name: string, receiptHandle: string, seconds: number): void {
      find(name).changeVisibility(receiptHandle, seconds)
      planPump()
    },
    /** Maps a queue to the function that handles it; answers with a function that takes the mapping away. */
    consume(name: string, invoke: Invoke, options: ConsumeOptions): () => void {
      if (consumers.has(name)) throw new Error(`Queue ${name} has a consumer already.`)
      const { deadLetters } = find(name).settings
      if (deadLetters !== undefined) find(deadLetters)
      consumers.set(name, createConsumer(find(name), invoke, options, log, planPump))
      planPump()
      return () => consumers.delete(name)
    },
    counts: (name: string) => find(name).counts(),
    peek: (name: string) => find(name).peek(),
    oldestSentAt: (name: string) => find(name).oldestSentAt(),
    purge: (name: string) => find(name).purge(),
    pump,
    /** No function is at work, and none would get a message now. A failed message that waits is not in the way. */
    idle: () =>
      [...consumers.values()].every((consumer) => consumer.work().length === 0 && !consumer.queue.deliverable()),
    /** When the next delayed or hidden message of a consumed queue becomes visible on the wall. */
    nextVisibleAt(): Date | undefined {
      const times = [...consumers.values()].flatMap((consumer) => consumer.queue.nextVisibleAt() ?? [])
      return times.length === 0 ? undefined : new Date(Math.min(...times))
    },
    /** Delivers until nothing is left that can be delivered now. */
    async settle(): Promise<void> {
      for (;;) {
        pump()
        const work = running()
        if (work.length === 0) return
        await Promise.race(work)
      }
    },
    start(): void {
      timer ??= setInterval(pump, pumpEveryMs)
      timer.unref()
    },
    /** Stops delivering and waits for the functions that are at work. */
    async close(): Promise<void> {
      clearInterval(timer)
      timer = undefined
      paused = true
      await Promise.all(running())
    },
    snapshot: (): QueuesSnapshot => Object.fromEntries([...queues].map(([name, queue]) => [name, queue.snapshot()])),
    /** Queues that are no longer defined are left out. */
    restore(saved: QueuesSnapshot): void {
      for (const [name, snapshot] of Object.entries(saved)) queues.get(name)?.restore(snapshot)
      planPump()
    },
  }
}

export type Queues = ReturnType<typeof createQueues>
