import type { Incident } from '../incident/incident.ts'
import { type Message, message, present, section } from './blocks.ts'
import { when } from './format.ts'
import { plainHeadline } from './headline.ts'
import { type Look, person, words } from './look.ts'
import { marks, quietMark } from './marks.ts'
import { lastedOf, outcomeLine } from './outcome-line.ts'

/** One line for everybody who follows incidents: what it is and who has it; in the end, how it ended. */
export function announcement(incident: Incident, look: Look, link: string | undefined): Message {
  const { people, incident: about } = words(look)
  const { announcement: say } = people
  const what = plainHeadline(incident, look)
  const line = (...parts: (string | undefined)[]) => present(parts).join(' · ')
  if (incident.status === 'resolved') {
    const told = say.over(what, lastedOf(incident, look), outcomeLine(incident, look, true))
    return message(told, [section(line(`✓ ${told}`, link))])
  }
  const { level } = incident.escalation
  const who = incident.owner ? say.owner(person(incident.owner.user)) : say.nobody
  const isQuiet = incident.status === 'recovering'
  const told = say.open(`*${what}*`, about.severity[incident.severity], about.since(when(incident.ringingSince)), who)
  const mark = isQuiet ? quietMark : marks[incident.severity]
  const more = [isQuiet ? say.quiet : undefined, level > 1 ? say.gone(about.levels[level]) : undefined]
  return message(told, [section(line(`${mark} ${told}`, ...more, link))])
}
