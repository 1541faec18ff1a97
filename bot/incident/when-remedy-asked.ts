import { type RemedyName, remedies, remedyNamed } from '../remedy/remedies.ts'
import { undoing } from '../remedy/remedy.ts'
import { noted } from './change.ts'
import type { Ignored, Verdict } from './decide.ts'
import type { IncidentEvent } from './event.ts'
import { type Incident, ownAlarms } from './incident.ts'
import { type Direction, isChanging, isInForce, type RemedyAsk, type RemedyRecord } from './remedy.ts'

type Event<T extends IncidentEvent['type']> = Extract<IncidentEvent, { type: T }>

export const remedyOf = (incident: Incident, name: RemedyName): RemedyRecord | undefined =>
  incident.remedies?.find((each) => each.name === name)

export const withRemedy = (incident: Incident, remedy: RemedyRecord): Incident => ({
  ...incident,
  remedies: [...(incident.remedies ?? []).filter(({ name }) => name !== remedy.name), remedy],
})

export const remediesInForce = (incident: Incident): RemedyRecord[] => (incident.remedies ?? []).filter(isInForce)

/** Why this cannot be asked for, as far as the record tells; undefined when it can. */
export function remedyRefusal(incident: Incident, name: RemedyName, direction: Direction): Ignored | undefined {
  const known = remedyOf(incident, name)
  if (known && isChanging(known)) return 'remedy-running'
  // The incident's end undoes nothing, so what is in force can be undone after it too.
  if (direction === 'undo') return known && isInForce(known) ? undefined : 'remedy-not-in-force'
  if (known && isInForce(known)) return 'remedy-in-force'
  const helps = ownAlarms(incident).some(
    ({ ringing, listed }) => ringing && listed !== undefined && remedyNamed(name).offeredFor.includes(listed),
  )
  return incident.status !== 'resolved' && helps ? undefined : 'remedy-not-offered'
}

/** What the menu offers: what can be applied, and what can be undone. */
export const offered = (incident: Incident): { name: RemedyName; direction: Direction }[] =>
  remedies.flatMap(({ name }) =>
    (['apply', 'undo'] as const).flatMap((direction) =>
      remedyRefusal(incident, name, direction) ? [] : [{ name, direction }],
    ),
  )

export function whenRemedyOpened(incident: Incident, event: Event<'remedy-opened'>): Verdict {
  const { viewId, hash, by, name, direction } = event
  return {
    because: 'a person looks at a remedy',
    incident,
    effects: [{ kind: 'fill-remedy-modal', viewId, hash, user: by, name, direction }],
  }
}

export function whenRemedyAsked(incident: Incident, event: Event<'remedy-asked'>): Verdict {
  const { ask } = event
  const known = remedyOf(incident, ask.name)
  if (known && [known.press, known.undo?.press, known.undone?.press].includes(ask.press)) return 'already-done'
  const against = remedyRefusal(incident, ask.name, ask.direction)
  if (against) return against
  if (ask.direction === 'undo') return known ? undoAsked(incident, known, event) : 'remedy-not-in-force'
  return ask.plan ? applyAsked(incident, ask.plan, event) : 'remedy-not-offered'
}

/** Whoever changes something for an incident is on it. */
function applyAsked(
  incident: Incident,
  { from, to, write }: NonNullable<RemedyAsk['plan']>,
  { at, by, ask: { name, press } }: Event<'remedy-asked'>,
): Verdict {
  const asked: RemedyRecord = { name, status: 'asked', by, at, press, from, to, write, updates: [] }
  const owned = { ...withRemedy(incident, asked), owner: incident.owner ?? { user: by, at } }
  return {
    because: 'a person asked for a remedy',
    incident: {
      ...noted(owned, { at, what: 'remedy-asked', by, about: inShort(asked) }),
      status: incident.status === 'open' ? 'acknowledged' : incident.status,
    },
    effects: [
      { kind: 'apply-remedy', name, press, write },
      { kind: 'show' },
      { kind: 'reply', say: { say: 'remedy', told: { what: 'asked', by, direction: 'apply', name, from, to } } },
    ],
  }
}

function undoAsked(incident: Incident, known: RemedyRecord, { at, by, ask }: Event<'remedy-asked'>): Verdict {
  const { press } = ask
  const { name, from, to } = known
  return {
    because: 'a person asked to undo a remedy',
    incident: noted(withRemedy(incident, { ...known, undo: { by, at, press } }), {
      at,
      what: 'remedy-undo-asked',
      by,
      about: inShort({ name, from: to, to: from }),
    }),
    effects: [
      { kind: 'undo-remedy', name, press, write: undoing(known.write) },
      { kind: 'show' },
      { kind: 'reply', say: { say: 'remedy', told: { what: 'asked', by, direction: 'undo', name, from, to } } },
    ],
  }
}

/** For the timeline: what changed from what to what. */
export const inShort = ({ name, from, to }: Pick<RemedyRecord, 'name' | 'from' | 'to'>): string =>
  `${name}: ${from} → ${to}`
