import { isBefore, type Moment, minutes, plus } from '../../common/time.ts'
import type { Incident } from './incident.ts'
import { isInForce, type RemedyRecord } from './remedy.ts'

/** Alarms look back some minutes: so long after it was lifted they may still tell of it. */
const tellsOnFor = minutes(5)

const maintenanceOf = ({ remedies }: Incident): RemedyRecord | undefined =>
  remedies?.find(({ name }) => name === 'maintenance-mode')

/** Maintenance mode is on by this incident, or about to be. */
export function isInMaintenance(incident: Incident): boolean {
  const known = maintenanceOf(incident)
  return known !== undefined && (known.status === 'asked' || isInForce(known))
}

/** When a manager approved it, whether or not it has been lifted since; undefined where it could not be turned on. */
export function approvedAt(incident: Incident): Moment | undefined {
  const known = maintenanceOf(incident)
  return known?.status === 'failed' ? undefined : known?.at
}

/** Until when alarms may still tell of a maintenance that this incident has lifted; undefined when it has lifted none. */
export function tellsOnUntil(incident: Incident): Moment | undefined {
  const known = maintenanceOf(incident)
  return known?.status === 'undone' && known.undone ? plus(known.undone.at, tellsOnFor) : undefined
}

/** Whether an alarm that changed at `at` may come from maintenance mode. */
export function isFromMaintenance(incident: Incident, at: Moment): boolean {
  const known = maintenanceOf(incident)
  if (known === undefined || isBefore(at, known.at)) return false
  if (isInMaintenance(incident)) return true
  const until = tellsOnUntil(incident)
  return until !== undefined && isBefore(at, until)
}
