import * as z from 'zod'
import { RemedyName } from '../remedy/remedies.ts'
import { Subject } from '../remedy/remedy.ts'
import { Write } from '../remedy/write.ts'
import { Mail } from './mail.ts'
import { Waiting } from './outbox.ts'
import { Direction } from './remedy.ts'
import { Say } from './say.ts'

const role = z.enum(['api', 'updater'])

/** Something to do in the world, as data. Who does it: Slack → sender, reading AWS → evidence, changing AWS → worker, changing settings → remedy, mail → mailer. */
export const Effect = z.discriminatedUnion('kind', [
  /** Draw the root message from the latest state: post it, or edit what was posted. */
  z.object({ kind: z.literal('show') }),
  /** Say something in the thread of the root message. */
  z.object({ kind: z.literal('reply'), say: Say }),
  /** A new message that mentions the people of a level, because an edit wakes nobody. */
  z.object({
    kind: z.literal('page'),
    level: z.union([z.literal(2), z.literal(3)]),
    why: z.string(),
    by: z.string().optional(),
    reason: z.string().optional(),
    /** When the step up was decided: office hours are judged by it. */
    at: z.iso.datetime(),
  }),
  /** Draw a card of the incident from the latest state: post it, or edit what was posted. */
  z.object({ kind: z.literal('show-card'), card: z.string() }),
  /** Look up who belongs to management, because each of them gets a card of their own. */
  z.object({ kind: z.literal('find-managers') }),
  /** Say under a card of management that an answer is still awaited: a new message, because an edit wakes nobody. */
  z.object({ kind: z.literal('ask-again'), card: z.string() }),
  /** Post one part of the postmortem's draft into the thread, counted from 1. */
  z.object({ kind: z.literal('post-draft'), part: z.int().positive() }),
  z.object({ kind: z.literal('read-evidence') }),
  /** Fill the rollback modal that a person has just opened. */
  z.object({ kind: z.literal('fill-modal'), viewId: z.string(), hash: z.string(), user: z.string(), role }),
  /** Check alias and target, and stop a deployment that is under way. */
  z.object({ kind: z.literal('start-rollback'), role, to: z.string(), aliasRevision: z.string(), askedAt: z.string() }),
  /** Ask whether the deployment has ended. */
  z.object({ kind: z.literal('check-deployment'), role, deployment: z.string() }),
  z.object({ kind: z.literal('move-alias'), role, from: z.string(), to: z.string(), aliasRevision: z.string() }),
  z.object({ kind: z.literal('verify-rollback'), role, to: z.string(), alarm: z.string(), since: z.string() }),
  /** Fill the modal of a remedy that a person has just opened. */
  z.object({
    kind: z.literal('fill-remedy-modal'),
    viewId: z.string(),
    hash: z.string(),
    user: z.string(),
    name: RemedyName,
    direction: Direction,
    subject: Subject.optional(),
  }),
  z.object({ kind: z.literal('apply-remedy'), name: RemedyName, press: z.string(), write: Write }),
  z.object({ kind: z.literal('undo-remedy'), name: RemedyName, press: z.string(), write: Write }),
  /** Look for the proof of every remedy that waits for its own. */
  z.object({ kind: z.literal('verify-remedies') }),
  /** The same for remedies on API keys, which only their own performer may read. */
  z.object({ kind: z.literal('verify-keys') }),
  /** The same for maintenance mode: the API itself is asked, which only the worker may. */
  z.object({ kind: z.literal('verify-maintenance') }),
  /** Show the secret of a new key to the person who asked for it, in the modal that this person has open. */
  z.object({
    kind: z.literal('show-key'),
    key: z.string(),
    name: z.string(),
    viewId: z.string(),
    hash: z.string(),
    user: z.string(),
  }),
  Mail,
  /** Copy the finished incident to its own key. */
  z.object({ kind: z.literal('archive') }),
])
export type Effect = z.output<typeof Effect>
export type EffectKind = Effect['kind']

/** An effect of an incident that is not known to be done. */
export const PendingEffect = Waiting.extend({ effect: Effect })
export type PendingEffect = z.output<typeof PendingEffect>

/** Only the latest of these counts, so one waiting is enough. */
const coalescing: readonly EffectKind[] = [
  'show',
  'show-card',
  'ask-again',
  'find-managers',
  'read-evidence',
  'check-deployment',
  'verify-rollback',
  'verify-remedies',
  'verify-keys',
  'verify-maintenance',
  'archive',
]

/** Whether `waiting` does all that `effect` would do. */
export const covers = (waiting: Effect, effect: Effect): boolean =>
  waiting.kind === effect.kind &&
  coalescing.includes(effect.kind) &&
  (!('card' in waiting) || !('card' in effect) || waiting.card === effect.card)
