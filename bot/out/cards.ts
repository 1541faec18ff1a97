import * as z from 'zod'
import type { Card } from '../incident/card.ts'
import { cardOf } from '../incident/cards.ts'
import type { Incident } from '../incident/incident.ts'
import { askedAgainMessage, cardMessage } from '../message/cards.ts'
import { markedIfDrill } from '../message/drill-part.ts'
import type { Look } from '../message/look.ts'
import type { Channels } from '../settings.ts'
import { editInTurn } from './edit-in-turn.ts'
import { placeOf } from './outboxes.ts'
import type { Performed, Task } from './perform.ts'
import { permalink } from './permalink.ts'
import { type PostDeps, post } from './post-once.ts'
import type { Slack } from './slack.ts'
import type { LookFor } from './slack-languages.ts'
import type { Groups } from './slack-people.ts'

export interface CardDeps extends PostDeps {
  slack: Slack
  channels: Channels
  look: Look
  lookFor: LookFor
  groups: Groups
}

const done = { is: 'performed', outcome: { is: 'done' } } as const satisfies Performed

/** So often a line waits for the message that it links to; after that it goes without. */
const waitsForRoot = 5

/** Draws a card: posts it, or edits what was posted. */
export async function showCard(deps: CardDeps, task: Task, id: string): Promise<Performed> {
  const card = cardOf(task.incident, id)
  if (!card) return done
  if (card.message) return editCard(deps, task, card, card.message)
  const root = task.incident.message
  // What stands in the thread cannot do without it.
  if (!root && (card.kind === 'actions' || task.receives < waitsForRoot)) {
    return { is: 'later', inMs: 2_000, because: 'the root message is not up yet' }
  }
  const place = await placeFor(deps, card)
  if (place.is !== 'found') return place.instead
  const message = await draw(deps, card, task.incident)
  if (root && card.kind === 'actions') {
    return post(deps, task, { channel: root.channel, pace: place.channel, thread: root.ts, message })
  }
  return post(deps, task, { channel: place.channel, pace: card.to ?? place.channel, message })
}

/** A direct message is written in the language of whom it is for. */
async function draw(deps: CardDeps, card: Card, incident: Incident) {
  const [look, link] = await Promise.all([
    card.to === undefined ? deps.look : deps.lookFor(card.to),
    permalink(deps, incident),
  ])
  return markedIfDrill(cardMessage(cardOf(incident, card.id) ?? card, incident, look, link), incident, look)
}

async function editCard(deps: CardDeps, task: Task, card: Card, at: NonNullable<Card['message']>): Promise<Performed> {
  const edited = await editInTurn(deps, at, async () => {
    const { service, id } = task.incident
    const lastRead = (await deps.incidents.load({ service, id })) ?? task.stored
    return { lastRead, message: await draw(deps, card, lastRead.incident) }
  })
  const shown = { is: 'card-shown', card: card.id, ...at } as const
  // A card that somebody has deleted is left alone: it told what it had to tell.
  if (edited.is === 'not-ours') return { is: 'performed', outcome: { ...shown, look: card.look } }
  if (edited.is !== 'edited') return edited
  const { lastRead } = edited
  const look = cardOf(lastRead.incident, card.id)?.look ?? card.look
  return { is: 'performed', outcome: { ...shown, look }, lastRead }
}

/** A reply under the card is a new message, so it reaches people. */
export async function askAgain(deps: CardDeps, task: Task, id: string): Promise<Performed> {
  const card = cardOf(task.incident, id)
  if (!card) return done
  if (!card.message) return { is: 'later', inMs: 2_000, because: 'the card is not up yet' }
  const { channel, ts } = card.message
  const look = card.to === undefined ? deps.look : await deps.lookFor(card.to)
  const message = markedIfDrill(askedAgainMessage(card, task.incident, look), task.incident, look)
  return post(deps, task, { channel, pace: card.to ?? channel, thread: ts, message })
}

/** Who belongs to management, so that each gets a card of their own. */
export async function findManagers({ groups }: CardDeps): Promise<Performed> {
  const users = await groups.members('managers')
  if (!users) return { is: 'later', inMs: 10_000, because: 'Slack did not say who is in the group' }
  return { is: 'performed', outcome: { is: 'people', users: [...users] } }
}

const Opened = z.object({ channel: z.object({ id: z.string().min(1) }) })

type Place = { is: 'found'; channel: string } | { is: 'none'; instead: Performed }

/** The channel of a card; a direct conversation is opened, which changes nothing where it is open already. */
async function placeFor({ slack, channels }: CardDeps, { id, to }: Card): Promise<Place> {
  if (to === undefined) return { is: 'found', channel: placeOf(id, channels) }
  const answer = await slack.call('conversations.open', { users: to })
  const instead = (performed: Performed): Place => ({ is: 'none', instead: performed })
  switch (answer.is) {
    case 'ok': {
      const opened = Opened.safeParse(answer.body)
      return opened.success
        ? { is: 'found', channel: opened.data.channel.id }
        : instead({ is: 'parked', because: 'an answer without conversation' })
    }
    case 'rate-limited':
      return instead({ is: 'later', inMs: answer.retryAfterMs, because: 'Slack asked to wait' })
    case 'unknown':
      return instead({ is: 'later', inMs: 5_000, because: answer.message })
    case 'refused':
      // The channel has the same card, so nothing is lost where a person takes no direct messages.
      return instead({ is: 'performed', outcome: { is: 'undeliverable', why: answer.code } })
    default:
      return answer satisfies never
  }
}
