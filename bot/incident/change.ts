import { withNewLook } from './cards.ts'
import { covers, type Effect, type EffectKind } from './effect.ts'
import type { Incident } from './incident.ts'
import type { Entry } from './timeline.ts'
import { withEntry } from './timeline.ts'

/** Replies that may wait for Slack at once; the timeline keeps the fact of each one left out. */
const mostWaitingReplies = 20
/** Modals that may wait to be filled; whoever opened an older one has closed it by then. */
const mostWaitingModals = 10

/** An incident after an event, with what has to be done because of it. */
export interface Change {
  incident: Incident
  effects: Effect[]
}

export const noted = (incident: Incident, entry: Entry): Incident => ({
  ...incident,
  timeline: withEntry(incident.timeline, { from: incident.status, ...entry }),
})

/** Gives the effects their numbers and adds them to what is pending; those that coalesce wait once. */
export function withEffects(incident: Incident, effects: readonly Effect[], at: string): Incident {
  let next = incident
  for (const effect of effects) next = withEffect(next, effect, at)
  return next
}

function withEffect(incident: Incident, effect: Effect, at: string): Incident {
  const seen = effect.kind === 'show' ? { ...incident, look: incident.look + 1 } : withNewLook(incident, effect)
  if (seen.pending.some((other) => covers(other.effect, effect))) return seen
  const waiting = seen.pending.filter((other) => other.effect.kind === effect.kind).length
  if (effect.kind === 'reply' && waiting >= mostWaitingReplies) return noted(seen, { at, what: 'reply-left-out' })
  const number = seen.effects + 1
  const isModal = effect.kind === 'fill-modal' || effect.kind === 'fill-remedy-modal' || effect.kind === 'show-key'
  const room = isModal && waiting >= mostWaitingModals ? withoutOldest(seen, effect.kind) : seen
  return { ...room, effects: number, pending: [...room.pending, { id: `${number}`, effect, attempt: 0, madeAt: at }] }
}

function withoutOldest(incident: Incident, kind: EffectKind): Incident {
  const oldest = incident.pending.find((waiting) => waiting.effect.kind === kind)
  return { ...incident, pending: incident.pending.filter((waiting) => waiting !== oldest) }
}

export const without = (incident: Incident, effect: string): Incident => ({
  ...incident,
  pending: incident.pending.filter((waiting) => waiting.id !== effect),
})

/** Takes back what no longer has to be done; a performer that is at it finds its work gone. */
export const withoutKinds = (incident: Incident, kinds: readonly EffectKind[]): Incident => ({
  ...incident,
  pending: incident.pending.filter((waiting) => !kinds.includes(waiting.effect.kind)),
})
