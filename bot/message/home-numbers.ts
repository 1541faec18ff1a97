import type { AlarmName } from '../incident/history.ts'
import { type Measured, type Statistics, severities, type Taken } from '../incident/statistics.ts'
import { bar, cut, drawing, mostColumns, padded } from './bars.ts'
import { type Block, context, section } from './blocks.ts'
import { duration } from './format.ts'
import { type Look, words } from './look.ts'

/** Told apart without colour. A Home tab takes no chart, so the bars are letters. */
const signs = { Critical: '█', High: '▓', Medium: '▒', Low: '░' } as const

/** `11-16`, the day on the clock of the office: Slack draws no dates inside monospaced type. */
const dayOf = (at: string, zone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, month: '2-digit', day: '2-digit' }).format(Date.parse(at))

const weekColumns = 18
const timeColumns = 8
const loudColumns = 16
const mostLoud = 5
/** Larger ones would break the line, and nobody compares them. */
const mostShown = 99_999

const counted = (value: number): string => (value > mostShown ? `${mostShown}+` : String(value))

/** What happened in the span, in sentences and bars. */
export function numbersPart(statistics: Statistics, startedAt: { now: string; before: string }, look: Look): Block[] {
  const { home } = words(look)
  const { span, weeks, loudest } = statistics
  if (statistics.now.incidents === 0 && weeks.every((week) => sum(week.incidents) === 0))
    return [section(home.noIncidents(span))]
  return [
    section(...sentences(statistics, look)),
    section(home.weeks, drawing(weekLines(statistics, look))),
    context(severities.map((severity) => `${signs[severity]} ${words(look).incident.severity[severity]}`).join(' · ')),
    section(home.times, drawing(['MTTA', ...timeLines(statistics, 'acknowledged', startedAt, look)])),
    section(drawing(['MTTR', ...timeLines(statistics, 'resolved', startedAt, look)])),
    ...(loudest.length > 0 ? [section(home.loudest, drawing(loudLines(statistics)))] : []),
  ]
}

const sum = (numbers: Record<string, number>): number => Object.values(numbers).reduce((total, each) => total + each, 0)

function sentences({ span: days, now, before, inTime }: Statistics, look: Look): string[] {
  const { home } = words(look)
  const time = (taken: Taken | undefined, of: 'mean' | 'median') =>
    taken ? duration(taken[of], look.language) : home.none
  const told = (which: 'acknowledged' | 'resolved') =>
    home[which]({
      days,
      now: time(now[which], 'mean'),
      median: time(now[which], 'median'),
      before: time(before[which], 'mean'),
    })
  return [
    home.incidents({ days, now: String(now.incidents), median: '', before: String(before.incidents) }),
    told('acknowledged'),
    told('resolved'),
    ...(inTime.of > 0 ? [home.inTime(inTime.met, inTime.of)] : []),
  ]
}

/** `11-16 ███▓▓▒             6` */
function weekLines({ weeks }: Statistics, look: Look): string[] {
  const largest = Math.max(...weeks.map(({ incidents }) => sum(incidents)), 1)
  // As long as they fit, one letter is one incident.
  const scale = Math.max(largest, weekColumns)
  return weeks.map(({ from, incidents }) => {
    const parts = severities.map((severity) => ({ value: incidents[severity], sign: signs[severity] }))
    const drawn = padded(bar(parts, scale, weekColumns), weekColumns)
    return `${dayOf(from, look.hours.zone)} ${drawn} ${padded(counted(sum(incidents)), 4, 'left')}`
  })
}

/** `Critical ███      2 min`, where there is something to tell. */
function timeLines(
  { now, before, bySeverity }: Statistics,
  which: 'acknowledged' | 'resolved',
  startedAt: { now: string; before: string },
  look: Look,
): string[] {
  const { home, incident } = words(look)
  const day = (at: string) => dayOf(at, look.hours.zone)
  const rows: [string, Measured][] = [
    [day(startedAt.before), before],
    [day(startedAt.now), now],
    ...severities
      .filter((severity) => bySeverity[severity].incidents > 0)
      .map((severity): [string, Measured] => [incident.severity[severity], bySeverity[severity]]),
  ]
  const largest = Math.max(...rows.map(([, measured]) => measured[which]?.mean ?? 0))
  return rows.map(([label, { [which]: taken }]) => {
    const drawn = padded(bar([{ value: taken?.mean ?? 0, sign: '█' }], largest, timeColumns), timeColumns)
    return `${padded(label, 8)} ${drawn} ${taken ? duration(taken.mean, look.language) : home.none}`
  })
}

/** Two lines for each: a name of CloudWatch is as long as a line of a phone. */
function loudLines({ loudest }: Statistics): string[] {
  const shown = loudest.slice(0, mostLoud)
  const largest = shown[0]?.fired ?? 1
  return shown.flatMap(({ alarm, fired, incidents }) => [
    cut(oneLine(alarm), mostColumns),
    `${padded(bar([{ value: fired, sign: '█' }], largest, loudColumns), loudColumns)} ${counted(fired)} (${incidents})`,
  ])
}

/** Tabs and the like have no width that could be counted. */
const oneLine = ({ name }: AlarmName): string => name.replace(/[\p{C}\u2028\u2029]+/gu, ' ')
