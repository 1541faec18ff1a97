import * as z from 'zod'
import { RemedySay } from './remedy.ts'
import { ReportKind } from './report.ts'

const role = z.enum(['api', 'updater'])

/** Why a rollback that somebody asked for did not begin or could not go on. */
export const RollbackRefusal = z.enum([
  'no-function',
  'evidence-missing',
  'no-previous-version',
  'already-undone',
  'deployment-unlikely',
  'target-missing',
  'equals-current',
  'rollback-running',
  'alarm-clear',
  'already-resolved',
  'alias-moved',
  'function-busy',
  'aws-refused',
  'took-too-long',
])
export type RollbackRefusal = z.output<typeof RollbackRefusal>

/** Numbers that prove, or fail to prove, that a rollback helped. */
export const Proof = z.object({
  alarm: z.string(),
  before: z.number().optional(),
  after: z.number().optional(),
  requests: z.number(),
  /** The numbers could not be read; 0 requests then means nothing. */
  unread: z.literal(true).optional(),
  /** Milliseconds from the move of the alias to the alarm's OK. */
  alarmOkAfter: z.number().optional(),
  aliasReadBack: z.boolean(),
  priceAnswered: z.boolean(),
})
export type Proof = z.output<typeof Proof>

/**
 * What the bot has to say in a thread, as facts. The sentence is made when it is sent, in the
 * language of the reader.
 */
export const Say = z.discriminatedUnion('say', [
  z.object({
    say: z.literal('alarm-joined'),
    alarm: z.string(),
    reason: z.string(),
    /** It made the incident graver, so somebody has to be woken. */
    graver: z.boolean().optional(),
    /** It only follows from the incident, and why: it needs nothing of its own. */
    follows: z.enum(['prices-too-old', 'maintenance-mode']).optional(),
  }),
  /** It rings without its cause, and the incident of service `to` has it. */
  z.object({ say: z.literal('alarm-moved'), alarm: z.string(), to: z.string() }),
  z.object({ say: z.literal('reported'), kind: ReportKind, by: z.string(), text: z.string() }),
  /** One more customer has told of it; `count` with this one. */
  z.object({ say: z.literal('customer-reported'), by: z.string(), count: z.int().positive() }),
  z.object({ say: z.literal('step'), text: z.string(), by: z.string(), done: z.boolean() }),
  z.object({ say: z.literal('acknowledged'), by: z.string() }),
  /** `from`: who had it until then. */
  z.object({ say: z.literal('taken-over'), by: z.string(), from: z.string().optional() }),
  z.object({ say: z.literal('still-on-it'), by: z.string() }),
  /** The owner has not been heard of for so many minutes; the last reminder asks somebody else as well. */
  z.object({ say: z.literal('reminder'), owner: z.string(), minutes: z.int(), isLast: z.boolean() }),
  z.object({ say: z.literal('held'), by: z.string(), until: z.iso.datetime(), reason: z.string() }),
  z.object({
    say: z.literal('escalated'),
    level: z.int(),
    why: z.string(),
    by: z.string().optional(),
    reason: z.string().optional(),
  }),
  z.object({ say: z.literal('rollback-asked'), by: z.string(), role, from: z.string(), to: z.string() }),
  z.object({
    say: z.literal('rollback-refused'),
    by: z.string(),
    why: RollbackRefusal,
    role,
    to: z.string(),
    now: z.string().optional(),
  }),
  z.object({ say: z.literal('deployment-stopping'), deployment: z.string(), own: z.boolean() }),
  z.object({ say: z.literal('alias-moved'), role, from: z.string(), to: z.string() }),
  z.object({
    say: z.literal('rollback-ended'),
    outcome: z.enum(['helped', 'did-not-help', 'not-proven']),
    by: z.string(),
    role,
    from: z.string(),
    to: z.string(),
    proof: Proof,
  }),
  z.object({
    say: z.literal('rollback-failed'),
    why: RollbackRefusal,
    message: z.string().optional(),
    role,
    to: z.string(),
    deployment: z.string().optional(),
  }),
  z.object({
    say: z.literal('automatic-rollback'),
    state: z.enum(['running', 'succeeded', 'failed']),
    deployment: z.string(),
    of: z.string(),
  }),
  z.object({ say: z.literal('remedy'), told: RemedySay }),
  /** The secret of a new key was shown, once; its name tells which. */
  z.object({ say: z.literal('key-shown'), by: z.string(), name: z.string() }),
  z.object({ say: z.literal('customers-told'), by: z.string(), en: z.string(), ja: z.string() }),
  z.object({ say: z.literal('recovering'), until: z.iso.datetime() }),
  z.object({ say: z.literal('resolved'), by: z.string().optional() }),
  z.object({ say: z.literal('reopened'), alarm: z.string() }),
  /** An action item was given to somebody. */
  z.object({
    say: z.literal('action-given'),
    by: z.string(),
    who: z.string(),
    text: z.string(),
    due: z.iso.date().optional(),
  }),
  /** One was added that nobody was given, or somebody says that one is done, or is not. */
  z.object({
    say: z.literal('action-item'),
    is: z.enum(['added', 'done', 'undone']),
    by: z.string(),
    text: z.string(),
    due: z.iso.date().optional(),
  }),
])
export type Say = z.output<typeof Say>
