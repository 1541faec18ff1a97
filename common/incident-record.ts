import * as z from 'zod'

/** What a person reports that no alarm saw. A drill is a report too: a person says that it begins. */
export const ReportKind = z.enum(['leaked-key', 'wrong-data', 'security', 'other', 'drill'])
export type ReportKind = z.output<typeof ReportKind>

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
      clearedAt: z.iso.datetime().optional(),
      /** Set on an alarm that only follows from the incident. */
      consequence: z.unknown().optional(),
    }),
  ),
  /** What people have told; the first one names an incident without alarms. */
  reports: z.array(z.object({ kind: ReportKind })).optional(),
  /** What customers are told of it, in both languages. What cannot be understood hides neither the incident nor the rest. */
  notice: z
    .object({ en: z.string().min(1), ja: z.string().min(1), at: z.iso.datetime() })
    .optional()
    .catch(undefined),
  resolved: z.object({ at: z.iso.datetime() }).optional(),
  timeline: z.array(z.object({ last: z.iso.datetime() })),
})
export type IncidentRecord = z.output<typeof IncidentRecord>

/** The services of the price service whose incidents concern its clients. */
export const priceServices = ['updater', 'api', 'table'] as const

type AlarmOfIncident = IncidentRecord['alarms'][string]

/** The alarms that an incident is about: not what only follows from it, nor what was over before a report brought it back. */
export function alarmsOf({ alarms, reports, ringingSince }: IncidentRecord): AlarmOfIncident[] {
  const own = Object.values(alarms).filter(({ consequence }) => consequence === undefined)
  if (reports === undefined) return own
  return own.filter(({ ringing, clearedAt }) => ringing || clearedAt === undefined || clearedAt >= ringingSince)
}

/** What was reported first, where no alarm says what the incident is about. */
export const reportedOnly = (incident: IncidentRecord): ReportKind | undefined =>
  alarmsOf(incident).length === 0 ? incident.reports?.[0]?.kind : undefined

/**
 * A report of a leak or of a security problem is for whoever mends it; telling the public would tell those who use it.
 * A drill concerns nobody outside.
 */
export const isPublic = (incident: IncidentRecord): boolean => {
  const kind = reportedOnly(incident)
  return kind === undefined || kind === 'wrong-data' || kind === 'other'
}
