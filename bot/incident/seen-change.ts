import * as z from 'zod'
import { Value } from '../remedy/remedy.ts'
import { Commits } from './commits.ts'
import { LoggedChange, Role, SettingField } from './logged-change.ts'

/** Something that changed around an alarm: what the bot did, what was deployed, and what somebody did by hand. */
export const SeenChange = z.discriminatedUnion('what', [
  LoggedChange,
  z.object({
    what: z.literal('deployment'),
    role: Role,
    id: z.string(),
    at: z.iso.datetime(),
    status: z.string(),
    from: z.string().optional(),
    to: z.string().optional(),
    /** CodeDeploy made it by itself, to undo that one. */
    undoes: z.string().optional(),
    author: z.string().optional(),
    commit: z.string().optional(),
    subject: z.string().optional(),
    commits: Commits.optional(),
  }),
  /** A setting is not what the log wrote last. Nobody recorded when that happened. */
  z.object({ what: z.literal('by-hand'), field: SettingField, logged: Value.nullable(), now: Value.nullable() }),
])
export type SeenChange = z.output<typeof SeenChange>

/** How many an incident keeps. */
export const mostChanges = 8

export const SeenChanges = z.object({
  list: z.array(SeenChange).max(mostChanges),
  /** How many there were besides. */
  more: z.int(),
})
export type SeenChanges = z.output<typeof SeenChanges>

/** When it was made; undefined where nobody recorded it. */
export const momentOf = (change: SeenChange): string | undefined => (change.what === 'by-hand' ? undefined : change.at)
