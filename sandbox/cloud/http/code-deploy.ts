import { createHash } from 'node:crypto'
import { z } from 'zod'
import { liveAlias } from '../../../common/names.ts'
import { AwsError } from '../aws-error.ts'
import { AppSpec, appSpecOf, type Deployment, DeploymentStatus } from '../deployments/record.ts'
import type { Deployments } from '../deployments.ts'
import { epochSeconds, type Operations, operation, page } from './operation.ts'

const ListDeployments = z.strictObject({
  applicationName: z.string().optional(),
  deploymentGroupName: z.string().optional(),
  includeOnlyStatuses: z.array(z.union([DeploymentStatus, z.enum(['Queued', 'Baking', 'Ready'])])).optional(),
  createTimeRange: z.strictObject({ start: z.number().optional(), end: z.number().optional() }).optional(),
  nextToken: z.string().optional(),
})
const One = z.strictObject({ deploymentId: z.string() })
const Several = z.strictObject({ deploymentIds: z.array(z.string()) })
const Stop = One.extend({ autoRollbackEnabled: z.boolean().optional() })
const HookStatus = z.strictObject({
  deploymentId: z.string(),
  lifecycleEventHookExecutionId: z.string(),
  status: z.enum(['Pending', 'InProgress', 'Succeeded', 'Failed', 'Skipped', 'Unknown']),
})
const Content = z.strictObject({ content: z.string(), sha256: z.string().optional() })
const AlarmConfiguration = z.strictObject({
  enabled: z.boolean(),
  ignorePollAlarmFailure: z.boolean().optional(),
  alarms: z.array(z.strictObject({ name: z.string() })).optional(),
})
const Create = z.strictObject({
  applicationName: z.string(),
  deploymentGroupName: z.string(),
  description: z.string().optional(),
  revision: z.discriminatedUnion('revisionType', [
    z.strictObject({ revisionType: z.literal('AppSpecContent'), appSpecContent: Content }),
    z.strictObject({ revisionType: z.literal('String'), string: Content }),
  ]),
  overrideAlarmConfiguration: AlarmConfiguration.optional(),
})

const listSize = 100
const batchSize = 25

/** Reads the AppSpec's only resource. CodeDeploy also takes YAML; the deploy command writes JSON. */
function appSpecTarget(content: string) {
  const invalid = (text: string) => new AwsError('InvalidRevisionException', `The AppSpec cannot be used: ${text}`)
  let json: unknown
  try {
    json = JSON.parse(content)
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error))
  }
  const parsed = AppSpec.safeParse(json)
  if (!parsed.success) throw invalid(z.prettifyError(parsed.error))
  const [resource] = parsed.data.Resources.flatMap((resources) => Object.values(resources))
  if (resource === undefined) throw invalid('it names no function')
  return { ...resource.Properties, hook: parsed.data.Hooks?.[0]?.BeforeAllowTraffic }
}

/** The alarms of this deployment alone: they replace the group's, and none at all if they are switched off. */
function alarmsOf(configuration: z.output<typeof AlarmConfiguration> | undefined) {
  if (configuration === undefined) return {}
  if (!configuration.enabled) return { overrideAlarms: true }
  const alarms = (configuration.alarms ?? []).map(({ name }) => name)
  const invalid = (text: string) => new AwsError('InvalidAlarmConfigException', text)
  if (alarms.length === 0) throw invalid('An alarm configuration that is enabled must name an alarm.')
  if (alarms.some((name) => name === '' || name.length > 255)) throw invalid('An alarm needs a name of 1 to 255 signs.')
  if (new Set(alarms).size < alarms.length) throw invalid('An alarm is named twice.')
  if (alarms.length > 10) throw new AwsError('AlarmsLimitExceededException', 'A deployment has at most 10 alarms.')
  return { alarms }
}

function overview({ status }: Deployment) {
  const count = (...statuses: Deployment['status'][]) => (statuses.includes(status) ? 1 : 0)
  return {
    Pending: count('Created'),
    InProgress: count('InProgress'),
    Succeeded: count('Succeeded'),
    Failed: count('Failed', 'Stopped'),
    Skipped: 0,
    Ready: 0,
  }
}

