import { randomBytes } from 'node:crypto'
import { AwsError } from '../aws-error.ts'
import type { Functions } from '../functions.ts'
import type { Deployment, Hook } from './record.ts'

/** CodeDeploy takes a hook that has not answered for an hour for failed. */
const patienceMs = 3_600_000

/** A hook that waits for its deployment to begin. */
export const newHook = (name: string): Hook => ({
  function: name,
  executionId: randomBytes(24).toString('base64url'),
  status: 'Pending',
})

/** Calls the hook's function. What it answers counts for nothing: it reports by `PutLifecycleEventHookExecutionStatus`. */
export async function callHook(functions: Functions, deployment: Deployment, hook: Hook, now: Date): Promise<void> {
  hook.status = 'InProgress'
  const name = hook.function.replace(/^arn:.*:function:/, '')
  const event = { DeploymentId: deployment.id, LifecycleEventHookExecutionId: hook.executionId }
  try {
    await functions.invoke(name, '$LATEST', event, now)
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    hook.status = 'Failed'
  }
}

/** Takes the hook's answer, which it may give once. */
export function answerHook(deployment: Deployment, executionId: string, status: string): void {
  const { hook } = deployment
  const refuse = (code: string, text: string) => new AwsError(code, text)
  if (hook === undefined || hook.executionId !== executionId)
    throw refuse('InvalidLifecycleEventHookExecutionIdException', `No hook runs as ${executionId}.`)
  if (status !== 'Succeeded' && status !== 'Failed')
    throw refuse('InvalidLifecycleEventHookExecutionStatusException', `A hook cannot answer ${status}.`)
  if (hook.status !== 'InProgress')
    throw refuse('LifecycleEventAlreadyCompletedException', `The hook of ${deployment.id} has ended: ${hook.status}.`)
  hook.status = status
}

export type HookState = 'passed' | 'waits' | 'failed'

/** Whether a deployment may go on, as its hook has it by now. */
export function hookState({ hook, startedAt }: Deployment, now: Date): HookState {
  if (hook === undefined) return 'passed'
  switch (hook.status) {
    case 'Succeeded':
      return 'passed'
    case 'Failed':
      return 'failed'
    case 'Pending':
    case 'InProgress':
      return startedAt !== undefined && now.getTime() - Date.parse(startedAt) >= patienceMs ? 'failed' : 'waits'
    default:
      return hook.status satisfies never
  }
}
