import { isDrill } from '../incident/drill.ts'
import type { Incident } from '../incident/incident.ts'
import { escalationLines } from './escalation-part.ts'
import { clip, escaped, when } from './format.ts'
import { headline } from './headline.ts'
import { type Look, person, words } from './look.ts'
import { marks, quietMark } from './marks.ts'

/** An incident that is not over, with the address of its message where it is known. */
export interface OpenIncident {
  incident: Incident
  link?: string
}

/** How many are shown one by one; whoever has more of them has the channel. */
export const mostOpen = 10

/** A link to a message in the words of the reader; none where the address is not one. */
export const messageLink = (link: string | undefined, look: Look): string[] =>
  link !== undefined && /^https?:\/\/[^\s<>|]{1,1000}$/.test(link)
    ? [`<${escaped(link)}|${words(look).home.openMessage}>`]
    : []

/** A few lines about one incident: how grave, what, since when, who has it, what comes next and when. */
export function openIncident({ incident, link }: OpenIncident, look: Look): string {
  const { incident: say, drill } = words(look)
  const { severity, status, ringingSince, owner } = incident
  const mark = status === 'recovering' ? quietMark : marks[severity]
  const next = escalationLines(incident, look).at(-1)
  const what = clip(headline(incident, look), 200)
  const facts = [
    say.severity[severity],
    say.since(when(ringingSince)),
    owner ? say.owner(person(owner.user), when(owner.at)) : say.nobody,
  ]
  return [
    `${mark} *${isDrill(incident) ? drill.mark(what) : what}*`,
    facts.join(' · '),
    ...(next === undefined ? [] : [next]),
    ...messageLink(link, look),
  ].join('\n')
}

/** All of them, the longest open first, each a text of its own; one says so when there is none. */
export function openIncidents(open: readonly OpenIncident[], total: number, look: Look): string[] {
  const { incident: say, home } = words(look)
  if (total === 0) return [home.nothingOpen]
  const more = total - open.length
  return [...open.map((each) => openIncident(each, look)), ...(more > 0 ? [say.andMore(more)] : [])]
}
