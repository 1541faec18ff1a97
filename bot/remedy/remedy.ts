import * as z from 'zod'
import type { Write } from './write.ts'

/** A value that a remedy changes, as it is stored and told. */
export const Value = z.union([z.string(), z.number()])
export type Value = z.output<typeof Value>

/** The one thing of several that a remedy is about: an API key, by its id and its name. */
export const Subject = z.object({ id: z.string().min(1).max(60), label: z.string().max(60) })
export type Subject = z.output<typeof Subject>

/** An API key as the gateway lists it, never with its value. */
export interface KeySeen {
  id: string
  name: string
  enabled: boolean
}

/** What can be seen of the world. A part that could not be read is absent. */
export interface Seen {
  /** The settings item as it stands; empty where there is none. */
  settings?: Readonly<Record<string, unknown>>
  /** The newest update of each currency, and who was asked for it. */
  updates?: readonly { at: string; source: string }[]
  /** The keys that remedies are about. */
  keys?: readonly KeySeen[]
  /** What the gateway answered when it was asked with a key, by the key's id. */
  gateway?: Readonly<Record<string, 'takes' | 'refuses'>>
  /** How many calls of the API function may run at a time; `reserved` is absent where nothing is reserved for it. */
  concurrency?: { function: string; reserved?: number; unreserved: number }
  /** How many calls of the API function were refused for it in each step of some minutes, oldest first. */
  throttles?: readonly { at: string; count: number }[]
  /** What the API answers to a request for a price: that it is in maintenance, and until when; a price; or neither. */
  api?: { is: 'maintenance'; until?: string } | { is: 'prices' } | { is: 'neither' }
}

export const PlanRefusal = z.enum(['already-so', 'settings-unreadable', 'keys-unreadable', 'none-reserved', 'no-room'])
export type PlanRefusal = z.output<typeof PlanRefusal>

export type Plan =
  /** `from` is what counts now, a default included; what is stored is what the write expects. */
  { possible: true; from: Value; to: Value; write: Write } | { possible: false; why: PlanRefusal; now?: Value }

/** What a remedy was applied to. */
export interface AppliedTo {
  subject?: Subject | undefined
  /** What was made by it. */
  made?: { id: string; name: string } | undefined
}

/** What a person has asked for besides the remedy itself. */
export interface AskedFor {
  at: string
  /** How long it is expected to last. */
  minutes: number
  /** The incident that customers are told of it; absent where they must not be. */
  incident?: string
}

/** A remedy that has been applied, and the moments of the updates seen since, oldest first. */
export interface Applied extends AppliedTo {
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

export const NotYet = z.enum([
  'not-readable',
  'no-update',
  'one-update',
  'too-often',
  'no-price-of-it',
  'still-takes-it',
  'still-refuses-it',
  'still-throttled',
  'still-answers',
])
export type NotYet = z.output<typeof NotYet>

export type Verification = { is: 'proven'; shows: Shows } | { is: 'not-yet'; because: NotYet }

/** Something that eases an incident without a deployment: planned, applied, proven and undone the same way every time. */
export interface Remedy<Name extends string = string> {
  name: Name
  /** The listed alarms that it helps against. */
  offeredFor: readonly string[]
  /**
   * What it is about: one thing of the service; a key that a person picks in the modal; or a key that this incident has
   * disabled.
   */
  about: 'service' | 'picked-key' | 'disabled-key'
  /** What it is planned from and proven by. */
  reads: 'settings' | 'concurrency' | 'keys' | 'api'
  /** Who has to approve it. The menu of the incident offers it to nobody then, only its undo. */
  approvedBy?: 'managers'
  plan(seen: Seen, subject?: Subject, asked?: AskedFor): Plan
  /** What counts now, to notice that a person has changed it since; undefined when it cannot be read. */
  now(seen: Seen, applied: AppliedTo & { to?: Value }): Value | undefined
  /** Milliseconds after which what is not proven counts as not proven. */
  provenWithin: number
  verify(applied: Applied, seen: Seen): Verification
}
