import * as z from 'zod'
import { isBefore, minutes, plus } from '../../common/time.ts'
import { isDrill } from '../incident/drill.ts'
import { AlarmName, alarmsHeard, type HistoryEntry, nameOf } from '../incident/history.ts'
import { gravity, type Incident, Severity } from '../incident/incident.ts'
import { ReportKind } from '../incident/report.ts'
import { bySeverity, loudest, measured } from '../incident/statistics.ts'
import { leadAlarm } from '../incident/when-rollback-asked.ts'

const Counts = z.object({ Critical: z.int(), High: z.int(), Medium: z.int(), Low: z.int() })

/** An incident that the digest names: what it is called, and where its message is. */
const Named = z.object({
  id: z.string(),
  service: z.string(),
  severity: Severity,
  openedAt: z.iso.datetime(),
  lead: AlarmName.optional(),
  report: ReportKind.optional(),
  message: z.object({ channel: z.string(), ts: z.string() }).optional(),
})
export type Named = z.output<typeof Named>

const Heard = z.object({ alarm: AlarmName, fired: z.int(), incidents: z.int() })
/** Milliseconds; absent where no incident tells it. */
const Times = z.object({ now: z.number().optional(), before: z.number().optional() })

/** All that the digest of a week is drawn from. The week is counted once and stays as it was counted. */
export const DigestFacts = z.object({
  kind: z.literal('digest'),
  /** The week in which it is posted, as in `2026-W48`; it tells of the seven days before. */
  week: z.string(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** Incidents that opened in these days, and in the seven days before them. */
  opened: Counts,
  openedBefore: Counts,
  /** MTTA and MTTR of these days, and of the four weeks before them. */
  acknowledged: Times,
  resolved: Times,
  loudest: z.array(Heard),
  /** Alarms of incidents of severity Low, which woke nobody. */
  low: z.array(Heard),
  lowLeftOut: z.int(),
  /** What was not over when it was counted, the gravest first. */
  open: z.array(Named),
  openLeftOut: z.int(),
  /** Postmortems with actions that are not done, the oldest first. */
  unfinished: z.array(Named.extend({ openActions: z.int(), actions: z.int() })),
  unfinishedLeftOut: z.int(),
  /** Incidents in which somebody rolled back, and how many of these rollbacks helped. */
  rolledBack: z.object({ of: z.int(), helped: z.int() }),
  drills: z.int(),
})
export type DigestFacts = z.output<typeof DigestFacts>

export interface DigestWeek {
  week: string
  from: string
  to: string
}

const aDay = minutes(24 * 60)
/** How far back a postmortem is looked for whose actions are not done. */
const historyDays = 90
const mostLoud = 5
const mostLow = 8
const mostNamed = 8

/** From when on history is needed for a digest. */
export const digestNeedsFrom = ({ to }: DigestWeek): string => plus(to, -historyDays * aDay)

/** Counts a week. `open` are the incidents that are not over; drills are counted as such and nowhere else. */
export function digestOf(
  { week, from, to }: DigestWeek,
  history: readonly HistoryEntry[],
  open: readonly Incident[],
): DigestFacts {
  const going = open.filter((incident) => incident.status !== 'resolved')
  // One that came back stands in the history with its first end.
  const over = history.filter(({ id }) => !going.some((incident) => incident.id === id))
  const real = over.filter(({ drill }) => drill !== true)
  const alive = going.filter((incident) => !isDrill(incident))
  const openedIn =
    (start: string, end: string) =>
    ({ openedAt }: { openedAt: string }) =>
      !isBefore(openedAt, start) && isBefore(openedAt, end)
  const ofWeek = openedIn(from, to)
  const all = [
    ...real.map(({ openedAt, severity, alarms }) => ({ openedAt, severity, alarms })),
    ...alive.map((incident) => ({
      openedAt: incident.openedAt,
      severity: incident.severity,
      alarms: alarmsHeard(incident),
    })),
  ]
  const [present, past] = [all.filter(ofWeek), all.filter(openedIn(plus(from, -7 * aDay), from))]
  const counted = (those: typeof all) =>
    bySeverity((severity) => those.filter((each) => each.severity === severity).length)
  const [now, before] = [measured(real.filter(ofWeek)), measured(real.filter(openedIn(plus(from, -28 * aDay), from)))]
  const low = loudest(present.filter(({ severity }) => severity === 'Low'))
  const gravest = alive.toSorted(
    (a, b) => gravity[b.severity] - gravity[a.severity] || a.openedAt.localeCompare(b.openedAt),
  )
  const unfinished = real
    .flatMap((entry) => (entry.postmortem && entry.postmortem.openActions > 0 ? [{ entry, ...entry.postmortem }] : []))
    .toSorted((a, b) => a.entry.openedAt.localeCompare(b.entry.openedAt))
  const rolledBack = real.filter(ofWeek).flatMap(({ rollback }) => rollback ?? [])
  const isDrillOfWeek = (each: { openedAt: string }, drill: boolean) => drill && ofWeek(each)
  return {
    kind: 'digest',
    week,
    from,
    to,
    opened: counted(present),
    openedBefore: counted(past),
    acknowledged: times(now.acknowledged?.mean, before.acknowledged?.mean),
    resolved: times(now.resolved?.mean, before.resolved?.mean),
    loudest: loudest(present).slice(0, mostLoud),
    low: low.slice(0, mostLow),
    lowLeftOut: Math.max(0, low.length - mostLow),
    open: gravest.slice(0, mostNamed).map(namedIncident),
    openLeftOut: Math.max(0, gravest.length - mostNamed),
    unfinished: unfinished
      .slice(0, mostNamed)
      .map(({ entry, openActions, actions }) => ({ ...namedEntry(entry), openActions, actions })),
    unfinishedLeftOut: Math.max(0, unfinished.length - mostNamed),
    rolledBack: { of: rolledBack.length, helped: rolledBack.filter((status) => status === 'helped').length },
    drills:
      over.filter((entry) => isDrillOfWeek(entry, entry.drill === true)).length +
      going.filter((incident) => isDrillOfWeek(incident, isDrill(incident))).length,
  }
}

const times = (now: number | undefined, before: number | undefined) => ({
  ...(now !== undefined && { now }),
  ...(before !== undefined && { before }),
})

function namedIncident(incident: Incident): Named {
  const { id, service, severity, openedAt, message, reports } = incident
  const lead = leadAlarm(incident)
  const [report] = reports ?? []
  return {
    id,
    service,
    severity,
    openedAt,
    ...(lead && { lead: nameOf(lead) }),
    ...(report && { report: report.kind }),
    ...(message && { message }),
  }
}

const namedEntry = ({ id, service, severity, openedAt, lead, report, message }: HistoryEntry): Named => ({
  id,
  service,
  severity,
  openedAt,
  ...(lead && { lead }),
  ...(report && { report }),
  ...(message && { message }),
})

/** Whose messages the digest links to. */
export const namedIn = ({ open, unfinished }: DigestFacts): Named[] => [...open, ...unfinished]

/** Nothing to tell but that there was nothing. */
export const isQuietWeek = (facts: DigestFacts): boolean =>
  [facts.opened, facts.openedBefore].every((counts) => Object.values(counts).every((count) => count === 0)) &&
  facts.open.length + facts.unfinished.length + facts.drills === 0
