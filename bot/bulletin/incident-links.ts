import { isBefore } from '../../common/time.ts'
import type { Incident } from '../incident/incident.ts'
import { Role } from '../incident/logged-change.ts'
import type { Rollback } from '../incident/rollback.ts'
import type { TakenBack } from './deployment.ts'
import type { BulletinEvent } from './event.ts'

type Told = Extract<BulletinEvent, { type: 'incident-told' }>

/**
 * What an incident has to tell about deployments: the one that its rollback took back, and the one that CodeDeploy
 * undid while it was open. It follows from the record alone, so it can be told every minute, and twice.
 */
export function toldByIncident(incident: Incident, at: string): Told[] {
  const { id, service, message, rollback, automaticRollback } = incident
  const about = { type: 'incident-told', at, incident: { id, service, ...(message && { message }) } } as const
  const takenBack = rollback && takenBackBy(rollback)
  const own = rollback && takenBack && deploymentOf(incident, rollback)
  const undone = automaticRollback?.of
  const ofUndone = Role.options.find((role) => deploymentsOf(incident, role).some((each) => each.id === undone))
  return [
    ...(own !== undefined && takenBack ? [{ ...about, role: rollback.role, deployment: own, takenBack }] : []),
    ...(undone !== undefined && undone !== own && ofUndone ? [{ ...about, role: ofUndone, deployment: undone }] : []),
  ]
}

const deploymentsOf = ({ evidence }: Incident, role: Role) => evidence?.functions[role]?.deployments ?? []

/** The deployment that had brought the version which the rollback moved away from. */
function deploymentOf(incident: Incident, { role, from, movedAt = '', deployment }: Rollback): string | undefined {
  const brought = deploymentsOf(incident, role)
    .filter(({ to, undoes, createdAt }) => to === from && undoes === undefined && isBefore(createdAt, movedAt))
    .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))
  return deployment ?? brought[0]?.id
}

function takenBackBy({ by, from, to, movedAt, status }: Rollback): TakenBack | undefined {
  if (movedAt === undefined) return undefined
  const moved = { by, from, to, at: movedAt }
  switch (status) {
    case 'requested':
    case 'stopping':
    case 'moving':
    case 'verifying':
      return { ...moved, outcome: 'verifying' }
    case 'helped':
    case 'did-not-help':
    case 'not-proven':
    case 'failed':
      return { ...moved, outcome: status }
    default:
      return status satisfies never
  }
}
