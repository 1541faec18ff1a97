import { createHash } from 'node:crypto'
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs'
import * as z from 'zod'
import { describeError, type Log } from '../../common/logger.ts'
import { cardOf } from '../incident/cards.ts'
import type { Effect, PendingEffect } from '../incident/effect.ts'
import type { Incident } from '../incident/incident.ts'
import { actionsCard } from '../incident/postmortem.ts'
import { lookerOf } from '../remedy/remedies.ts'
import type { Channels } from '../settings.ts'

/** Hands effects to the queues of those who perform them. What a queue does not take, the sweep hands over again. */
export interface Outboxes {
  hand(incident: Incident, due: readonly PendingEffect[]): Promise<void>
}

/** A queue message only points at the effect; what there is to do is read from the incident when its turn comes. */
export const EffectPointer = z.object({
  service: z.string().min(1),
  incident: z.string().min(1),
  effect: z.string().min(1),
  attempt: z.int(),
})
export type EffectPointer = z.output<typeof EffectPointer>

export type QueueName = 'sender' | 'evidence' | 'worker' | 'remedy' | 'mailer'

/** Which queue, and which effects wait for each other in it. Nothing for what the sweep does itself. */
export function routeOf(
  effect: Effect,
  incident: Incident,
  channels: Channels,
): { queue: QueueName; group: string } | undefined {
  switch (effect.kind) {
    case 'show':
      // Edits have a pace of their own and never hold up a new message.
      return { queue: 'sender', group: incident.message ? 'edits' : channels.alerts }
    case 'reply':
    case 'post-draft':
      return { queue: 'sender', group: channels.alerts }
    case 'page':
      return { queue: 'sender', group: effect.level === 2 ? channels.dev : channels.incidents }
    case 'show-card':
    case 'ask-again': {
      const card = cardOf(incident, effect.card)
      // Like the edits of the root message, those of a card hold up nobody.
      if (effect.kind === 'show-card' && card?.message) return { queue: 'sender', group: 'edits' }
      return { queue: 'sender', group: card?.to ?? placeOf(effect.card, channels) }
    }
    case 'find-managers':
      return { queue: 'sender', group: 'find-managers' }
    case 'read-evidence':
    case 'verify-remedies':
      return { queue: 'evidence', group: incident.service }
    case 'fill-modal':
      return { queue: 'evidence', group: effect.viewId }
    case 'fill-remedy-modal':
      // What the worker looks at is proven by it, and planned without it.
      return { queue: lookerOf(effect.name) === 'remedy' ? 'remedy' : 'evidence', group: effect.viewId }
    case 'start-rollback':
    case 'check-deployment':
    case 'move-alias':
    case 'verify-rollback':
      return { queue: 'worker', group: effect.role }
    case 'apply-remedy':
    case 'undo-remedy':
      return { queue: 'remedy', group: effect.write.target }
    case 'verify-keys':
      return { queue: 'remedy', group: incident.service }
    case 'verify-maintenance':
      return { queue: 'worker', group: 'api' }
    case 'show-key':
      return { queue: 'remedy', group: effect.viewId }
    case 'mail':
      return { queue: 'mailer', group: effect.audience }
    case 'archive':
      return undefined
    default:
      return effect satisfies never
  }
}

/** The channel of a card that is no direct message. */
export function placeOf(card: string, channels: Channels): string {
  if (card === actionsCard) return channels.alerts
  return card === 'developers' ? channels.dev : channels.incidents
}

/** SQS takes 128 plain characters. What is longer, or in another alphabet, is told apart by its digest. */
const sqsId = (text: string): string =>
  /^[\w.-]{1,128}$/.test(text) ? text : createHash('sha256').update(text).digest('hex')

/** Puts a pointer into its group of a queue; an echo of the same attempt is dropped there. `of` is the id of the record. */
export async function sendPointer(
  { client, log }: { client: SQSClient; log: Log },
  { url, group, of }: { url: string; group: string; of: string },
  pointer: { effect: string; attempt: number },
): Promise<void> {
  const message = new SendMessageCommand({
    QueueUrl: url,
    MessageBody: JSON.stringify(pointer),
    MessageGroupId: sqsId(group),
    MessageDeduplicationId: sqsId(`${of}_${pointer.effect}_${pointer.attempt}`),
  })
  try {
    await client.send(message)
  } catch (error) {
    // What is saved will happen, and one queue in trouble does not keep the others from theirs.
    log.error('an effect waits for the sweep to hand it over', { ...pointer, error: describeError(error) })
  }
}

export function createOutboxes(
  client: SQSClient,
  urls: Record<QueueName, string>,
  channels: Channels,
  log: Log,
): Outboxes {
  return {
    hand: async (incident, due) => {
      for (const { id, effect, attempt } of due) {
        const route = routeOf(effect, incident, channels)
        if (!route) continue
        const pointer: EffectPointer = { service: incident.service, incident: incident.id, effect: id, attempt }
        await sendPointer({ client, log }, { url: urls[route.queue], group: route.group, of: incident.id }, pointer)
      }
    },
  }
}
