import * as z from 'zod'
import { RemedyName } from '../remedy/remedies.ts'
import { NotYet, PlanRefusal, type Seen, Shows, Subject, Value } from '../remedy/remedy.ts'
import { Write } from '../remedy/write.ts'

export const RemedyStatus = z.enum(['asked', 'applied', 'proven', 'not-proven', 'failed', 'overtaken', 'undone'])
export type RemedyStatus = z.output<typeof RemedyStatus>

/** Why a change that somebody asked for was not made. */
export const RemedyRefusal = z.enum([...PlanRefusal.options, 'changed-meanwhile', 'aws-refused', 'no-answer'])
export type RemedyRefusal = z.output<typeof RemedyRefusal>

/** What a remedy has made, never with its secret. */
export const Made = z.object({ id: z.string(), name: z.string() })
export type Made = z.output<typeof Made>

/** Somebody's press, and when. */
const Pressed = z.object({ by: z.string(), at: z.iso.datetime(), press: z.string() })

/**
 * One remedy of an incident: who asked for what, how far it is, what it proved. There is one of each name at most, and
 * where it is about one of several things, one for each.
 */
export const RemedyRecord = z.object({
  name: RemedyName,
  subject: Subject.optional(),
  status: RemedyStatus,
  by: z.string(),
  at: z.iso.datetime(),
  /** The press that asked for it, so that one told twice asks once. */
  press: z.string(),
  /** What counted before and what counts with it. */
  from: Value,
  to: Value,
  write: Write,
  made: Made.optional(),
  /** Set when the secret of what was made has been shown to the person who asked for it. */
  shown: Pressed.optional(),
  appliedAt: z.iso.datetime().optional(),
  /** Moments of the updates seen since it was applied, oldest first; the last few. */
  updates: z.array(z.iso.datetime()),
  shows: Shows.optional(),
  /** What is missing for the proof, as far as was looked. */
  missing: NotYet.optional(),
  why: RemedyRefusal.optional(),
  /** Set while somebody's undo is on its way. */
  undo: Pressed.optional(),
  undone: Pressed.optional(),
  /** Whether prices are answered again after maintenance mode was lifted. */
  answersAgain: z.enum(['waits', 'proven', 'not-proven']).optional(),
  /** What a person has put there instead, where it is known. */
  now: Value.optional(),
})
export type RemedyRecord = z.output<typeof RemedyRecord>

export const Direction = z.enum(['apply', 'undo'])
export type Direction = z.output<typeof Direction>

/** What a person confirmed in the modal. */
export interface RemedyAsk {
  press: string
  name: RemedyName
  subject?: Subject
  /** What the modal showed; an undo takes it from the record. */
  plan?: { from: Value; to: Value; write: Write }
  direction: Direction
}

/** What a performer found, as one value. */
export type RemedyResult =
  | { is: 'changed'; made?: Made }
  | { is: 'refused'; why: RemedyRefusal; now?: Value; message?: string }
  /** `at`: when the look began, so that what was written meanwhile is not judged by it. */
  | { is: 'seen'; at: string; seen: Seen }

const about = { name: RemedyName, subject: z.string().optional(), from: Value, to: Value }

/** What the thread is told of a remedy, as facts. */
export const RemedySay = z.discriminatedUnion('what', [
  z.object({ what: z.literal('asked'), by: z.string(), direction: Direction, ...about }),
  z.object({ what: z.literal('applied'), ...about }),
  z.object({
    what: z.literal('refused'),
    by: z.string(),
    direction: Direction,
    why: RemedyRefusal,
    now: Value.optional(),
    message: z.string().optional(),
    ...about,
  }),
  z.object({ what: z.literal('proven'), shows: Shows, minutes: z.number(), ...about }),
  z.object({ what: z.literal('not-proven'), because: NotYet, minutes: z.number(), ...about }),
  /** A person has put something else there since. */
  z.object({ what: z.literal('overtaken'), now: Value.optional(), ...about }),
  z.object({ what: z.literal('undone'), by: z.string(), ...about }),
  /** After maintenance mode was lifted. */
  z.object({
    what: z.literal('answers-again'),
    is: z.enum(['proven', 'not-proven']),
    minutes: z.number(),
    ...about,
  }),
])
export type RemedySay = z.output<typeof RemedySay>

const lasting: readonly RemedyStatus[] = ['applied', 'proven', 'not-proven']

/** It has changed something that has not been taken back. */
export const isInForce = ({ status }: RemedyRecord): boolean => lasting.includes(status)

/** A change of it is on its way. */
export const isChanging = ({ status, undo }: RemedyRecord): boolean => status === 'asked' || undo !== undefined

/** Its change or its proof is outstanding; both end after a stated time. */
export const isOutstanding = (remedy: RemedyRecord): boolean =>
  isChanging(remedy) || remedy.status === 'applied' || remedy.answersAgain === 'waits'
