import { createHash } from 'node:crypto'
import {
  BatchGetDeploymentsCommand,
  type CodeDeployClient,
  CreateDeploymentCommand,
  type DeploymentInfo,
  GetDeploymentCommand,
  ListDeploymentsCommand,
} from '@aws-sdk/client-codedeploy'
import { liveAlias } from '../../common/names.ts'
import { moveOf } from '../before-traffic/app-spec.ts'

/** A deployment as CodeDeploy tells it. */
export interface Deployment {
  id: string
  /** Created, Queued, InProgress, Baking, Ready, Succeeded, Failed or Stopped. */
  status: string
  description: string
  createdAt: Date
  startedAt?: Date
  /** Absent where the AppSpec cannot be read. */
  from?: string
  to?: string
  /** How long the new version has a part of the traffic before it has all of it. */
  canaryMinutes?: number
  error?: { code: string; message: string }
  /** The deployment by which CodeDeploy takes this one back. */
  rollback?: string
  /** CodeDeploy made it by itself, to take another one back. */
  isRollback: boolean
}

const underWay = ['Created', 'Queued', 'InProgress', 'Baking', 'Ready'] as const
export const isUnderWay = ({ status }: Pick<Deployment, 'status'>): boolean => underWay.some((each) => each === status)

export interface NewDeployment {
  application: string
  group: string
  functionName: string
  from: string
  to: string
  hook: string
  description: string
  /** The alarms that stop it, in place of its group's. */
  alarms?: readonly string[]
}

/** CodeDeploy as the release sees it. */
export interface Deployments {
  underWay(application: string, group: string): Promise<Deployment | undefined>
  /** The latest of a group, newest first. */
  latest(application: string, group: string): Promise<Deployment[]>
  find(id: string): Promise<Deployment>
  /** `busy`: another one of the group is under way. */
  create(wanted: NewDeployment): Promise<{ id: string } | 'busy'>
}

/** As many as CodeDeploy tells at once. */
const most = 25

export function createDeployments(client: CodeDeployClient): Deployments {
  async function describe(ids: readonly string[]): Promise<Deployment[]> {
    if (ids.length === 0) return []
    const { deploymentsInfo = [] } = await client.send(
      new BatchGetDeploymentsCommand({ deploymentIds: ids.slice(0, most) }),
    )
    return deploymentsInfo.map(deploymentOf).sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
  }
  return {
    underWay: async (applicationName, deploymentGroupName) => {
      const { deployments = [] } = await client.send(
        new ListDeploymentsCommand({ applicationName, deploymentGroupName, includeOnlyStatuses: [...underWay] }),
      )
      return (await describe(deployments)).find(isUnderWay)
    },
    latest: async (applicationName, deploymentGroupName) => {
      const { deployments = [] } = await client.send(
        new ListDeploymentsCommand({ applicationName, deploymentGroupName }),
      )
      return describe(deployments)
    },
    find: async (id) => {
      const { deploymentInfo } = await client.send(new GetDeploymentCommand({ deploymentId: id }))
      if (deploymentInfo === undefined) throw new Error(`CodeDeploy says nothing of the deployment ${id}`)
      return deploymentOf(deploymentInfo)
    },
    create: async (wanted) => {
      const content = appSpec(wanted)
      const sha256 = createHash('sha256').update(content).digest('hex')
      try {
        const { deploymentId } = await client.send(
          new CreateDeploymentCommand({
            applicationName: wanted.application,
            deploymentGroupName: wanted.group,
            description: wanted.description,
            revision: { revisionType: 'AppSpecContent', appSpecContent: { content, sha256 } },
            ...(wanted.alarms && {
              overrideAlarmConfiguration: { enabled: true, alarms: wanted.alarms.map((name) => ({ name })) },
            }),
          }),
        )
        if (deploymentId === undefined) throw new Error('CodeDeploy created a deployment without an id')
        return { id: deploymentId }
      } catch (error) {
        if (error instanceof Error && error.name === 'DeploymentLimitExceededException') return 'busy'
        throw error
      }
    },
  }
}

const appSpec = ({ functionName, from, to, hook }: NewDeployment): string =>
  JSON.stringify({
    version: 0.0,
    Resources: [
      {
        [functionName]: {
          Type: 'AWS::Lambda::Function',
          Properties: { Name: functionName, Alias: liveAlias, CurrentVersion: from, TargetVersion: to },
        },
      },
    ],
    Hooks: [{ BeforeAllowTraffic: hook }],
  })

function deploymentOf(info: DeploymentInfo): Deployment {
  const { deploymentId, createTime, startTime, errorInformation, rollbackInfo } = info
  if (deploymentId === undefined || createTime === undefined)
    throw new Error('CodeDeploy described a deployment without its id or time')
  const move = moveOf(info.revision)
  const canary = /Canary\d+Percent(\d+)Minutes$/.exec(info.deploymentConfigName ?? '')?.[1]
  const isRollback = info.creator === 'codeDeployRollback'
  const rollback = isRollback ? undefined : rollbackInfo?.rollbackDeploymentId
  return {
    id: deploymentId,
    status: info.status ?? 'Created',
    description: info.description ?? '',
    createdAt: createTime,
    ...(startTime && { startedAt: startTime }),
    ...(!('wrong' in move) && { from: move.from, to: move.to }),
    ...(canary !== undefined && { canaryMinutes: Number(canary) }),
    ...(errorInformation && {
      error: { code: errorInformation.code ?? 'unknown', message: errorInformation.message ?? '' },
    }),
    ...(rollback !== undefined && { rollback }),
    isRollback,
  }
}
