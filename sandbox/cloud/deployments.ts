import { z } from 'zod'
import type { Clock } from '../../common/clock.ts'
import { AwsError } from './aws-error.ts'
import { answerHook, callHook, hookState, newHook } from './deployments/hook.ts'
import {
  Deployment,
  type DeploymentGroup,
  type DeploymentStatus,
  isUnderWay,
  type NewDeployment,
  newId,
} from './deployments/record.ts'
import { rollbackOf } from './deployments/rollback.ts'
import { stateChangeEvent } from './deployments/state-change.ts'
import type { Functions } from './functions.ts'
import type { Happening } from './happening.ts'
import type { Topic } from './topic.ts'

export type { Deployment, DeploymentGroup, NewDeployment } from './deployments/record.ts'

export const DeploymentsSnapshot = z.object({ deployments: z.array(Deployment), failRollback: z.boolean() })
export type DeploymentsSnapshot = z.output<typeof DeploymentsSnapshot>

interface Options {
  clock: Clock
  application: string
  groups: readonly DeploymentGroup[]
  functions: Functions
  topic: Topic
  /** Whether an alarm is in ALARM now. */
  rings: (alarm: string) => boolean
  /** Told when a deployment begins and ends. */
  changed?: (change: Extract<Happening, { kind: 'deployment-changed' }>) => void
}

/** Older sandboxes knew no hooks: what had started had traffic. */
const withShift = (saved: Deployment): Deployment =>
  saved.hook === undefined && saved.shiftedAt === undefined && saved.startedAt !== undefined
    ? { ...saved, shiftedAt: saved.startedAt }
    : saved

