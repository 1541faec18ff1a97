import { isBefore, plus } from '../../common/time.ts'
import { noted } from './change.ts'
import type { Verdict } from './decide.ts'
import type { IncidentEvent } from './event.ts'
import { holdTime, longestReason } from './hold.ts'
import { type Incident, ringsItself } from './incident.ts'
import { remindersInARow, secondAskDue } from './reminder-due.ts'

type Event<T extends IncidentEvent['type']> = Extract<IncidentEvent, { type: T }>

/** Somebody makes it theirs, whoever had it: the one before learns it in the thread. */
export function whenTakenOver(incident: Incident, { at, by }: Event<'taken-over'>): Verdict {
  if (incident.status === 'resolved') return 'already-resolved'
  const { owner } = incident
  if (owner?.user === by) return 'already-yours'
  const status = incident.status === 'recovering' ? 'recovering' : 'acknowledged'
  const owned: Incident = { ...incident, owner: { user: by, at }, status }
  return {
    because: 'a person took it over',
    incident: noted(owned, { at, what: 'taken-over', by, from: incident.status, ...(owner && { about: owner.user }) }),
    effects: [{ kind: 'show' }, { kind: 'reply', say: { say: 'taken-over', by, ...(owner && { from: owner.user }) } }],
  }
}

/** The answer to a reminder. Only the owner can give it: anybody else takes it over. */
export function whenStillOnIt(incident: Incident, { at, by }: Event<'still-on-it'>): Verdict {
  if (incident.status === 'resolved') return 'already-resolved'
  if (incident.owner?.user !== by) return 'not-the-owner'
  // The owner has been heard of since the last reminder, which a press delivered twice has seen to.
  if (remindersInARow(incident) === 0) return 'already-done'
  return {
    because: 'the owner is still on it',
    incident: noted(incident, { at, what: 'still-on-it', by }),
    effects: [{ kind: 'reply', say: { say: 'still-on-it', by } }],
  }
}

/** Nothing goes up before the hold ends, and management is not asked again. A person may still escalate. */
export function whenHoldAsked(incident: Incident, { at, by, reason, press }: Event<'hold-asked'>): Verdict {
  if (incident.hold?.press === press) return 'already-done'
  if (incident.status === 'resolved') return 'already-resolved'
  const until = plus(at, holdTime)
  if (!isBefore(nextCall(incident) ?? until, until)) return 'nothing-to-hold'
  const said = reason.slice(0, longestReason)
  return {
    because: 'a person asked for time',
    incident: noted(
      { ...incident, hold: { by, at, until, reason: said, press } },
      { at, what: 'held', by, about: said },
    ),
    effects: [{ kind: 'show' }, { kind: 'reply', say: { say: 'held', by, until, reason: said } }],
  }
}

/** When somebody would be called next: the people of the next level, or management a second time. */
export function nextCall(incident: Incident): string | undefined {
  const { next } = incident.escalation
  if ('due' in next) return next.due
  return ringsItself(incident) ? secondAskDue(incident) : undefined
}
