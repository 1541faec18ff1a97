import type { Effect } from '../incident/effect.ts'
import type { Incident } from '../incident/incident.ts'
import { isWorkingTime } from '../incident/office-hours.ts'
import { context, type Message, message, present, section, sectionOf } from './blocks.ts'
import { code, data, escaped, when } from './format.ts'
import { guidanceOf, logLines } from './guidance-part.ts'
import { headline } from './headline.ts'
import { type Look, person, words } from './look.ts'
import { managersPage } from './page-managers.ts'
import { reasonSentence } from './reasons.ts'
import { reportedImpact } from './report-part.ts'
import { automaticLine, endOf } from './rollback-part.ts'

export type Page = Extract<Effect, { kind: 'page' }>

/** The new message that wakes the people of a level: why them, why now, what is affected, what was tried. */
export function page(effect: Page, incident: Incident, look: Look, permalink: string | undefined): Message {
  const around = { link: linkTo(incident, look, permalink), outside: outsideHours(effect, look) }
  return effect.level === 3
    ? managersPage(effect, incident, look, around)
    : developersPage(effect, incident, look, around)
}

export interface Around {
  link: string
  /** Said when people are disturbed outside office hours. */
  outside: string | undefined
}

function developersPage(effect: Page, incident: Incident, look: Look, { link, outside }: Around): Message {
  const { talk, incident: say } = words(look)
  const { developers } = look.people
  const reason = reasonSentence(effect, incident, look)
  const what = headline(incident, look)
  const guidance = guidanceOf(incident, look)
  const { rollback } = incident
  const tried = present([rollback && endOf(rollback, incident, look), automaticLine(incident, look)])
  return message(`${developers} ${talk.page.because(what, reason)}`, [
    section(`*${what}*`, talk.page.why(developers, reason)),
    section(
      talk.page.affected(
        `${say.service(data(incident.service, 80))}, ${say.severity[incident.severity]}`,
        when(incident.ringingSince),
        guidance?.impact ?? reportedImpact(incident, look) ?? '',
      ),
      incident.owner ? talk.page.owner(person(incident.owner.user)) : talk.page.noOwner,
      ...(tried.length > 0 ? [talk.page.tried(tried[0] ?? ''), ...tried.slice(1)] : [talk.page.nothingTried]),
      outside,
    ),
    ...sectionOf(
      guidance
        ? [
            talk.page.look,
            ...guidance.whatToLookAt.map((each) => `• ${each}`),
            ...logLines(guidance, look),
            guidance.note,
          ]
        : [],
    ),
    section(link),
    context(code(incident.id, 200)),
  ])
}

const linkTo = (incident: Incident, look: Look, permalink: string | undefined): string => {
  const { page: say } = words(look).talk
  const isLink = permalink !== undefined && /^https?:\/\/[^\s<>|]{1,1000}$/.test(permalink)
  return isLink ? say.thread(escaped(permalink)) : say.noThread(code(incident.id, 200))
}

const outsideHours = (effect: Page, look: Look): string | undefined =>
  isWorkingTime(effect.at, look.hours) ? undefined : words(look).talk.page.outside
