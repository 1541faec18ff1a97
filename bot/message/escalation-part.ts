import type { Incident } from '../incident/incident.ts'
import { quotable, when } from './format.ts'
import { type Look, person, words } from './look.ts'
import { reasonSentence } from './reasons.ts'

const oClock = (hour: number): string => {
  const minutes = Math.round(hour * 60)
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

/** Where the incident has gone, where it goes next and when; or why it goes nowhere. */
export function escalationLines(incident: Incident, look: Look): string[] {
  const { incident: say } = words(look)
  const { level, since, next, why, by } = incident.escalation
  const owner = incident.owner && person(incident.owner.user)
  const reached =
    level === 1 ? [] : [say.atLevel(say.levels[level], when(since), reasonSentence({ why, by }, incident, look))]
  if ('nothingDue' in next) return [...reached, say.noNext(next.nothingDue, owner)]
  const step = say.next(say.levels[next.level], when(next.due), next.why)
  const { open, close, zone } = look.hours
  const waits = incident.severity === 'Medium' ? [say.officeHours(say.hours(oClock(open), oClock(close), zone))] : []
  return [...reached, ...heldLines(incident, next.due, look), say.sentences([step, ...waits])]
}

/** A hold is told while it is what the next step waits for. */
function heldLines({ hold }: Incident, due: string, look: Look): string[] {
  if (hold?.until !== due) return []
  return [words(look).people.holdUntil(when(hold.until), person(hold.by), quotable(hold.reason, 300))]
}
