import type { SQSClient } from '@aws-sdk/client-sqs'
import * as z from 'zod'
import type { Log } from '../../common/logger.ts'
import type { Bulletin, PendingBulletinEffect } from '../bulletin/bulletin.ts'
import type { Channels } from '../settings.ts'
import { type QueueName, sendPointer } from './outboxes.ts'

/** Hands what is to be done for a bulletin to the queues. What a queue does not take, the sweep hands over again. */
export interface BulletinOutbox {
  hand(bulletin: Bulletin, due: readonly PendingBulletinEffect[]): Promise<void>
}

/** A queue message only points at the effect; what there is to do is read from the bulletin when its turn comes. */
export const BulletinPointer = z.object({ bulletin: z.string().min(1), effect: z.string().min(1), attempt: z.int() })
export type BulletinPointer = z.output<typeof BulletinPointer>

/** Which queue, and what waits for each other in it. */
function routeOf({ effect }: PendingBulletinEffect, bulletin: Bulletin, channels: Channels) {
  switch (effect.kind) {
    case 'show':
      // Edits have a pace of their own and never hold up a new message.
      return { queue: 'sender' as const, group: bulletin.message ? 'edits' : channels[bulletin.channel] }
    case 'tell-end':
      return { queue: 'sender' as const, group: channels[bulletin.channel] }
    case 'read-deployment':
      return { queue: 'evidence' as const, group: bulletin.id }
    default:
      return effect satisfies never
  }
}

export function createBulletinOutbox(
  client: SQSClient,
  urls: Record<QueueName, string>,
  channels: Channels,
  log: Log,
): BulletinOutbox {
  return {
    hand: async (bulletin, due) => {
      for (const waiting of due) {
        const { queue, group } = routeOf(waiting, bulletin, channels)
        const pointer: BulletinPointer = { bulletin: bulletin.id, effect: waiting.id, attempt: waiting.attempt }
        await sendPointer({ client, log }, { url: urls[queue], group, of: bulletin.id }, pointer)
      }
    },
  }
}
