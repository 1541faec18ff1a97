import type { Incident } from '../incident/incident.ts'
import { ReportKind } from '../incident/report.ts'
import { RollbackRefusal } from '../incident/say.ts'
import type { TimelineEntry } from '../incident/timeline.ts'
import { type Look, words } from './look.ts'
import { fromSlack, markdown, type Names, personNamed, table } from './markdown.ts'
import { reasonSentence } from './reasons.ts'
import { refusalSentence } from './refusals.ts'

const clocks = new Map<string, Intl.DateTimeFormat>()

/** A clock of a zone is dear to make, and always the same. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const twoDigits = { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', year: 'numeric', ...twoDigits })
  clocks.set(timeZone, clock)
  return clock
}

/** `2026-11-23 12:12:00`, as clocks in that zone show it. */
export function timeIn(zone: string, at: string): string {
  const parts = Object.fromEntries(
    clockOf(zone)
      .formatToParts(Date.parse(at))
      .map(({ type, value }) => [type, value]),
  )
  return `${parts.year}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute}:${parts.second}`
}

const utc = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 19)}`

/** Every entry of the timeline, one row each, in UTC and in the zone of the office. */
export function timelineTable(incident: Incident, look: Look, names: Names): string[] {
  const { columns, automatic, times } = words(look).postmortem.draft
  const { zone } = look.hours
  const rows = incident.timeline.map((entry) => [
    utc(entry.at),
    timeIn(zone, entry.at),
    happening(entry, incident, look, names),
    entry.by === undefined ? automatic : personNamed(entry.by, names),
    entry.times === 1 ? '1' : times(entry.times, utc(entry.last)),
  ])
  return table([columns.utc, markdown(zone, 60), columns.what, columns.who, columns.times], rows)
}

/** What happened, in words, with what it was about. */
export function happening(entry: TimelineEntry, incident: Incident, look: Look, names: Names): string {
  const { postmortem } = words(look)
  const about = aboutOf(entry, incident, look, names)
  const what = postmortem.happened[entry.what]
  return about === '' ? what : postmortem.draft.detail(what, about)
}

const step = /^level ([23]): (.+)$/

function aboutOf(entry: TimelineEntry, incident: Incident, look: Look, names: Names): string {
  const { about } = entry
  if (about === undefined) return ''
  const { incident: say, postmortem, report } = words(look)
  switch (entry.what) {
    case 'escalated': {
      const [, level, why] = step.exec(about) ?? []
      if (level === undefined || why === undefined) return markdown(about)
      const reason = reasonSentence({ why, by: entry.by }, incident, look)
      return postmortem.draft.detail(say.levels[level === '3' ? 3 : 2], fromSlack(reason, names))
    }
    case 'taken-over':
      return postmortem.draft.from(personNamed(about, names))
    case 'owner-reminded':
      return personNamed(about, names)
    case 'rollback-refused':
    case 'rollback-failed': {
      const [why = '', ...said] = about.split(': ')
      const known = RollbackRefusal.safeParse(why)
      if (!known.success) return markdown(about)
      const sentence = fromSlack(refusalSentence(known.data, incident, look), names)
      return said.length === 0 ? sentence : `${sentence} ${markdown(said.join(': '))}`
    }
    case 'reported': {
      const [kind = '', ...text] = about.split(': ')
      const known = ReportKind.safeParse(kind)
      return known.success
        ? postmortem.draft.detail(report.kind[known.data], markdown(text.join(': ')))
        : markdown(about)
    }
    case 'action-added':
    case 'action-done':
    case 'action-undone':
      return markdown(incident.postmortem?.actions.find(({ id }) => id === about)?.text ?? about)
    case 'step-done':
    case 'step-undone':
      return markdown(incident.steps?.find((each) => each.step === about)?.text ?? about)
    default:
      return markdown(about)
  }
}
