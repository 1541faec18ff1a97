import * as z from 'zod'

/** What no alarm can see and a person reports. */
export const ReportKind = z.enum(['leaked-key', 'wrong-data', 'security'])
export type ReportKind = z.output<typeof ReportKind>

const longestText = 500

/** What somebody has reported, in their own words. It stands until a person resolves the incident. */
export const Report = z.object({
  kind: ReportKind,
  by: z.string(),
  at: z.iso.datetime(),
  text: z.string().transform((text) => text.slice(0, longestText)),
  /** The submission that reported it, so that one told twice counts once. */
  press: z.string(),
})
export type Report = z.output<typeof Report>

/** The service whose incident a report is about; keys are looked after by themselves. */
export type ReportedService = 'api' | 'updater' | 'api-keys'

/** Reports that one incident keeps; the timeline counts the rest. */
export const mostReports = 10

/** What an API client could be harmed by at once is graver than what it can live with for an hour. */
export const severityOf: Record<ReportKind, 'Critical' | 'High'> = {
  'leaked-key': 'High',
  'wrong-data': 'High',
  security: 'Critical',
}

/** These are kept apart from the rest: they are recorded as security incidents, and no public page tells of them. */
export const isSecurity = (kind: ReportKind): boolean => kind !== 'wrong-data'
