import type { Deployment } from './record.ts'

/** CodeDeploy's own rollback is a new deployment, back to where the alias came from. It asks no alarm and no hook. */
export const rollbackOf = (stopped: Deployment): Omit<Deployment, 'id' | 'status' | 'createdAt'> => ({
  group: stopped.group,
  function: stopped.function,
  creator: 'codeDeployRollback',
  description: `Deployment rollback of ${stopped.id}`,
  currentVersion: stopped.targetVersion,
  targetVersion: stopped.currentVersion,
  overrideAlarms: true,
  revisionType: 'String',
  rollbackInfo: {
    rollbackTriggeringDeploymentId: stopped.id,
    rollbackMessage: `Deployment ${stopped.id} failed or was stopped, and was rolled back to version ${stopped.currentVersion}.`,
  },
})
