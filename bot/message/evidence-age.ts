import { type Incident, isRinging } from '../incident/incident.ts'
import { when } from './format.ts'
import { type Look, words } from './look.ts'

/** When the evidence was read, and whether it will be again; or that it has grown old, because reading it fails. */
export function ageLines(incident: Incident, look: Look): string[] {
  const { rollback: say } = words(look)
  const readAt = incident.evidence?.readAt
  if (incident.evidenceIsLate) return [readAt === undefined ? say.neverRead : say.readLongAgo(when(readAt))]
  if (readAt === undefined) return []
  return [isRinging(incident) ? say.readEveryMinute(when(readAt)) : say.readAt(when(readAt))]
}
