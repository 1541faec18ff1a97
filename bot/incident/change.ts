import { coalesces, type Effect } from './effect.ts'
import type { Incident } from './incident.ts'
import type { Entry } from './timeline.ts'
import { withEntry } from './timeline.ts'

/** Replies that may wait for Slack at once; the timeline keeps the fact of each one left out. */
const mostWaitingReplies = 40

/** An incident after an event, with what has to be done because of it. */
export interface Change {
  incident: Incident
  effects: Effect[]
}

export const unchanged = (incident: Incident): Change => ({ incident, effects: [] })

export const noted = (incident: Incident, entry: Entry): Incident => ({
  ...incident,
  timeline: withEntry(incident.timeline, { from: incident.status, ...entry }),
})

/** Gives the effects their numbers and adds them to what is pending; those that coalesce wait once. */
export function withEffects(incident: Incident, effects: readonly Effect[], at: string): Incident {
  return effects.reduce<Incident>((held, effect) => {
    const next = effect.kind === 'show' ? { ...held, look: held.look + 1 } : held
    if (coalesces(effect.kind) && next.pending.some((waiting) => waiting.effect.kind === effect.kind)) return next
    const replies = next.pending.filter((waiting) => waiting.effect.kind === 'reply').length
    if (effect.kind === 'reply' && replies >= mostWaitingReplies) {
      return noted(next, { at, what: 'reply-left-out' })
    }
    const id = `${next.effects + 1}`
    return { ...next, effects: next.effects + 1, pending: [...next.pending, { id, effect, attempt: 0 }] }
  }, incident)
}

export const without = (incident: Incident, effect: string): Incident => ({
  ...incident,
  pending: incident.pending.filter((waiting) => waiting.id !== effect),
})
