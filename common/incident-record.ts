import * as z from 'zod'

/** The part of the bot's record of an incident that the price API reads. The bot writes it, `bot/incident/incident.ts`. */
export const IncidentRecord = z.object({
  id: z.string(),
  service: z.string(),
  status: z.enum(['open', 'acknowledged', 'recovering', 'resolved']),
  severity: z.enum(['Critical', 'High', 'Medium', 'Low']),
  ringingSince: z.iso.datetime(),
  alarms: z.record(
    z.string(),
    z.object({
      listed: z.string().optional(),
      ringing: z.boolean(),
      severity: z.enum(['Critical', 'High', 'Medium', 'Low']),
      firedAt: z.iso.datetime().optional(),
      /** Set on an alarm that only follows from the incident. */
      consequence: z.unknown().optional(),
    }),
  ),
  resolved: z.object({ at: z.iso.datetime() }).optional(),
  timeline: z.array(z.object({ last: z.iso.datetime() })),
})
export type IncidentRecord = z.output<typeof IncidentRecord>

/** The services of the price service whose incidents concern its clients. */
export const priceServices = ['updater', 'api', 'table'] as const
