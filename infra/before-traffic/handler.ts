import { CodeDeployClient, PutLifecycleEventHookExecutionStatusCommand } from '@aws-sdk/client-codedeploy'
import { LambdaClient } from '@aws-sdk/client-lambda'
import * as z from 'zod'
import { awsClientSettings } from '../../common/aws-client-settings.ts'
import { type Env, readSettings } from '../../common/env.ts'
import { describeError } from '../../common/logger.ts'
import { names } from '../../common/names.ts'
import type { World } from '../../common/world.ts'
import { checkVersion } from './check-version.ts'

const HookEvent = z.object({ DeploymentId: z.string().min(1), LifecycleEventHookExecutionId: z.string().min(1) })
type HookEvent = z.output<typeof HookEvent>

const Settings = z.object({ STAGE: z.string().min(1) })

const callLimitMs = 5_000
/** A version that starts and reads one item needs no longer; the Lambda itself is given a minute. */
const checkLimitMs = 20_000

/**
 * The Lambda that CodeDeploy asks before a new version gets traffic, built once from its environment. It reports
 * whether the version starts and can read its table. Whatever goes wrong is reported as a failure, or the deployment
 * would wait for an hour.
 */
export function createBeforeTraffic(env: Env, { log }: World) {
  const { STAGE } = readSettings(Settings, env)
  const functions = Object.values(names(STAGE).functions)
  const codedeploy = new CodeDeployClient(awsClientSettings(env, 'CODEDEPLOY', callLimitMs))
  const lambda = new LambdaClient(awsClientSettings(env, 'LAMBDA', checkLimitMs))

  async function report(hook: HookEvent, status: 'Succeeded' | 'Failed'): Promise<void> {
    try {
      await codedeploy.send(
        new PutLifecycleEventHookExecutionStatusCommand({
          deploymentId: hook.DeploymentId,
          lifecycleEventHookExecutionId: hook.LifecycleEventHookExecutionId,
          status,
        }),
      )
    } catch (error) {
      // Called a second time for the same hook, what was reported first stands.
      if (!(error instanceof Error) || error.name !== 'LifecycleEventAlreadyCompletedException') throw error
      log.info('this hook has been answered before', { deployment: hook.DeploymentId })
    }
  }

  async function answer(hook: HookEvent): Promise<'Succeeded' | 'Failed'> {
    const deployment = hook.DeploymentId
    const checked = await checkVersion({ codedeploy, lambda }, deployment, functions)
    const about = { deployment, version: checked.version }
    if (checked.passed) log.info('the new version may get traffic', about)
    else log.error('the new version gets no traffic', { ...about, because: checked.because })
    const status = checked.passed ? 'Succeeded' : 'Failed'
    await report(hook, status)
    return status
  }

  return async (event: unknown): Promise<{ status: 'Succeeded' | 'Failed' }> => {
    const hook = HookEvent.parse(event)
    const deployment = hook.DeploymentId
    try {
      return { status: await answer(hook) }
    } catch (error) {
      log.error('the new version could not be checked', { deployment, error: describeError(error) })
      await report(hook, 'Failed').catch((failed: unknown) => {
        log.error('the failed check could not be reported', { deployment, error: describeError(failed) })
      })
      throw error
    }
  }
}
