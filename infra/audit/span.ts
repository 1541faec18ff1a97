import * as z from 'zod'
import type { AuditedEntry } from '../../common/incident-actions.ts'
import { isBefore, type Moment, minutes, moment, plus } from '../../common/time.ts'
import { UsageError } from '../commands/arguments.ts'

/** From when to when, both included. Without an end it goes on: the clock of a table may be ahead of ours. */
export interface Span {
  since: Moment
  until?: Moment
}

const usualDays = 30
const aDay = minutes(24 * 60)
export const everything: Span = { since: moment(0) }

const Day = z.iso.date()
const Instant = z.iso.datetime({ offset: true })

/** Reads a day of UTC or a moment; of a day that ends a span the whole of it belongs to it. */
function readMoment(option: 'since' | 'until', value: string): Moment {
  if (Day.safeParse(value).success) return `${value}T${option === 'since' ? '00:00:00.000' : '23:59:59.999'}Z`
  if (Instant.safeParse(value).success) return moment(Date.parse(value))
  throw new UsageError(
    `--${option} wants a day as in 2026-11-23, or a moment as in 2026-11-23T03:00:00Z, not ${value}.`,
  )
}

/** The span that the options tell: without `since` the usual days, and of one incident everything. */
export function readSpan(
  { since, until, incident }: { since?: string; until?: string; incident?: string },
  now: Date,
): Span {
  const usual = incident === undefined ? plus(moment(now), -usualDays * aDay) : everything.since
  const span = {
    since: since === undefined ? usual : readMoment('since', since),
    ...(until !== undefined && { until: readMoment('until', until) }),
  }
  if (span.until !== undefined && isBefore(span.until, span.since))
    throw new UsageError(`Nothing lies between ${span.since} and ${span.until}: --until is before --since.`)
  return span
}

export const isWithin = ({ since, until }: Span, at: Moment): boolean =>
  !isBefore(at, since) && (until === undefined || !isBefore(until, at))

/**
 * Whether somebody can have done something in a finished incident in this span. After its end that is the postmortem, what
 * undoes a remedy, and the last step of a rollback; all of them are in its entry.
 */
export const canReach = ({ openedAt, resolvedAt, postmortem, remedies = [], rollback }: AuditedEntry, span: Span) =>
  (span.until === undefined || !isBefore(span.until, openedAt)) &&
  (!isBefore(resolvedAt, span.since) || postmortem !== undefined || remedies.length > 0 || rollback !== undefined)
