import { cardOf, withCard } from './cards.ts'
import { type Change, noted } from './change.ts'
import type { Verdict } from './decide.ts'
import type { Effect } from './effect.ts'
import type { IncidentEvent } from './event.ts'
import type { Incident } from './incident.ts'
import { type ActionItem, actionsCard, hasDraft, longestActionText, longestWho, mostActions } from './postmortem.ts'
import type { Say } from './say.ts'

type Event<T extends IncidentEvent['type']> = Extract<IncidentEvent, { type: T }>

/** Somebody wants the draft: it goes into the thread, part by part. */
export function whenPostmortemAsked(incident: Incident, { at, by }: Event<'postmortem-asked'>): Verdict {
  if (incident.status !== 'resolved') return 'not-over-yet'
  if (hasDraft(incident)) return 'postmortem-there'
  const actions = incident.postmortem?.actions ?? []
  const asked = noted({ ...incident, postmortem: { at, by, actions } }, { at, what: 'postmortem-asked', by })
  const change = keptAgain(asked, [{ kind: 'post-draft', part: 1 }, { kind: 'show' }])
  return { because: 'a person asked for the postmortem', ...change }
}

/**
 * A part of the draft is up. How many there are is known to whoever draws it, so the next one is asked for here; below the
 * last stands the message with the action items.
 */
export function draftPosted(incident: Incident, part: number, parts: number): Change {
  if (part < parts) return { incident, effects: [{ kind: 'post-draft', part: part + 1 }] }
  return withActionsShown(incident)
}

/** Draws the action items, which have a message of their own from the first draft on. */
export function withActionsShown(incident: Incident): Change {
  const card = cardOf(incident, actionsCard) ?? { id: actionsCard, kind: 'actions', look: 0 }
  return { incident: withCard(incident, card), effects: [{ kind: 'show-card', card: actionsCard }] }
}

/** One more thing to do. Whoever it is given to learns it by a new message, because an edit reaches nobody. */
export function whenActionItemAdded(incident: Incident, event: Event<'action-item-added'>): Verdict {
  const { at, by, press } = event
  const { postmortem } = incident
  if (!postmortem) return incident.status === 'resolved' ? 'no-postmortem' : 'not-over-yet'
  if (postmortem.actions.some(({ id }) => id === press)) return 'already-done'
  if (postmortem.actions.length >= mostActions) return 'too-many-actions'
  const text = event.text.slice(0, longestActionText)
  const who = event.who?.slice(0, longestWho)
  const { due } = event
  const item: ActionItem = {
    id: press,
    text,
    ...(who !== undefined && { who }),
    ...(due !== undefined && { due }),
    at,
    by,
  }
  const next = noted(
    { ...incident, postmortem: { ...postmortem, actions: [...postmortem.actions, item] } },
    { at, what: 'action-added', by, about: press },
  )
  const until = due !== undefined && { due }
  const say: Say =
    who === undefined
      ? { say: 'action-item', is: 'added', by, text, ...until }
      : { say: 'action-given', by, who, text, ...until }
  return { because: 'a person added an action item', ...actionsChanged(next, say) }
}

export function whenActionItemTicked(incident: Incident, event: Event<'action-item-ticked'>): Verdict {
  const { at, by, item: id, done } = event
  const { postmortem } = incident
  const known = postmortem?.actions.find((item) => item.id === id)
  if (!postmortem || !known) return 'no-such-action'
  if ((known.done !== undefined) === done) return 'already-done'
  const { done: _before, ...open } = known
  const ticked: ActionItem = done ? { ...open, done: { at, by } } : open
  const actions = postmortem.actions.map((item) => (item === known ? ticked : item))
  const next = noted(
    { ...incident, postmortem: { ...postmortem, actions } },
    { at, what: done ? 'action-done' : 'action-undone', by, about: id },
  )
  return {
    because: done ? 'an action item is done' : 'an action item is not done after all',
    ...actionsChanged(next, { say: 'action-item', is: done ? 'done' : 'undone', by, text: known.text }),
  }
}

function actionsChanged(incident: Incident, say: Say): Change {
  // Until the draft is up there is nothing to draw; what comes below it is drawn with everything there is by then.
  const shown = cardOf(incident, actionsCard) ? withActionsShown(incident) : { incident, effects: [] }
  return keptAgain(shown.incident, [{ kind: 'reply', say }, ...shown.effects])
}

/** What changes after the end is archived again. While the incident is open its own end will see to that. */
function keptAgain(incident: Incident, effects: readonly Effect[]): Change {
  if (incident.status !== 'resolved') return { incident, effects: [...effects] }
  return { incident: { ...incident, archived: false }, effects: [...effects, { kind: 'archive' }] }
}
