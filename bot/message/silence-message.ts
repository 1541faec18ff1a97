import type { SilencedAlarm, SilenceFacts } from '../bulletin/silence.ts'
import { gravity } from '../incident/incident.ts'
import { type Block, header, type Message, message, present, section, sectionOf } from './blocks.ts'
import { code, data, when } from './format.ts'
import { alarmTitle } from './headline.ts'
import { type Look, person, words } from './look.ts'
import { marks, quietMark } from './marks.ts'
import { endSilenceRow } from './silence-button.ts'

const mostShown = 12
/** So many lines fill a section, with the longest names there are. */
const linesInSection = 3

/** A silence from its beginning to its end, with what rang inside. */
export function silenceMessage(facts: SilenceFacts, look: Look): Message {
  const { silence: say } = words(look)
  const what = say.what[facts.of]
  const alarms = inOrder(facts)
  if (facts.ended) {
    const over = say.over(what)
    return message(`🔔 ${over}. ${alarms.length === 0 ? say.nothingRang : ''}`.trim(), [
      header(`🔔 ${over}`),
      section(...spanLines(facts, look)),
      ...(alarms.length === 0 ? [section(say.nothingRang)] : listOf(say.rang, alarms, facts, look)),
    ])
  }
  const running = say.running(what)
  const until = say.until(when(facts.until), person(facts.by))
  return message(`🔕 ${running}. ${until} ${reasonOf(facts, look)}`, [
    header(`🔕 ${running}`),
    section(until, reasonOf(facts, look)),
    section(say.rule),
    ...(alarms.length === 0 ? [section(say.noneYet)] : listOf(say.rang, alarms, facts, look)),
    endSilenceRow(facts, look),
  ])
}

/** What is posted at the end, for whoever asked for the silence and everybody in the channel. */
export function silenceEndMessage(facts: SilenceFacts, look: Look): Message {
  const { silence: say } = words(look)
  const over = say.over(say.what[facts.of])
  const [ringing, quiet] = [true, false].map((rings) => inOrder(facts).filter((alarm) => alarm.ringing === rings))
  const isQuiet = Object.keys(facts.alarms).length === 0
  return message(`${person(facts.by)} 🔔 ${over}`, [
    header(`🔔 ${over}`),
    section(...spanLines(facts, look)),
    ...(isQuiet ? [section(say.nothingRang)] : []),
    ...listOf(say.ringsOn, ringing, facts, look),
    ...listOf(say.rang, quiet, facts, look),
  ])
}

/** One running silence in a line of a list. */
function silenceLine({ of, until, by, reason }: SilenceFacts, look: Look): string {
  const { silence: say } = words(look)
  return say.line(say.what[of], when(until), person(by), data(reason, 200))
}

/** All that run, a line each; one says so when they could not be read. */
export const silenceLines = (running: readonly SilenceFacts[] | undefined, look: Look): string[] =>
  running ? running.map((facts) => silenceLine(facts, look)) : [words(look).silence.unread]

const reasonOf = ({ reason }: SilenceFacts, look: Look) => words(look).silence.reason(data(reason, 200))

function spanLines(facts: SilenceFacts, look: Look): (string | undefined)[] {
  const { silence: say } = words(look)
  const { from, until, by, ended } = facts
  return [
    say.span(when(from), when(ended?.at ?? until), person(by)),
    reasonOf(facts, look),
    ended?.by === undefined ? undefined : say.endedBy(person(ended.by)),
  ]
}

/** What rings first, then the gravest, then what rang first. */
const inOrder = ({ alarms }: SilenceFacts): SilencedAlarm[] =>
  Object.values(alarms).toSorted(
    (a, b) =>
      Number(b.ringing) - Number(a.ringing) ||
      gravity[b.severity] - gravity[a.severity] ||
      a.firstAt.localeCompare(b.firstAt),
  )

function listOf(title: string, alarms: readonly SilencedAlarm[] = [], facts: SilenceFacts, look: Look): Block[] {
  if (alarms.length === 0) return []
  const more = alarms.length - mostShown
  const lines = alarms.slice(0, mostShown).map((alarm) => alarmLine(alarm, facts, look))
  const all = [...lines, ...(more > 0 ? [words(look).incident.andMore(more)] : [])]
  const parts = Array.from({ length: Math.ceil(all.length / linesInSection) }, (_, part) =>
    all.slice(part * linesInSection, (part + 1) * linesInSection),
  )
  return parts.flatMap((part, index) => sectionOf(index === 0 ? [title, ...part] : part))
}

function alarmLine(alarm: SilencedAlarm, { ended, handedOn }: SilenceFacts, look: Look): string {
  const { silence: say } = words(look)
  const { name, severity, ringing, clearedAt, changedAt, firstAt, fired } = alarm
  const told = say.alarm(alarmTitle(alarm, look), when(firstAt), String(fired))
  const incident = ringing ? handedOn?.incidents[name] : undefined
  const rings = ended ? say.rangOn : say.ringing
  const state = ringing ? rings : say.clear(when(clearedAt ?? changedAt))
  const parts = [told, state, incident && say.incident(code(incident, 100))]
  return `${ringing ? marks[severity] : quietMark} ${present(parts).join(' · ')}`
}
