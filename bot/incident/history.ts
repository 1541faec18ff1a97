import * as z from 'zod'
import { RemedyName } from '../remedy/remedies.ts'
import { isDrill } from './drill.ts'
import type { Effect } from './effect.ts'
import { type Incident, Level, Severity } from './incident.ts'
import type { Postmortem } from './postmortem.ts'
import { ReportKind } from './report.ts'
import { RollbackStatus } from './rollback.ts'
import { leadAlarm } from './when-rollback-asked.ts'

/** An alarm as history names it: as in the alarm list where it is one of ours, so that stages and years compare. */
export const AlarmName = z.object({ name: z.string(), listed: z.string().optional() })
export type AlarmName = z.output<typeof AlarmName>

/**
 * What is kept of an incident that is over: enough to count with, and to find its message again. The whole record,
 * timeline included, stands under the incident's own key.
 */
export const HistoryEntry = z.object({
  id: z.string().min(1),
  service: z.string(),
  severity: Severity,
  /** What it was called by: the alarm that led it, or what a person had reported. */
  lead: AlarmName.optional(),
  report: ReportKind.optional(),
  openedAt: z.iso.datetime(),
  /** When somebody first took it. */
  acknowledgedAt: z.iso.datetime().optional(),
  /** The end for good: that after it last came back. */
  resolvedAt: z.iso.datetime(),
  reopened: z.int(),
  /** The highest level it reached. */
  level: Level,
  /** The loudest alarms, with how often each fired. */
  alarms: z.array(AlarmName.extend({ fired: z.int() })),
  rollback: RollbackStatus.optional(),
  /** Remedies that were applied, taken back or not. */
  remedies: z.array(RemedyName).optional(),
  message: z.object({ channel: z.string(), ts: z.string() }).optional(),
  /** Which save of the incident it was made from: the newer one counts. */
  revision: z.int(),
  /** Set when the maintenance mode was on in its course. */
  maintenance: z.boolean().optional(),
  /** An exercise. It counts in no number. */
  drill: z.boolean().optional(),
  postmortem: z.object({ at: z.iso.datetime(), by: z.string(), openActions: z.int(), actions: z.int() }).optional(),
})
export type HistoryEntry = z.output<typeof HistoryEntry>

/** Of a storm, the loudest are enough: the record has the rest. */
const mostAlarms = 5
/** In bytes, for it is their sum over a month that has a limit. */
const longestName = 80
const mostRemedies = 6

/** The entry of an incident; undefined as long as it is not over. */
export function historyEntry(incident: Incident): HistoryEntry | undefined {
  const { id, service, severity, openedAt, acknowledgedAt, resolved, reopened, escalation } = incident
  const { message, revision, postmortem } = incident
  if (incident.status !== 'resolved' || !resolved) return undefined
  const lead = leadAlarm(incident)
  const [report] = incident.reports ?? []
  const applied = (incident.remedies ?? []).filter((remedy) => remedy.appliedAt !== undefined).map(({ name }) => name)
  const remedies = [...new Set(applied)].slice(0, mostRemedies)
  return {
    id,
    service: short(service),
    severity,
    ...(lead && { lead: nameOf(lead) }),
    ...(report && { report: report.kind }),
    openedAt,
    ...(acknowledgedAt !== undefined && { acknowledgedAt }),
    resolvedAt: resolved.at,
    reopened,
    level: escalation.level,
    alarms: alarmsHeard(incident),
    ...(incident.rollback && { rollback: incident.rollback.status }),
    ...(remedies.length > 0 && { remedies }),
    ...(message && { message }),
    ...(isDrill(incident) && { drill: true }),
    revision,
    ...(remedies.includes('maintenance-mode') && { maintenance: true }),
    ...(postmortem && { postmortem: summaryOf(postmortem) }),
  }
}

const summaryOf = ({ at, by, actions }: Postmortem): NonNullable<HistoryEntry['postmortem']> => ({
  at,
  by,
  actions: actions.length,
  openActions: actions.filter(({ done }) => done === undefined).length,
})

const bytes = new TextEncoder()

function short(name: string): string {
  const { read } = bytes.encodeInto(name, new Uint8Array(longestName))
  return name.slice(0, read)
}

export const nameOf = ({ name, listed }: { name: string; listed?: string | undefined }): AlarmName =>
  listed === undefined ? { name: short(name) } : { name: listed, listed }

/** The loudest alarms of an incident. */
export const alarmsHeard = ({ alarms }: Pick<Incident, 'alarms'>): HistoryEntry['alarms'] =>
  Object.values(alarms)
    .filter(({ fired }) => fired > 0)
    .toSorted((a, b) => b.fired - a.fired || a.name.localeCompare(b.name))
    .slice(0, mostAlarms)
    .map((alarm) => ({ ...nameOf(alarm), fired: alarm.fired }))

/** What history tells of an incident has changed after its end: it is archived once more. */
export function archiveAgain(before: Incident | undefined, after: Incident): Effect[] {
  if (before?.id !== after.id) return []
  const [told, now] = [before, after].map(historyEntry)
  return told && now && JSON.stringify(told) !== JSON.stringify(now) ? [{ kind: 'archive' }] : []
}
