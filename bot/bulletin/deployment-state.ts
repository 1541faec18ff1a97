import * as z from 'zod'
import { type DeploymentFacts, hasEnded } from './deployment.ts'

/** How a deployment stands, in the one word that its headline is made of. */
export const DeploymentState = z.enum([
  'created',
  'started',
  'canary',
  'succeeded',
  'stopped',
  'failed',
  'undoing',
  'undone',
  'undoFailed',
  'takenBack',
  'lost',
])
export type DeploymentState = z.output<typeof DeploymentState>

export function deploymentState(facts: DeploymentFacts): DeploymentState {
  const { status, lost, canaryPercent, undoneBy, takenBack } = facts
  if (takenBack) return 'takenBack'
  if (!hasEnded({ status })) return lost ? 'lost' : canaryPercent === undefined ? status : 'canary'
  if (!undoneBy) return status
  if (!hasEnded(undoneBy)) return 'undoing'
  return undoneBy.status === 'succeeded' ? 'undone' : 'undoFailed'
}
