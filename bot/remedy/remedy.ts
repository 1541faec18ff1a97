import * as z from 'zod'

/** A value that a remedy changes, as it is stored and told. */
export const Value = z.union([z.string(), z.number()])
export type Value = z.output<typeof Value>

/**
 * One change of one thing, with what undoes it in it: it is written only while `expect` still stands there. `null` is
 * nothing at all, where a default counts.
 */
export const Write = z.object({
  target: z.literal('settings'),
  field: z.enum(['updateEveryMinutes', 'cacheTtlMinutes', 'provider']),
  expect: Value.nullable(),
  write: Value.nullable(),
})
export type Write = z.output<typeof Write>
export type Target = Write['target']

/** What can be seen of the world. A part that could not be read is absent. */
export interface Seen {
  /** The settings item as it stands; empty where there is none. */
  settings?: Readonly<Record<string, unknown>>
  /** The newest update of each currency, and who was asked for it. */
  updates?: readonly { at: string; source: string }[]
}

export const PlanRefusal = z.enum(['already-so', 'settings-unreadable'])
export type PlanRefusal = z.output<typeof PlanRefusal>

export type Plan =
  /** `from` is what counts now, a default included; what is stored is what the write expects. */
  { possible: true; from: Value; to: Value; write: Write } | { possible: false; why: PlanRefusal; now?: Value }

/** A remedy that has been applied, and the moments of the updates seen since, oldest first. */
export interface Applied {
  at: string
  to: Value
  updates: readonly string[]
}

/** What a proof shows; each remedy tells what it has. */
export const Shows = z.object({
  minutesApart: z.number().optional(),
  value: Value.optional(),
  source: z.string().optional(),
})
export type Shows = z.output<typeof Shows>

export const NotYet = z.enum(['not-readable', 'no-update', 'one-update', 'too-often', 'no-price-of-it'])
export type NotYet = z.output<typeof NotYet>

export type Verification = { is: 'proven'; shows: Shows } | { is: 'not-yet'; because: NotYet }

/** Something that eases an incident without a deployment: planned, applied, proven and undone the same way every time. */
export interface Remedy<Name extends string = string> {
  name: Name
  /** The listed alarms that it helps against. */
  offeredFor: readonly string[]
  plan(seen: Seen): Plan
  /** What counts now, to notice that a person has changed it since; undefined when it cannot be read. */
  now(seen: Seen): Value | undefined
  /** Milliseconds after which what is not proven counts as not proven. */
  provenWithin: number
  verify(applied: Applied, seen: Seen): Verification
}

/** The write that takes another one back: what stood there before, unless it has been changed since. */
export const undoing = (done: Write): Write => ({ ...done, expect: done.write, write: done.expect })
