import { randomUUID } from 'node:crypto'
import { account, arnOf, region } from '../place.ts'
import type { Deployment } from './record.ts'

function eventState(deployment: Deployment): 'START' | 'SUCCESS' | 'FAILURE' | 'STOP' | undefined {
  switch (deployment.status) {
    case 'Created':
      return undefined
    case 'InProgress':
      return 'START'
    case 'Succeeded':
      return 'SUCCESS'
    case 'Failed':
      return 'FAILURE'
    case 'Stopped':
      return 'STOP'
    default:
      return deployment.status satisfies never
  }
}

/** The EventBridge event of a deployment's state, or undefined for a state that CodeDeploy does not announce. */
export function stateChangeEvent(application: string, deployment: Deployment, now: Date): string | undefined {
  const state = eventState(deployment)
  if (state === undefined) return undefined
  return JSON.stringify({
    version: '0',
    id: randomUUID(),
    'detail-type': 'CodeDeploy Deployment State-change Notification',
    source: 'aws.codedeploy',
    account,
    // EventBridge gives whole seconds.
    time: now.toISOString().replace(/\.\d+Z$/, 'Z'),
    region,
    resources: [
      `arn:aws:codedeploy:${region}:${account}:application:${application}`,
      arnOf.deploymentGroup(application, deployment.group),
    ],
    detail: {
      region,
      deploymentId: deployment.id,
      instanceGroupId: randomUUID(),
      deploymentGroup: deployment.group,
      state,
      application,
    },
  })
}
