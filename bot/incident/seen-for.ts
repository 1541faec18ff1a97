import type { Incident } from './incident.ts'
import type { Role } from './logged-change.ts'
import type { SeenChanges } from './seen-change.ts'
import { type Judged, whatChanged } from './what-changed.ts'
import { leadAlarm, rollbackRole } from './when-rollback-asked.ts'

/** The alarm that changes are compared with. */
export const comparedWith = (incident: Incident): string => leadAlarm(incident)?.firedAt ?? incident.openedAt

/** The function whose alarm rings; undefined where none of ours can be behind it. */
export const ringingRole = (incident: Incident): Role | undefined => rollbackRole(incident)

/** How changes are judged for an incident. */
export const judgedFor = (incident: Incident): Judged => ({
  id: incident.id,
  alarmAt: comparedWith(incident),
  ringing: ringingRole(incident),
})

/** What changed, as far as the evidence tells; a record from before the change log still has its deployments. */
export const changesSeen = (incident: Incident): SeenChanges =>
  incident.evidence?.changes ?? whatChanged({ functions: incident.evidence?.functions ?? {} }, comparedWith(incident))
