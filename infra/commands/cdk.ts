import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Env } from '../../common/env.ts'
import type { StageName } from '../stages.ts'
import { outputsFile } from './outputs.ts'

/** The root of the repository, where the CDK and git are run. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** The arguments of the CDK's command line for these stacks and no other. */
export const cdkArguments = (stacks: readonly string[], stage: StageName, withoutAsking: boolean): string[] => [
  'deploy',
  ...stacks,
  '--exclusively',
  '--require-approval',
  withoutAsking ? 'never' : 'broadening',
  '--outputs-file',
  outputsFile(stage),
]

/** Runs the CDK's command line; answers whether it ended well. What it asks and says goes to the terminal. */
export function runCdk(args: readonly string[], env: Env): Promise<boolean> {
  const cdk = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk')
  const child = spawn(process.execPath, [cdk, ...args], { cwd: root, stdio: 'inherit', env: { ...env } })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code === 0))
  })
}
