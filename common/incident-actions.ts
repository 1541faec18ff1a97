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
  /** As in `update-less-often applied`. */
  remedies: z.array(z.string()).optional(),
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

/** The part of the bot's record of an incident that an audit reads. The bot writes it, `bot/incident/incident.ts`. */
export const AuditedIncident = z.object({
  id: z.string(),
  service: z.string(),
  openedAt: z.iso.datetime(),
  actions: z.array(Action).optional(),
  /** Actions that the record had no room for, from the middle. */
  actionsLeftOut: z.int().optional(),
})
export type AuditedIncident = z.output<typeof AuditedIncident>
