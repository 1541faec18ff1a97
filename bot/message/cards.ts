import type { Card } from '../incident/card.ts'
import { impactOf } from '../incident/impact.ts'
import type { Incident } from '../incident/incident.ts'
import { actionItems } from './action-items.ts'
import { announcement } from './announcement.ts'
import { type Message, message, section } from './blocks.ts'
import { duration } from './format.ts'
import { type Look, person, words } from './look.ts'
import { page, threadLink } from './page.ts'

/** A card from the latest state of its incident. */
export function cardMessage(card: Card, incident: Incident, look: Look, permalink: string | undefined): Message {
  const step = card.step ?? { why: incident.escalation.why, at: incident.escalation.since }
  switch (card.kind) {
    case 'announcement':
      return announcement(incident, look, threadLink(permalink, words(look).people.announcement.thread))
    case 'developers':
      return page({ kind: 'page', level: 2, ...step }, incident, look, permalink)
    case 'managers': {
      // Nobody needs to be mentioned in a message that is theirs alone.
      const managers = card.to === undefined ? look.people.managers : person(card.to)
      const own = { ...look, people: { ...look.people, managers } }
      return page({ kind: 'page', level: 3, ...step }, incident, own, permalink)
    }
    case 'actions':
      return actionItems(incident, look)
    default:
      return card.kind satisfies never
  }
}

/** Says under a card of management that an answer is still awaited. */
export function askedAgainMessage(card: Card, incident: Incident, look: Look): Message {
  const mention = card.to === undefined ? look.people.managers : person(card.to)
  const told = words(look).manager.again(mention, duration(impactOf(incident).lasted, look.language))
  return message(told, [section(told)])
}
