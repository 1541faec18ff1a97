import * as z from 'zod'

/** How an incident stands, as far as somebody can change it. What is absent is not so. */
export const Standing = z.object({
  status: z.string(),
  severity: z.string(),
  owner: z.string().optional(),
  level: z.int(),
  heldUntil: z.string().optional(),
  /** As in `verifying v42 → v41`. */
  rollback: z.string().optional(),
  /** As in `update-less-often applied`, with `undo-asked` while it is taken back and `shown` once a new key was seen. */
  remedies: z.array(z.string()).optional(),
  /** Reminders in a row to an owner who is silent. */
  reminders: z.int().optional(),
  /** What people have told that no alarm saw. */
  reports: z.int().optional(),
  /** Steps of the runbook that somebody says are done. */
  stepsDone: z.int().optional(),
  /** How many customers have told of it. */
  complaints: z.int().optional(),
  /** What customers are told in English, clipped, and since when. */
  customersTold: z.string().optional(),
  customersToldAt: z.string().optional(),
  /** When the postmortem was asked for last. */
  postmortemAskedAt: z.string().optional(),
  /** As in `1 of 3 done`. */
  actionItems: z.string().optional(),
})
export type Standing = z.output<typeof Standing>

/** Who did what to an incident, with how it stood before and after. */
export const Action = z.object({
  at: z.iso.datetime(),
  /** A Slack user id; `bot` for what is due by itself; `aws` for what an alarm or a performer reported. */
  by: z.string(),
  /** The name of the event, as in `acknowledged`. */
  did: z.string(),
  /** The reason, the version, the step: in a person's words, or as AWS has it. Clipped. */
  about: z.string().optional(),
  /** Only what is different; the first action of an incident has no before. */
  before: Standing.partial().optional(),
  after: Standing.partial().optional(),
})
export type Action = z.output<typeof Action>

/** How many actions a record keeps, of its beginning and of its end; how many are missing between them is counted. */
export const keptActions = { atStart: 10, atEnd: 25 } as const

/** The part of the bot's record of an incident that an audit reads. The bot writes it, `bot/incident/incident.ts`. */
export const AuditedIncident = z.object({
  id: z.string(),
  service: z.string(),
  openedAt: z.iso.datetime(),
  /** Counts saves: of two copies the larger is the newer. */
  revision: z.int(),
  actions: z.array(Action).optional(),
  /** Actions that the record had no room for, from the middle. */
  actionsLeftOut: z.int().optional(),
})
export type AuditedIncident = z.output<typeof AuditedIncident>

/** The part of an entry of the history that tells an audit which incidents to read. `bot/incident/history.ts` makes it. */
export const AuditedEntry = z.object({
  id: z.string(),
  openedAt: z.iso.datetime(),
  resolvedAt: z.iso.datetime(),
  rollback: z.string().optional(),
  remedies: z.array(z.string()).optional(),
  postmortem: z.object({ at: z.iso.datetime() }).optional(),
})
export type AuditedEntry = z.output<typeof AuditedEntry>