/** CodeDeploy for Lambda: moves an alias to a new version, by canary or at once, and takes it back when a brake rings. */
export function createDeployments({ clock, application, groups, functions, topic, rings, changed }: Options) {
  let deployments: Deployment[] = []
  let failRollback = false
  let losesEvents = false

  function groupNamed(name: string): DeploymentGroup {
    const group = groups.find((each) => each.name === name)
    if (group === undefined)
      throw new AwsError('DeploymentGroupDoesNotExistException', `No Deployment Group found for name: ${name}`)
    return group
  }

  function find(id: string): Deployment {
    const found = deployments.find((each) => each.id === id)
    if (found === undefined)
      throw new AwsError('DeploymentDoesNotExistException', `The deployment ${id} could not be found`)
    return found
  }

  function enter(deployment: Deployment, status: DeploymentStatus, now: Date): void {
    deployment.status = status
    if (status === 'InProgress') deployment.startedAt = now.toISOString()
    else deployment.completedAt = now.toISOString()
    changed?.({ kind: 'deployment-changed', deployment: structuredClone(deployment) })
    const event = stateChangeEvent(application, deployment, now)
    if (event !== undefined && !losesEvents) topic.publish(event)
  }

  function fail(deployment: Deployment, code: string, message: string, now: Date): void {
    deployment.error = { code, message }
    enter(deployment, 'Failed', now)
  }

  function add(deployment: Omit<Deployment, 'id' | 'status' | 'createdAt'>): Deployment {
    const complete: Deployment = { ...deployment, id: newId(), status: 'Created', createdAt: clock.now().toISOString() }
    deployments.push(complete)
    return complete
  }

  function rollBack(stopped: Deployment): void {
    const rollback = add(rollbackOf(stopped))
    stopped.rollbackInfo = {
      rollbackDeploymentId: rollback.id,
      rollbackMessage: `Deployment ${stopped.id} is being rolled back by deployment ${rollback.id}.`,
    }
  }

  function start(deployment: Deployment, now: Date): void {
    const { function: name, currentVersion } = deployment
    enter(deployment, 'InProgress', now)
    if (deployment.creator === 'codeDeployRollback') {
      if (failRollback) fail(deployment, 'INTERNAL_ERROR', 'The traffic of the alias could not be shifted back.', now)
      else finish(deployment, now)
      return
    }
    const { version, weights } = functions.alias(name)
    const extra = Object.keys(weights)
    if (extra.length > 0 || version !== currentVersion)
      fail(
        deployment,
        'INVALID_LAMBDA_CONFIGURATION',
        `The alias must point at version ${currentVersion} alone, but it points at ${[version, ...extra].join(' and ')}.`,
        now,
      )
  }

  /** The new version gets its first traffic, or all of it where there is no canary. */
  function shift(deployment: Deployment, now: Date): void {
    const { canary } = groupNamed(deployment.group)
    deployment.shiftedAt = now.toISOString()
    if (canary === undefined) finish(deployment, now)
    else
      functions.updateAlias(deployment.function, {
        weights: { [deployment.targetVersion]: canary.weight },
        by: 'CodeDeploy',
      })
  }

  function finish(deployment: Deployment, now: Date): void {
    functions.updateAlias(deployment.function, { version: deployment.targetVersion, weights: {}, by: 'CodeDeploy' })
    enter(deployment, 'Succeeded', now)
  }

  /** Goes as far as the hook lets it. */
  function goOn(deployment: Deployment, now: Date): void {
    const { canary } = groupNamed(deployment.group)
    const { shiftedAt, hook } = deployment
    if (shiftedAt !== undefined) {
      if (now.getTime() - Date.parse(shiftedAt) >= (canary?.minutes ?? 0) * 60_000) finish(deployment, now)
      return
    }
    const state = hookState(deployment, now)
    switch (state) {
      case 'passed':
        shift(deployment, now)
        break
      case 'waits':
        break
      case 'failed':
        rollBack(deployment)
        fail(deployment, 'HOOK_EXECUTION_FAILURE', `The hook ${hook?.function} did not let it pass.`, now)
        break
      default:
        state satisfies never
    }
  }

  async function advance(deployment: Deployment, now: Date): Promise<void> {
    const { brakes } = groupNamed(deployment.group)
    const ringing = deployment.overrideAlarms ? [] : (deployment.alarms ?? brakes).filter(rings)
    if (ringing.length > 0) {
      deployment.error = {
        code: 'ALARM_ACTIVE',
        message: `One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the affected deployments have been stopped. Activated alarms: <${ringing.join(', ')}>`,
      }
      rollBack(deployment)
      return enter(deployment, 'Stopped', now)
    }
    if (deployment.status === 'Created') {
      start(deployment, now)
      if (isUnderWay(deployment) && deployment.hook) await callHook(functions, deployment, deployment.hook, now)
    }
    // Somebody may have stopped it while its hook was at work.
    if (isUnderWay(deployment)) goOn(deployment, now)
  }

  return {
    application,
    groups,
    /** Starts a deployment at the next tick. Refused while the group has one under way. */
    create(wanted: NewDeployment): Deployment {
      const group = groupNamed(wanted.group)
      const running = deployments.find((each) => each.group === group.name && isUnderWay(each))
      if (running !== undefined)
        throw new AwsError(
          'DeploymentLimitExceededException',
          `The Deployment Group '${group.name}' already has an active Deployment '${running.id}'`,
        )
      functions.version(group.function, wanted.targetVersion)
      return add({
        group: group.name,
        function: group.function,
        creator: 'user',
        description: wanted.description ?? '',
        currentVersion: wanted.currentVersion ?? functions.alias(group.function).version,
        targetVersion: wanted.targetVersion,
        overrideAlarms: wanted.overrideAlarms ?? false,
        ...(wanted.alarms && { alarms: [...wanted.alarms] }),
        ...(wanted.hook !== undefined && { hook: newHook(wanted.hook) }),
        revisionType: wanted.revisionType ?? 'String',
      })
    },
    /** Stops a deployment on request. Without automatic rollback the alias keeps both versions. */
    stop(id: string, autoRollback: boolean): Deployment {
      const deployment = find(id)
      if (!isUnderWay(deployment))
        throw new AwsError(
          'DeploymentAlreadyCompletedException',
          `The deployment ${id} is already completed with status ${deployment.status}`,
        )
      if (autoRollback) rollBack(deployment)
      deployment.error = { code: 'MANUAL_STOP', message: 'The deployment was stopped by a user.' }
      enter(deployment, 'Stopped', clock.now())
      return deployment
    },
    /** Adds a finished deployment of the past, as the world's history. */
    remember(past: Omit<Deployment, 'id' | 'status' | 'overrideAlarms' | 'creator' | 'revisionType'>): void {
      deployments.push({
        ...past,
        id: newId(),
        status: 'Succeeded',
        creator: 'user',
        overrideAlarms: false,
        revisionType: 'String',
      })
    },
    find,
    /** Newest first. */
    list: (): readonly Deployment[] => deployments.toReversed(),
    underWay: (group: string): Deployment | undefined =>
      deployments.find((each) => each.group === group && isUnderWay(each)),
    /** Lets CodeDeploy's own rollbacks fail, which leaves two versions on the alias. */
    setFailRollback(fails: boolean): void {
      failRollback = fails
    },
    /** While events are lost, nobody is told of what happens to deployments. */
    setLosesEvents(loses: boolean): void {
      losesEvents = loses
    },
    /** What the hook of a deployment reports. */
    answerHook: (id: string, executionId: string, status: string): void => answerHook(find(id), executionId, status),
    /** Advances what is under way. What this tick creates starts at the next one. */
    async tick(now: Date): Promise<void> {
      for (const deployment of deployments.filter(isUnderWay)) await advance(deployment, now)
    },
    snapshot: (): DeploymentsSnapshot => structuredClone({ deployments, failRollback }),
    restore(saved: DeploymentsSnapshot): void {
      deployments = structuredClone(saved.deployments).map(withShift)
      failRollback = saved.failRollback
    },
  }
}

export type Deployments = ReturnType<typeof createDeployments>
