import { type Card, type CardKind, mostManagers } from './card.ts'
import type { Effect } from './effect.ts'
import type { Incident } from './incident.ts'

export const cardOf = ({ cards }: Pick<Incident, 'cards'>, id: string): Card | undefined =>
  cards?.find((card) => card.id === id)

/** The card that asks the people of a level. */
export const cardKindOf = (level: 2 | 3): CardKind => (level === 2 ? 'developers' : 'managers')

export function withCard(incident: Incident, card: Card): Incident {
  const cards = incident.cards ?? []
  const isKnown = cards.some(({ id }) => id === card.id)
  return { ...incident, cards: isKnown ? cards.map((old) => (old.id === card.id ? card : old)) : [...cards, card] }
}

/** Something that a card shows is different now. */
export function withNewLook(incident: Incident, effect: Effect): Incident {
  if (effect.kind !== 'show-card') return incident
  const cards = incident.cards?.map((card) => (card.id === effect.card ? { ...card, look: card.look + 1 } : card))
  return { ...incident, ...(cards && { cards }) }
}

/** What all cards tell besides numbers: where this changes, they are drawn again. */
const toldOnCards = (incident: Incident): string => {
  const { status, severity, owner, escalation, hold, resolved, message, notice } = incident
  const { rollback, automaticRollback, remedies } = incident
  const steps = remedies?.map(({ name, status }) => [name, status])
  const { level, askedAgainAt } = escalation
  return JSON.stringify([
    [status, severity, resolved?.at, message?.ts],
    [owner?.user, level, askedAgainAt, hold?.at],
    [rollback?.status, automaticRollback?.state, steps, notice?.at],
  ])
}

/** Critical is announced to everybody, High once it has gone up to the developers. */
const isToAnnounce = ({ severity, status, escalation }: Incident): boolean =>
  status !== 'resolved' && (severity === 'Critical' || (severity === 'High' && escalation.level > 1))

/** What is posted by a page has its first look when it is up; until then a change only makes that look stale. */
const isPagePending = ({ kind, to, message }: Card): boolean =>
  kind !== 'announcement' && to === undefined && message === undefined

/** The incident with the line in the channel of incidents, where it is due, and the cards to be drawn after a change. */
export function withCardsShown(
  before: Incident | undefined,
  after: Incident,
): { incident: Incident; effects: Effect[] } {
  const isSame = before !== undefined && before.id === after.id && toldOnCards(before) === toldOnCards(after)
  const known = isSame ? [] : (after.cards ?? [])
  const waiting = known.filter(isPagePending).map(({ id }) => id)
  const isNew = isToAnnounce(after) && !cardOf(after, 'announcement')
  const announced = isNew ? withCard(after, { id: 'announcement', kind: 'announcement', look: 0 }) : after
  const cards = announced.cards?.map((card) => (waiting.includes(card.id) ? { ...card, look: card.look + 1 } : card))
  const due = [...known.filter((card) => !isPagePending(card)).map(({ id }) => id), ...(isNew ? ['announcement'] : [])]
  return {
    incident: { ...announced, ...(cards && { cards }) },
    effects: due.map((card) => ({ kind: 'show-card', card })),
  }
}

/** A card stands in Slack. What changed while it was being drawn is drawn again. */
export function cardShown(
  incident: Incident,
  shown: { card: string; channel: string; ts: string; look: number },
): { incident: Incident; effects: Effect[] } {
  const card = cardOf(incident, shown.card)
  if (!card) return { incident, effects: [] }
  const { channel, ts, look } = shown
  return {
    incident: withCard(incident, { ...card, message: { channel, ts } }),
    effects: card.look > look ? [{ kind: 'show-card', card: card.id }] : [],
  }
}

/** Each of management gets the same card alone. Who has one already is not asked a second time. */
export function managersFound(incident: Incident, users: readonly string[]): { incident: Incident; effects: Effect[] } {
  const step = cardOf(incident, 'managers')?.step
  const asked = users.slice(0, mostManagers).map((user): Card => {
    const card = { id: `managers/${user}`, kind: 'managers', to: user, look: 0 } as const
    return step ? { ...card, step } : card
  })
  const fresh = asked.filter(({ id }) => !cardOf(incident, id))
  return {
    incident: fresh.reduce(withCard, incident),
    effects: fresh.map(({ id }) => ({ kind: 'show-card', card: id })),
  }
}
