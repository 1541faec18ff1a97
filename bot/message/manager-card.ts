import { isBefore, minutes, plus } from '../../common/time.ts'
import { cardOf } from '../incident/cards.ts'
import { afterHold } from '../incident/hold.ts'
import type { Incident } from '../incident/incident.ts'
import { isInMaintenance } from '../incident/maintenance.ts'
import { decisionMinutes } from '../incident/reminder-due.ts'
import { leadAlarm } from '../incident/when-rollback-asked.ts'
import { context, header, type Message, message, section, sectionOf } from './blocks.ts'
import { cardButtons } from './card-buttons.ts'
import { code, data, duration, quotable, when } from './format.ts'
import { guidanceOf } from './guidance-part.ts'
import { impactLines } from './impact-part.ts'
import { type Look, person, words } from './look.ts'
import type { Around, Page } from './page.ts'
import { reasonSentence } from './reasons.ts'
import { reportedImpact } from './report-part.ts'
import { triedLines } from './tried-part.ts'

/**
 * One message that asks management for one decision, without a word of how the service is built: what customers notice,
 * in numbers, what was tried, who was asked, by when, and what happens otherwise. It is edited until it tells the end.
 */
export function managerCard(effect: Page, incident: Incident, look: Look, around: Around): Message {
  if (incident.status === 'resolved') return overCard(incident, look, around)
  const { manager: say, incident: about } = words(look)
  const { managers } = look.people
  const reason = reasonSentence(effect, incident, look, true)
  const impact = plainImpact(incident, look)
  const isQuiet = incident.status === 'recovering'
  const asked = isQuiet ? [] : [say.decide, ...decisionLines(incident, look)]
  return message(about.sentences([say.why(managers, reason), impact]), [
    header(isQuiet ? say.titleQuiet : say.title),
    section(say.why(managers, reason), around.outside),
    section(say.impact, impact, ...impactLines(incident, look)),
    section(say.tried, ...triedLines(incident, look)),
    section(say.asked, ...askedLines(incident, look)),
    ...sectionOf(toldLines(incident, look)),
    section(...asked, isQuiet ? say.quiet(when(incident.quietUntil ?? incident.openedAt)) : undefined, around.link),
    ...cardButtons(incident, look.language, 'managers'),
    context(code(incident.id, 200)),
  ])
}

function overCard(incident: Incident, look: Look, { link }: Around): Message {
  const { manager: say } = words(look)
  const { openedAt, resolved } = incident
  const end = resolved?.at ?? openedAt
  const lasted = duration(Math.max(0, Date.parse(end) - Date.parse(openedAt)), look.language)
  const ended = resolved?.by === undefined ? say.endedAlone : say.endedBy(person(resolved.by))
  const told = say.over(lasted, when(openedAt), when(end))
  return message(`${say.titleOver}. ${told}`, [
    header(say.titleOver),
    section(told, ended),
    section(say.impact, plainImpact(incident, look), ...impactLines(incident, look)),
    section(say.tried, ...triedLines(incident, look)),
    section(link),
    context(code(incident.id, 200)),
  ])
}

/** What customers notice, in one plain sentence. */
export function plainImpact(incident: Incident, look: Look): string {
  return (
    guidanceOf(incident, look)?.impact ??
    reportedImpact(incident, look) ??
    words(look).manager.unlisted(data(leadAlarm(incident)?.name ?? incident.service, 120))
  )
}

export function askedLines(incident: Incident, look: Look): string[] {
  const { manager: say, incident: about } = words(look)
  const { owner } = incident
  const asked = cardOf(incident, 'developers')?.step?.at
  return [
    // By what they do: to mention them here would call them once more.
    say.oncall(about.levels[1], when(incident.ringingSince)),
    ...(asked === undefined ? [] : [say.developers(about.levels[2], when(asked))]),
    owner ? say.answered(person(owner.user), when(owner.at)) : say.noAnswer,
  ]
}

/** What customers have been told, in the words of this language. */
function toldLines({ notice }: Incident, look: Look): string[] {
  if (!notice) return []
  return [words(look).manager.told(data(notice[look.language], 300), person(notice.by), when(notice.at))]
}

/** What is asked, by when, and what happens otherwise. */
export function decisionLines(incident: Incident, look: Look): string[] {
  const { manager: say } = words(look)
  const { owner, escalation, ringingSince } = incident
  const since = isBefore(escalation.since, ringingSince) ? ringingSince : escalation.since
  const maintenance = incident.remedies?.find(({ name }) => name === 'maintenance-mode')
  if (maintenance && isInMaintenance(incident)) return [say.stopped(person(maintenance.by), when(maintenance.at))]
  if (owner && !isBefore(owner.at, since))
    return [say.takenBy(person(owner.user), when(owner.at)), ...heldLines(incident, look)]
  const decision = owner ? say.decision.taken(person(owner.user)) : say.decision.open
  const held = heldLines(incident, look)
  if (held.length > 0) return [decision, ...held]
  const isTwice = escalation.askedAgainAt !== undefined && !isBefore(escalation.askedAgainAt, ringingSince)
  const due = afterHold(incident, plus(since, minutes(decisionMinutes)))
  return [decision, isTwice ? say.askedTwice : say.by(when(due))]
}

/** A hold from before management was asked has nothing to do with its decision. */
function heldLines({ hold, escalation }: Incident, look: Look): string[] {
  if (!hold || isBefore(hold.at, escalation.since)) return []
  return [words(look).manager.heldUntil(when(hold.until), person(hold.by), quotable(hold.reason, 300))]
}
