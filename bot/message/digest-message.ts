import { type DigestFacts, isQuietWeek, type Named } from '../bulletin/digest.ts'
import type { AlarmName } from '../incident/history.ts'
import { severities } from '../incident/statistics.ts'
import { bar, cut, drawing, mostColumns, padded } from './bars.ts'
import { type Block, context, header, type Message, message, section } from './blocks.ts'
import { code, data, duration, when } from './format.ts'
import { alarmTitle } from './headline.ts'
import { type Look, words } from './look.ts'
import { marks } from './marks.ts'
import { messageLink } from './open-incidents.ts'

const severityColumns = 8
const weekColumns = 10
const loudColumns = 16
/** Larger ones would break the line, and nobody compares them. */
const mostShown = 99_999

const counted = (value: number): string => (value > mostShown ? `${mostShown}+` : String(value))
const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((total, each) => total + each, 0)

/** What links lead to, by the incident's id. */
export type Links = ReadonlyMap<string, string>

/** A week of incidents in one message: how many, how fast, how loud, and what is left to do. */
export function digestMessage(facts: DigestFacts, look: Look, links: Links): Message {
  const { digest: say } = words(look)
  const title = say.title(facts.week)
  const span = say.span(when(facts.from), when(facts.to))
  if (isQuietWeek(facts))
    return message(`${title}. ${say.nothing}`, [header(title), section(say.nothing), context(span)])
  const incidents = say.incidents(counted(sum(facts.opened)), counted(sum(facts.openedBefore)))
  return message(`${title}. ${incidents}`, [
    header(title),
    section(incidents, drawing(severityLines(facts, look)), ...timeLines(facts, look), ...countLines(facts, look)),
    ...alarmParts(facts, look),
    ...listPart(
      say.open,
      facts.open.map((each) => openLine(each, look, links)),
      facts.openLeftOut,
      look,
    ),
    ...listPart(
      say.unfinished,
      facts.unfinished.map((each) => {
        const done = say.actions(counted(each.openActions), counted(each.actions))
        return [`• ${titleOf(each, look)}`, done, ...messageLink(links.get(each.id), look)].join(' · ')
      }),
      facts.unfinishedLeftOut,
      look,
    ),
    context(span),
  ])
}

/** `Critical ███           3 (1)`, the week before in brackets. */
function severityLines({ opened, openedBefore }: DigestFacts, look: Look): string[] {
  const { incident } = words(look)
  const largest = Math.max(...severities.map((severity) => opened[severity]), weekColumns)
  return severities.map((severity) => {
    const drawn = bar([{ value: opened[severity], sign: '█' }], largest, weekColumns)
    const numbers = `${counted(opened[severity])} (${counted(openedBefore[severity])})`
    return `${padded(incident.severity[severity], severityColumns)} ${padded(drawn, weekColumns)} ${numbers}`
  })
}

function timeLines({ acknowledged, resolved }: DigestFacts, look: Look): string[] {
  const { digest: say } = words(look)
  const told = (ms: number | undefined) => (ms === undefined ? say.none : duration(ms, look.language))
  const line = (name: string, times: DigestFacts['resolved']) =>
    times.now === undefined && times.before === undefined ? [] : [say.times(name, told(times.now), told(times.before))]
  return [...line('MTTA', acknowledged), ...line('MTTR', resolved)]
}

function countLines({ rolledBack, drills }: DigestFacts, look: Look): string[] {
  const { digest: say } = words(look)
  return [
    ...(rolledBack.of > 0 ? [say.rolledBack(rolledBack.of, rolledBack.helped)] : []),
    ...(drills > 0 ? [say.drills(drills)] : []),
  ]
}

function alarmParts({ loudest, low, lowLeftOut }: DigestFacts, look: Look): Block[] {
  const { digest: say, incident } = words(look)
  const largest = loudest[0]?.fired ?? 1
  const loud = loudest.flatMap(({ alarm, fired, incidents }) => [
    cut(oneLine(alarm), mostColumns),
    `${padded(bar([{ value: fired, sign: '█' }], largest, loudColumns), loudColumns)} ${counted(fired)} (${counted(incidents)})`,
  ])
  const quiet = low.map(({ alarm, fired }) => `• ${code(alarm.name, 80)}: ${say.fired(counted(fired))}`)
  return [
    ...(loud.length > 0 ? [section(say.loudest, drawing(loud))] : []),
    ...(quiet.length > 0
      ? [section(say.low, ...quiet, lowLeftOut > 0 ? incident.andMore(lowLeftOut) : undefined)]
      : []),
  ]
}

function listPart(title: string, lines: readonly string[], leftOut: number, look: Look): Block[] {
  if (lines.length === 0) return []
  return [section(title, ...lines, leftOut > 0 ? words(look).incident.andMore(leftOut) : undefined)]
}

function openLine(each: Named, look: Look, links: Links): string {
  const { incident } = words(look)
  const about = [`${marks[each.severity]} ${titleOf(each, look)}`, incident.since(when(each.openedAt))]
  return [...about, ...messageLink(links.get(each.id), look)].join(' · ')
}

function titleOf({ lead, report, service }: Named, look: Look): string {
  const { report: say, incident } = words(look)
  if (lead) return alarmTitle({ name: lead.name, ...(lead.listed !== undefined && { listed: lead.listed }) }, look)
  return report ? say.kind[report] : incident.unlisted(data(service, 80))
}

/** Tabs and the like have no width that could be counted. */
const oneLine = ({ name }: AlarmName): string => name.replace(/[\p{C}\u2028\u2029]+/gu, ' ')
