import * as z from 'zod'
import { Value } from '../remedy/remedy.ts'
import { Commits } from './commits.ts'

const made = {
  /** The press or the effect that made it: written twice, it is one entry. */
  id: z.string().min(1),
  at: z.iso.datetime(),
  /** A Slack user id. */
  by: z.string().optional(),
  /** In which incident. */
  incident: z.string(),
}

export const Role = z.enum(['api', 'updater'])
export type Role = z.output<typeof Role>

/** The settings of the price service that can be changed while it runs, by their fields. */
export const SettingField = z.enum(['updateEveryMinutes', 'cacheTtlMinutes', 'provider', 'maintenance'])
export type SettingField = z.output<typeof SettingField>

/**
 * A change that the bot itself has made, as the change log keeps it. A new kind is a member here, a case in
 * `changeOfRemedy`, its sentence, and a case in `concerns`: a reader that does not know it yet skips it.
 */
export const LoggedChange = z.discriminatedUnion('what', [
  /** `null` is nothing stored, where the default counts. */
  z.object({
    what: z.literal('setting'),
    ...made,
    field: SettingField,
    from: Value.nullable(),
    to: Value.nullable(),
  }),
  /** A rollback has moved `live`. */
  z.object({
    what: z.literal('alias'),
    ...made,
    role: Role,
    from: z.string(),
    to: z.string(),
    /** Not in the log: whoever reads it and knows the versions adds it. */
    commits: Commits.optional(),
  }),
  /** An API key, by its id and its name and never by its value. `none` is one that did not exist. */
  z.object({
    what: z.literal('key'),
    ...made,
    key: z.string(),
    name: z.string().optional(),
    from: z.enum(['enabled', 'disabled', 'none']),
    to: z.enum(['enabled', 'disabled']),
  }),
  /** How many calls of the API may run at a time. */
  z.object({ what: z.literal('concurrency'), ...made, role: Role, from: z.number(), to: z.number() }),
])
export type LoggedChange = z.output<typeof LoggedChange>

const longest = 100

/** Values as the log keeps them: a text that somebody stored by hand may have any length. */
export const clippedText = (text: string): string => text.slice(0, longest)

export const clippedValue = (value: Value | null): Value | null =>
  typeof value === 'string' ? clippedText(value) : value