function infoOf(deployment: Deployment, application: string, canary: boolean) {
  const content = appSpecOf(deployment, liveAlias)
  const text = { content, sha256: createHash('sha256').update(content).digest('hex') }
  const { startedAt, completedAt, error, rollbackInfo } = deployment
  return {
    applicationName: application,
    deploymentGroupName: deployment.group,
    deploymentConfigName: `CodeDeployDefault.Lambda${canary ? 'Canary10Percent5Minutes' : 'AllAtOnce'}`,
    deploymentId: deployment.id,
    revision:
      deployment.revisionType === 'String'
        ? { revisionType: 'String', string: text }
        : { revisionType: 'AppSpecContent', appSpecContent: text },
    status: deployment.status,
    createTime: epochSeconds(deployment.createdAt),
    ...(startedAt !== undefined && { startTime: epochSeconds(startedAt) }),
    ...(completedAt !== undefined && { completeTime: epochSeconds(completedAt) }),
    ...(error !== undefined && { errorInformation: error }),
    deploymentOverview: overview(deployment),
    description: deployment.description,
    creator: deployment.creator,
    ignoreApplicationStopFailures: false,
    ...(rollbackInfo !== undefined && { rollbackInfo }),
    deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
    computePlatform: 'Lambda',
  }
}

/** CodeDeploy as its clients see it. */
export function codeDeployOperations(deployments: Deployments): Operations {
  const { application, groups } = deployments
  const info = (deployment: Deployment) =>
    infoOf(
      deployment,
      application,
      groups.some(({ name, canary }) => name === deployment.group && canary !== undefined),
    )

  function checkApplication(name: string | undefined): void {
    if (name !== undefined && name !== application)
      throw new AwsError('ApplicationDoesNotExistException', `No application found for name: ${name}`)
  }

  return {
    ListDeployments: operation(ListDeployments, (input) => {
      checkApplication(input.applicationName)
      const group = input.deploymentGroupName
      if (group !== undefined && input.applicationName === undefined)
        throw new AwsError('ApplicationNameRequiredException', 'A deployment group needs its application name.')
      if (group !== undefined && !groups.some(({ name }) => name === group))
        throw new AwsError('DeploymentGroupDoesNotExistException', `No Deployment Group found for name: ${group}`)
      const { start = Number.NEGATIVE_INFINITY, end = Number.POSITIVE_INFINITY } = input.createTimeRange ?? {}
      const statuses: readonly string[] | undefined = input.includeOnlyStatuses
      const found = deployments.list().filter((deployment) => {
        const created = epochSeconds(deployment.createdAt)
        return (
          (group === undefined || deployment.group === group) &&
          (statuses === undefined || statuses.length === 0 || statuses.includes(deployment.status)) &&
          created >= start &&
          created <= end
        )
      })
      const { items, next } = page(found, listSize, input.nextToken)
      return { deployments: items.map(({ id }) => id), ...(next !== undefined && { nextToken: next }) }
    }),
    GetDeployment: operation(One, ({ deploymentId }) => ({ deploymentInfo: info(deployments.find(deploymentId)) })),
    BatchGetDeployments: operation(Several, ({ deploymentIds }) => {
      if (deploymentIds.length > batchSize)
        throw new AwsError('BatchLimitExceededException', `At most ${batchSize} deployments can be read at once.`)
      // Unlike GetDeployment, CodeDeploy leaves out of a batch what it does not know.
      return {
        deploymentsInfo: deployments
          .list()
          .filter(({ id }) => deploymentIds.includes(id))
          .map(info),
      }
    }),
    StopDeployment: operation(Stop, ({ deploymentId, autoRollbackEnabled }) => {
      deployments.stop(deploymentId, autoRollbackEnabled ?? false)
      return { status: 'Succeeded', statusMessage: 'Deployment was stopped.' }
    }),
    PutLifecycleEventHookExecutionStatus: operation(HookStatus, (input) => {
      deployments.answerHook(input.deploymentId, input.lifecycleEventHookExecutionId, input.status)
      return { lifecycleEventHookExecutionId: input.lifecycleEventHookExecutionId }
    }),
    CreateDeployment: operation(Create, (input) => {
      checkApplication(input.applicationName)
      const { revision } = input
      const target = appSpecTarget(
        revision.revisionType === 'String' ? revision.string.content : revision.appSpecContent.content,
      )
      const group = groups.find(({ name }) => name === input.deploymentGroupName)
      if (group !== undefined && (target.Name !== group.function || target.Alias !== liveAlias))
        throw new AwsError(
          'InvalidRevisionException',
          `The AppSpec names ${target.Name}:${target.Alias}, but this group deploys ${group.function}:${liveAlias}.`,
        )
      const { id } = deployments.create({
        group: input.deploymentGroupName,
        targetVersion: target.TargetVersion,
        currentVersion: target.CurrentVersion,
        description: input.description,
        ...alarmsOf(input.overrideAlarmConfiguration),
        hook: target.hook,
        revisionType: revision.revisionType,
      })
      return { deploymentId: id }
    }),
  }
}
