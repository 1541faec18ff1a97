import { isBefore, minutes, msBetween } from '../../common/time.ts'
import { type Change, noted } from './change.ts'
import type { Incident } from './incident.ts'
import { lastHeardOf, mostReminders, reminderDue, remindersInARow, secondAskDue } from './reminder-due.ts'

const isDue = (due: string | undefined, at: string): boolean => due !== undefined && !isBefore(at, due)

/** Reminds an owner who went silent, by a new message in the thread; the last time somebody else is asked as well. */
export function ownerReminded(incident: Incident, at: string): Change | undefined {
  const { owner } = incident
  if (!owner || !isDue(reminderDue(incident), at)) return undefined
  const count = remindersInARow(incident) + 1
  const silent = Math.floor(msBetween(lastHeardOf(incident) ?? owner.at, at) / minutes(1))
  const say = { say: 'reminder', owner: owner.user, minutes: silent, isLast: count === mostReminders } as const
  return {
    incident: noted({ ...incident, reminders: { count, at } }, { at, what: 'owner-reminded', about: owner.user }),
    effects: [{ kind: 'reply', say }],
  }
}

/** Asks management once more, under each card that has reached it. */
export function askedAgain(incident: Incident, at: string): Change | undefined {
  if (!isDue(secondAskDue(incident), at)) return undefined
  const asked = (incident.cards ?? []).filter(({ kind }) => kind === 'managers')
  return {
    incident: noted(
      { ...incident, escalation: { ...incident.escalation, askedAgainAt: at } },
      { at, what: 'asked-again' },
    ),
    effects: asked.map(({ id }) => ({ kind: 'ask-again', card: id })),
  }
}
