import type { Effect } from '../incident/effect.ts'
import type { Incident } from '../incident/incident.ts'
import { isWorkingTime } from '../incident/office-hours.ts'
import { context, type Message, message, present, section, sectionOf } from './blocks.ts'
import { cardButtons } from './card-buttons.ts'
import { code, data, escaped, when } from './format.ts'
import { guidanceOf, logLines } from './guidance-part.ts'
import { headline } from './headline.ts'
import { type Look, person, words } from './look.ts'
import { managerCard } from './manager-card.ts'
import { lastedOf, outcomeLine } from './outcome-line.ts'
import { reasonSentence } from './reasons.ts'
import { reportedImpact } from './report-part.ts'
import { automaticLine, endOf } from './rollback-part.ts'

export type Page = Extract<Effect, { kind: 'page' }>

/** The message that wakes the people of a level: why them, why now, what is affected, what was tried; in the end, the end. */
export function page(effect: Page, incident: Incident, look: Look, permalink: string | undefined): Message {
  const outside = outsideHours(effect, look)
  if (effect.level === 3)
    return managerCard(effect, incident, look, { link: plainLink(incident, look, permalink), outside })
  const around = { link: linkTo(incident, look, permalink), outside }
  return incident.status === 'resolved'
    ? overPage(incident, look, around)
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
    ...cardButtons(incident, look.language, 'developers'),
    context(code(incident.id, 200)),
  ])
}

/** What the developers were asked for is over. */
function overPage(incident: Incident, look: Look, { link }: Around): Message {
  const what = headline(incident, look)
  const told = words(look).people.announcement.over(`*${what}*`, lastedOf(incident, look), outcomeLine(incident, look))
  return message(told, [section(`✓ ${told}`), section(link), context(code(incident.id, 200))])
}

/** A link, if the address is one that cannot break out of it. */
export const threadLink = (permalink: string | undefined, say: (url: string) => string): string | undefined =>
  permalink !== undefined && /^https?:\/\/[^\s<>|]{1,1000}$/.test(permalink) ? say(escaped(permalink)) : undefined

function linkTo(incident: Incident, look: Look, permalink: string | undefined): string {
  const { page: say } = words(look).talk
  return threadLink(permalink, say.thread) ?? say.noThread(code(incident.id, 200))
}

function plainLink(incident: Incident, look: Look, permalink: string | undefined): string {
  const { manager: say } = words(look)
  return threadLink(permalink, say.openThread) ?? say.noThread(code(incident.id, 200))
}

const outsideHours = (effect: Page, look: Look): string | undefined =>
  isWorkingTime(effect.at, look.hours) ? undefined : words(look).talk.page.outside
