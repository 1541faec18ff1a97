import { isBefore, minutes, msBetween, plus } from '../../common/time.ts'
import { respondWithin } from './escalation.ts'
import type { AlarmName, HistoryEntry } from './history.ts'
import { gravity, type Incident } from './incident.ts'
import { endOfWorkingDay, type OfficeHours } from './office-hours.ts'

type Severity = Incident['severity']

/** Spans that can be looked at, in days. */
export const spans = [30, 90] as const
export type Span = (typeof spans)[number]

const aDay = minutes(24 * 60)

/** Milliseconds that something took, over `of` incidents. */
export interface Taken {
  mean: number
  median: number
  of: number
}

/** How it went over some incidents; a time is absent where no incident tells it. */
export interface Measured {
  incidents: number
  /** From opening to the first acknowledgement, over those that somebody took. MTTA is its mean. */
  acknowledged: Taken | undefined
  /** From opening to the end for good. MTTR is its mean. */
  resolved: Taken | undefined
}

export interface Week {
  /** Its first moment; the last week ends now. */
  from: string
  incidents: Record<Severity, number>
}

export interface Loud {
  alarm: AlarmName
  fired: number
  incidents: number
}

export interface Statistics {
  span: Span
  now: Measured
  /** The span before this one, as long. */
  before: Measured
  bySeverity: Record<Severity, Measured>
  /** Whole weeks that end now, oldest first: as many as cover the span. */
  weeks: Week[]
  /** By how often they fired, the loudest first. */
  loudest: Loud[]
  /** Of incidents that somebody had to answer, how many were answered in time. */
  inTime: { met: number; of: number }
}

const weeksOf = (span: Span): number => Math.ceil(span / 7)

/** From when on history is needed for a span: the one before it too. */
export const neededFrom = (span: Span, now: string): string => plus(now, -2 * span * aDay)

/** How it went in the `span` days up to `now`, by when incidents opened. Drills count nowhere. */
export function statistics(history: readonly HistoryEntry[], span: Span, now: string, hours: OfficeHours): Statistics {
  const real = history.filter(({ drill }) => drill !== true)
  const opened = (from: string, to: string) =>
    real.filter(({ openedAt }) => isBefore(from, openedAt) && !isBefore(to, openedAt))
  const start = plus(now, -span * aDay)
  const present = opened(start, now)
  return {
    span,
    now: measured(present),
    before: measured(opened(neededFrom(span, now), start)),
    bySeverity: bySeverity((severity) => measured(present.filter((entry) => entry.severity === severity))),
    weeks: Array.from({ length: weeksOf(span) }, (_, index) => {
      const from = plus(now, -7 * aDay * (weeksOf(span) - index))
      const those = opened(from, plus(from, 7 * aDay))
      return { from, incidents: bySeverity((severity) => those.filter((entry) => entry.severity === severity).length) }
    }),
    loudest: loudest(present),
    inTime: answeredInTime(present, hours),
  }
}

export const bySeverity = <T>(of: (severity: Severity) => T): Record<Severity, T> => ({
  Critical: of('Critical'),
  High: of('High'),
  Medium: of('Medium'),
  Low: of('Low'),
})

/** The gravest first. */
export const severities = (Object.keys(gravity) as Severity[]).toSorted((a, b) => gravity[b] - gravity[a])

export const measured = (entries: readonly HistoryEntry[]): Measured => ({
  incidents: entries.length,
  acknowledged: taken(
    entries.flatMap(({ openedAt, acknowledgedAt }) =>
      acknowledgedAt === undefined ? [] : [msBetween(openedAt, acknowledgedAt)],
    ),
  ),
  resolved: taken(entries.map(({ openedAt, resolvedAt }) => msBetween(openedAt, resolvedAt))),
})

function taken(times: readonly number[]): Taken | undefined {
  const sorted = times.toSorted((a, b) => a - b)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]]
  if (low === undefined || high === undefined) return undefined
  const sum = sorted.reduce((total, each) => total + each, 0)
  return { mean: sum / sorted.length, median: (low + high) / 2, of: sorted.length }
}

export function loudest(entries: readonly Pick<HistoryEntry, 'alarms'>[]): Loud[] {
  const heard = Map.groupBy(
    entries.flatMap(({ alarms }) => alarms),
    ({ name }) => name,
  )
  return [...heard.values()]
    .flatMap(([first, ...rest]): Loud[] => {
      if (!first) return []
      const { fired: _fired, ...alarm } = first
      const fired = [first, ...rest].reduce((sum, each) => sum + each.fired, 0)
      return [{ alarm, fired, incidents: 1 + rest.length }]
    })
    .toSorted((a, b) => b.fired - a.fired || a.alarm.name.localeCompare(b.alarm.name))
}

/** By when somebody has to take it, from its opening and the gravest severity it had; Low waits for nobody. */
function answerDue({ severity, openedAt }: HistoryEntry, hours: OfficeHours): string | undefined {
  const within = respondWithin[severity]
  if (within === 'never') return undefined
  return within === 'working day' ? endOfWorkingDay(openedAt, hours) : plus(openedAt, minutes(within))
}

/** What ended by itself before its time was up asked nothing of anybody. */
function answeredInTime(entries: readonly HistoryEntry[], hours: OfficeHours): { met: number; of: number } {
  const judged = entries.flatMap((entry) => {
    const due = answerDue(entry, hours)
    if (due === undefined) return []
    if (entry.acknowledgedAt !== undefined) return [!isBefore(due, entry.acknowledgedAt)]
    return isBefore(due, entry.resolvedAt) ? [false] : []
  })
  return { met: judged.filter((inTime) => inTime).length, of: judged.length }
}
