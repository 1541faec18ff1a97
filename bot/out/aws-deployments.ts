import {
  BatchGetDeploymentsCommand,
  type CodeDeployClient,
  type DeploymentInfo,
  ListDeploymentsCommand,
  StopDeploymentCommand,
} from '@aws-sdk/client-codedeploy'
import * as z from 'zod'
import { moment } from '../../common/time.ts'
import type { Deployment } from '../incident/evidence.ts'

/** CodeDeploy as the bot sees it. */
export interface Deployments {
  /** The latest of a group, newest first. */
  latest(application: string, group: string, abortSignal?: AbortSignal): Promise<Deployment[]>
  /** Those of these ids that CodeDeploy knows, with what only the feed tells. */
  told(ids: readonly string[], abortSignal?: AbortSignal): Promise<ToldDeployment[]>
  /** Stops it and lets CodeDeploy roll back. Stopping one that has ended already is fine. */
  stop(id: string): Promise<void>
}

/** A deployment with what an incident does not keep. */
export interface ToldDeployment extends Deployment {
  startedAt?: string
  /** CodeDeploy's own rollback of it. */
  undoneBy?: string
  error?: { code: string; message: string }
}

const mostDeployments = 10

export function createDeployments(client: CodeDeployClient): Deployments {
  const read = async (ids: readonly string[], abortSignal?: AbortSignal): Promise<DeploymentInfo[]> => {
    if (ids.length === 0) return []
    const command = new BatchGetDeploymentsCommand({ deploymentIds: [...ids] })
    return (await client.send(command, { ...(abortSignal && { abortSignal }) })).deploymentsInfo ?? []
  }
  return {
    latest: async (application, group, abortSignal) => {
      const until = { ...(abortSignal && { abortSignal }) }
      const { deployments = [] } = await client.send(
        new ListDeploymentsCommand({ applicationName: application, deploymentGroupName: group }),
        until,
      )
      return (await read(deployments.slice(0, mostDeployments), abortSignal))
        .flatMap((info) => deployment(info) ?? [])
        .sort((a, b) => b.createdAt.localeCompare(a.createdAt))
    },
    told: async (ids, abortSignal) => (await read(ids, abortSignal)).flatMap((info) => told(info) ?? []),
    stop: async (id) => {
      try {
        await client.send(new StopDeploymentCommand({ deploymentId: id, autoRollbackEnabled: true }))
      } catch (error) {
        if (error instanceof Error && error.name === 'DeploymentAlreadyCompletedException') return
        throw error
      }
    },
  }
}

const Properties = z.object({ CurrentVersion: z.coerce.string(), TargetVersion: z.coerce.string() })
const AppSpec = z.object({
  Resources: z.array(z.record(z.string(), z.object({ Properties: Properties.loose() }).loose())).min(1),
})

/** Which versions a deployment leads from and to stands only in its AppSpec, a JSON text. */
function versionsOf(info: DeploymentInfo): { from: string; to: string } | undefined {
  const content = info.revision?.appSpecContent?.content ?? info.revision?.string?.content
  if (content === undefined) return undefined
  const spec = AppSpec.safeParse(readJson(content))
  const properties = spec.success ? Object.values(spec.data.Resources[0] ?? {})[0]?.Properties : undefined
  return properties && { from: properties.CurrentVersion, to: properties.TargetVersion }
}

function deployment(info: DeploymentInfo): Deployment | undefined {
  if (!info.deploymentId || !info.createTime) return undefined
  const undoes = info.rollbackInfo?.rollbackTriggeringDeploymentId
  return {
    id: info.deploymentId,
    status: info.status ?? 'Created',
    createdAt: moment(info.createTime),
    ...(info.completeTime && { completedAt: moment(info.completeTime) }),
    ...versionsOf(info),
    // The triggering deployment carries rollback facts too; only one CodeDeploy made itself undoes another.
    ...(info.creator === 'codeDeployRollback' && undoes !== undefined && { undoes }),
  }
}

const longestError = 500

function told(info: DeploymentInfo): ToldDeployment | undefined {
  const known = deployment(info)
  const undoneBy = info.rollbackInfo?.rollbackDeploymentId
  const { code = '', message = '' } = info.errorInformation ?? {}
  return (
    known && {
      ...known,
      ...(info.startTime && { startedAt: moment(info.startTime) }),
      ...(undoneBy !== undefined && { undoneBy }),
      ...(info.errorInformation && { error: { code, message: message.slice(0, longestError) } }),
    }
  )
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
