import { cardKindOf, cardOf } from '../../bot/incident/cards.ts'
import type { PendingEffect } from '../../bot/incident/effect.ts'
import type { Outcome } from '../../bot/incident/event.ts'
import type { Incident } from '../../bot/incident/incident.ts'
import type { RemedyResult } from '../../bot/incident/remedy.ts'
import type { RollbackResult } from '../../bot/incident/rollback.ts'
import type { Seen } from '../../bot/remedy/remedy.ts'
import { minutes, plus } from '../../common/time.ts'
import { deployment, functionEvidence } from './incident-builders.ts'

export const nth = <T>(items: readonly T[], pick: number): T => items[pick % items.length] as T
export const people = ['U1', 'U2', 'U3']
export const long = 'うまくいかない理由 and a long reason '.repeat(60)

export const results: Record<
  'start-rollback' | 'check-deployment' | 'move-alias' | 'verify-rollback',
  RollbackResult[]
> = {
  'start-rollback': [
    { is: 'clear', from: '42', aliasRevision: 'r42' },
    { is: 'clear', from: '42', aliasRevision: 'r42' },
    { is: 'stop-asked', deployment: 'd-42', own: false },
    { is: 'refused', why: 'function-busy' },
    { is: 'refused', why: 'aws-refused', message: long },
  ],
  'check-deployment': [
    { is: 'still-running' },
    { is: 'ended', aliasRevision: 'r43' },
    { is: 'refused', why: 'aws-refused' },
  ],
  'move-alias': [
    { is: 'moved', from: '42' },
    { is: 'moved', from: '42' },
    { is: 'refused', why: 'alias-moved', now: '43' },
    { is: 'refused', why: 'aws-refused', message: long },
  ],
  'verify-rollback': [
    { is: 'checked', aliasReadBack: true, priceAnswered: true, requests: 0 },
    { is: 'checked', aliasReadBack: true, priceAnswered: true, value: 20, requests: 400 },
    { is: 'checked', aliasReadBack: false, priceAnswered: false, requests: 3 },
    { is: 'checked', aliasReadBack: true, priceAnswered: true, value: 0.1, requests: 400 },
  ],
}

const remedyResults: RemedyResult[] = [
  { is: 'changed' },
  { is: 'changed' },
  { is: 'changed' },
  { is: 'refused', why: 'no-answer' },
  { is: 'refused', why: 'already-so' },
  { is: 'refused', why: 'aws-refused', message: long },
]
const apiSeen: Seen[] = [{ api: { is: 'maintenance' } }, { api: { is: 'prices' } }, { api: { is: 'neither' } }, {}]

export function outcomeOf(incident: Incident, { effect }: PendingEffect, now: string, pick: number): Outcome {
  switch (effect.kind) {
    case 'show':
      return { is: 'shown', channel: 'C1', ts: '1.1', look: incident.look - (pick % 2) }
    case 'page':
      return { is: 'card-shown', card: cardKindOf(effect.level), channel: 'C2', ts: '1.2', look: pick % 2 }
    case 'show-card': {
      const look = cardOf(incident, effect.card)?.look ?? 0
      return { is: 'card-shown', card: effect.card, channel: 'C3', ts: '1.3', look: look - (pick % 2) }
    }
    case 'find-managers':
      return { is: 'people', users: people }
    case 'post-draft':
      return { is: 'draft-posted', part: effect.part, parts: 3 }
    case 'read-evidence':
      return evidenceAt(now, pick)
    case 'start-rollback':
    case 'check-deployment':
    case 'move-alias':
    case 'verify-rollback':
      return { is: 'rollback', result: nth(results[effect.kind], pick) }
    case 'apply-remedy':
    case 'undo-remedy':
      return { is: 'remedy', result: nth(remedyResults, pick) }
    case 'verify-maintenance':
      return { is: 'remedy', result: { is: 'seen', at: now, seen: nth(apiSeen, pick) } }
    default:
      return { is: 'done' }
  }
}

export function evidenceAt(now: string, pick: number): Outcome {
  const status = nth(['InProgress', 'Succeeded', 'Failed'], pick)
  const undo = deployment(`d-${pick % 7}`, '42', '41', now, { undoes: 'd-42', status })
  const deployments = pick % 5 === 0 ? [undo] : Array.from({ length: 10 }, () => deployment('d-42', '41', '42', now))
  const versions = Array.from({ length: 10 }, (_, n) => ({ version: `${42 - n}`, subject: long.slice(0, 200) }))
  return {
    is: 'evidence',
    evidence: {
      readAt: now,
      functions: { api: functionEvidence({ deployments, versions }) },
      readings: ['LambdaErrorAlarm', 'ApiGateway5xxAlarm'].map((alarm) => ({
        alarm,
        value: pick % 30,
        requests: 100,
        at: now,
      })),
      // Mostly too old to be served, sometimes young, sometimes not readable.
      ...(pick % 4 !== 0 && {
        prices: [{ currency: 'usd', updatedAt: plus(now, -minutes(nth([70, 90, 2], pick))), readAt: now }],
      }),
      missing: [{ part: 'metrics', because: long.slice(0, 200) }],
    },
  }
}
