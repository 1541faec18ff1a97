import { priceServices } from '../../common/incident-record.ts'
import { type RemedyName, remedies, remedyNamed } from '../remedy/remedies.ts'
import type { Subject } from '../remedy/remedy.ts'
import { undoing } from '../remedy/write.ts'
import { noted } from './change.ts'
import type { Ignored, Verdict } from './decide.ts'
import type { IncidentEvent } from './event.ts'
import { type Incident, isRinging, ownAlarms } from './incident.ts'
import { type Direction, isChanging, isInForce, type RemedyAsk, type RemedyRecord } from './remedy.ts'
import { isSecurity } from './report.ts'
import { isRollingBack } from './rollback.ts'

type Event<T extends IncidentEvent['type']> = Extract<IncidentEvent, { type: T }>

export const remedyOf = (incident: Incident, name: RemedyName, subject?: string): RemedyRecord | undefined =>
  incident.remedies?.find((each) => each.name === name && each.subject?.id === subject)

export const withRemedy = (incident: Incident, remedy: RemedyRecord): Incident => ({
  ...incident,
  remedies: [
    ...(incident.remedies ?? []).filter(
      ({ name, subject }) => name !== remedy.name || subject?.id !== remedy.subject?.id,
    ),
    remedy,
  ],
})

export const remediesInForce = (incident: Incident): RemedyRecord[] => (incident.remedies ?? []).filter(isInForce)

/** More than anybody presses in one incident; a leak of more keys than this needs another tool. */
const mostRemedies = 20

/** Why this cannot be asked for, as far as the record tells; undefined when it can. */
export function remedyRefusal(
  incident: Incident,
  name: RemedyName,
  direction: Direction,
  subject?: string,
): Ignored | undefined {
  const known = remedyOf(incident, name, subject)
  if (known && isChanging(known)) return 'remedy-running'
  // The incident's end undoes nothing, so what is in force can be undone after it too.
  if (direction === 'undo') return known && isInForce(known) ? undefined : 'remedy-not-in-force'
  if (known && isInForce(known)) return 'remedy-in-force'
  // Its proof is a price that the API answers.
  if (name === 'maintenance-mode' && isRollingBack(incident.rollback)) return 'version-going-back'
  if (incident.status === 'resolved' || !helps(incident, name, subject)) return 'remedy-not-offered'
  return !known && (incident.remedies?.length ?? 0) >= mostRemedies ? 'too-many-remedies' : undefined
}

/** Whose trouble customers of the price service notice. */
const customersNotice: readonly string[] = priceServices

/** Whether something goes on that it helps against. A new key is for whoever has lost a disabled one. */
function helps(incident: Incident, name: RemedyName, subject: string | undefined): boolean {
  const { about, offeredFor, approvedBy } = remedyNamed(name)
  // Managers weigh the whole of it, whichever alarm or report it is about.
  if (approvedBy !== undefined) return isRinging(incident) && customersNotice.includes(incident.service)
  if (about === 'disabled-key') {
    const lost = remedyOf(incident, 'disable-key', subject)
    return lost !== undefined && isInForce(lost) && !isChanging(lost)
  }
  const isTold = about === 'picked-key' && incident.reports?.some(({ kind }) => isSecurity(kind)) === true
  const rings = ownAlarms(incident).some(
    ({ ringing, listed }) => ringing && listed !== undefined && offeredFor.includes(listed),
  )
  return isTold || rings
}

/** One thing that the menu offers. */
export interface Offer {
  name: RemedyName
  direction: Direction
  subject?: Subject
}

/** What the menu offers: what can be applied, and what can be undone. */
export const offered = (incident: Incident): Offer[] =>
  remedies.flatMap(({ name, about, approvedBy }) => {
    const mine = (incident.remedies ?? []).filter((each) => each.name === name)
    const lost = (incident.remedies ?? []).filter((each) => each.name === 'disable-key')
    const applied = about === 'disabled-key' ? lost.map(({ subject }) => subject) : [undefined]
    const toApply = approvedBy === undefined ? applied : []
    return [
      ...toApply.map((subject) => offerOf(name, 'apply', subject)),
      ...mine.map(({ subject }) => offerOf(name, 'undo', subject)),
    ].filter((offer) => remedyRefusal(incident, offer.name, offer.direction, offer.subject?.id) === undefined)
  })

