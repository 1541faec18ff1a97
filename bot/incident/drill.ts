import { isBefore, minutes, plus } from '../../common/time.ts'
import type { Ignored } from './decide.ts'
import type { IncidentEvent } from './event.ts'
import type { Incident } from './incident.ts'

/** A drill that nobody closes ends by itself after so many minutes. */
export const drillMinutes = 30

/** A rehearsal: people do what they would do, and nothing outside of Slack is touched. */
export const isDrill = ({ reports }: Pick<Incident, 'reports'>): boolean => reports?.[0]?.kind === 'drill'

/** What would change something that is real, or tell customers. */
const harmful: readonly IncidentEvent['type'][] = [
  'rollback-opened',
  'rollback-asked',
  'remedy-opened',
  'remedy-asked',
  'key-opened',
  'customers-told',
]

/** Why a drill does not do what a real incident would; undefined where it does the same. */
export const refusedInDrill = (incident: Incident, { type }: IncidentEvent): Ignored | undefined =>
  isDrill(incident) && harmful.includes(type) ? 'only-a-drill' : undefined

export const drillIsOver = (incident: Incident, at: string): boolean =>
  isDrill(incident) && !isBefore(at, plus(incident.ringingSince, minutes(drillMinutes)))
