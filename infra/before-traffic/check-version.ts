import { type CodeDeployClient, GetDeploymentCommand } from '@aws-sdk/client-codedeploy'
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda'
import { CheckPassed, versionCheck } from '../../common/version-check.ts'
import { moveOf } from './app-spec.ts'

/** What was found out about the version that a deployment is about to send traffic to. */
export type Checked = { passed: true; version: string } | { passed: false; because: string; version?: string }

interface Clients {
  codedeploy: CodeDeployClient
  lambda: LambdaClient
}

/** Asks exactly the version that the deployment leads to. `functions`: those it may be about. */
export async function checkVersion(
  { codedeploy, lambda }: Clients,
  deploymentId: string,
  functions: readonly string[],
): Promise<Checked> {
  const { deploymentInfo } = await codedeploy.send(new GetDeploymentCommand({ deploymentId }))
  const move = moveOf(deploymentInfo?.revision)
  if ('wrong' in move) return { passed: false, because: move.wrong }
  const { name, to: version } = move
  if (!functions.includes(name))
    return { passed: false, version, because: `${name} is none of the functions it checks` }
  const answer = await lambda.send(
    new InvokeCommand({ FunctionName: name, Qualifier: version, Payload: JSON.stringify(versionCheck) }),
  )
  const text = new TextDecoder().decode(answer.Payload ?? new Uint8Array())
  if (answer.FunctionError !== undefined) return { passed: false, version, because: `it failed: ${clip(text)}` }
  if (!CheckPassed.safeParse(readJson(text)).success)
    return { passed: false, version, because: `it does not know the check and answered ${clip(text)}` }
  return { passed: true, version }
}

const clip = (text: string): string => (text.length > 300 ? `${text.slice(0, 299)}…` : text)

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