const offerOf = (name: RemedyName, direction: Direction, subject: Subject | undefined): Offer => ({
  name,
  direction,
  ...(subject && { subject }),
})

export function whenRemedyOpened(incident: Incident, event: Event<'remedy-opened'>): Verdict {
  const { viewId, hash, by, name, direction, subject } = event
  return {
    because: 'a person looks at a remedy',
    incident,
    effects: [{ kind: 'fill-remedy-modal', viewId, hash, user: by, name, direction, ...(subject && { subject }) }],
  }
}

export function whenRemedyAsked(incident: Incident, event: Event<'remedy-asked'>): Verdict {
  const { ask } = event
  const known = remedyOf(incident, ask.name, ask.subject?.id)
  if (known && [known.press, known.undo?.press, known.undone?.press].includes(ask.press)) return 'already-done'
  const against = remedyRefusal(incident, ask.name, ask.direction, ask.subject?.id)
  if (against) return against
  if (remedyNamed(ask.name).about !== 'service' && !ask.subject) return 'remedy-not-offered'
  if (ask.direction === 'undo') return known ? undoAsked(incident, known, event) : 'remedy-not-in-force'
  return ask.plan ? applyAsked(incident, ask.plan, event) : 'remedy-not-offered'
}

/** Whoever changes something for an incident is on it. */
function applyAsked(
  incident: Incident,
  { from, to, write }: NonNullable<RemedyAsk['plan']>,
  { at, by, ask: { name, press, subject } }: Event<'remedy-asked'>,
): Verdict {
  const concerned = subject && { subject }
  const asked: RemedyRecord = { name, ...concerned, status: 'asked', by, at, press, from, to, write, updates: [] }
  // Whoever approves is not the one who works on it.
  const isApproval = remedyNamed(name).approvedBy !== undefined
  const next = withRemedy(incident, asked)
  const owned = isApproval ? next : { ...next, owner: incident.owner ?? { user: by, at } }
  return {
    because: 'a person asked for a remedy',
    incident: {
      ...noted(owned, { at, what: 'remedy-asked', by, about: inShort(asked) }),
      status: incident.status === 'open' && owned.owner ? 'acknowledged' : incident.status,
    },
    effects: [
      { kind: 'apply-remedy', name, press, write },
      { kind: 'show' },
      { kind: 'reply', say: { say: 'remedy', told: { what: 'asked', by, direction: 'apply', ...aboutOf(asked) } } },
    ],
  }
}

function undoAsked(incident: Incident, known: RemedyRecord, { at, by, ask }: Event<'remedy-asked'>): Verdict {
  const { press } = ask
  const { name, from, to, subject, made } = known
  const write = undoing(known.write, made)
  if (!write) return 'remedy-not-in-force'
  return {
    because: 'a person asked to undo a remedy',
    incident: noted(withRemedy(incident, { ...known, undo: { by, at, press } }), {
      at,
      what: 'remedy-undo-asked',
      by,
      about: inShort({ name, subject, from: to, to: from }),
    }),
    effects: [
      { kind: 'undo-remedy', name, press, write },
      { kind: 'show' },
      { kind: 'reply', say: { say: 'remedy', told: { what: 'asked', by, direction: 'undo', ...aboutOf(known) } } },
    ],
  }
}

/** What every sentence about a remedy is about. */
export const aboutOf = ({ name, subject, from, to }: RemedyRecord) => ({
  name,
  ...(subject && { subject: subject.label }),
  from,
  to,
})

type Shortened = Pick<RemedyRecord, 'name' | 'from' | 'to'> & { subject?: Subject | undefined }

/** For the timeline: what changed from what to what. */
export const inShort = ({ name, subject, from, to }: Shortened): string =>
  `${name}${subject ? ` ${subject.label}` : ''}: ${from} → ${to}`
