import * as z from 'zod'
import { ReportKind } from '../../common/incident-record.ts'

export { ReportKind }

const longestText = 500

/** What somebody has reported, in their own words. It stands until a person resolves the incident. */
export const Report = z.object({
  kind: ReportKind,
  by: z.string(),
  at: z.iso.datetime(),
  /** Of the kind `other` it is one line, which names the incident. */
  text: z.string().transform((text) => text.slice(0, longestText)),
  /** How grave the person says it is; absent where the kind says so. */
  severity: z.enum(['Critical', 'High', 'Medium', 'Low']).optional(),
  /** The submission that reported it, so that one told twice counts once. */
  press: z.string(),
})
export type Report = z.output<typeof Report>

/** The service whose incident a report is about; keys are looked after by themselves, and so is what has no other place. */
export type ReportedService = 'api' | 'updater' | 'table' | 'api-keys' | 'other' | 'drill'

/** Reports that one incident keeps; the timeline counts the rest. */
export const mostReports = 10

/** What an API client could be harmed by at once is graver than what it can live with for an hour. */
const severityOfKind = {
  'leaked-key': 'High',
  'wrong-data': 'High',
  security: 'Critical',
  other: 'High',
  drill: 'High',
} as const satisfies Record<ReportKind, Report['severity']>

export const severityOf = ({ kind, severity }: Pick<Report, 'kind' | 'severity'>): NonNullable<Report['severity']> =>
  severity ?? severityOfKind[kind]

/** These are kept apart from the rest: they are recorded as security incidents, and no public page tells of them. */
export const isSecurity = (kind: ReportKind): boolean => kind === 'leaked-key' || kind === 'security'
