import { execFileSync, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { systemClock, systemWall } from '../../common/clock.ts'
import { type Env, processEnv } from '../../common/env.ts'
import type { Log } from '../../common/logger.ts'
import { createReleaseDeps } from '../release/deps.ts'
import type { Change } from '../release/describe.ts'
import { releaseAll } from '../release/release-all.ts'
import { deployerStackOf, ownStages, type StageName, type StageSettings, samplesIn, stacksOf } from '../stages.ts'
import { readArguments, runCommand, UsageError } from './arguments.ts'
import { outputsFile, readOutputs } from './outputs.ts'

export const deployOptions = {
  'while-alarm-rings': {
    type: 'string',
    says: 'release although an alarm rings that stops deployments; all others still do',
    value: 'reason',
  },
  again: { type: 'boolean', says: 'release versions that were live before and were taken back' },
  deployer: { type: 'boolean', says: 'only the role that the workflow on GitHub deploys with' },
  yes: { type: 'boolean', says: 'do not ask before rights are widened' },
} as const

const root = fileURLToPath(new URL('../..', import.meta.url))

const git = (...args: string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()

/** What is deployed, as git tells it. Production has a commit for everything; elsewhere one may try. */
export function changeFrom(run: typeof git, stage: StageName): Change {
  const dirty = run('status', '--porcelain') !== ''
  if (dirty && stage === 'prod')
    throw new UsageError(
      'There are changes without a commit. Whoever rolls back wants to know what was deployed: commit first.',
    )
  const [commit = '', author = '', subject = ''] = run('log', '-1', '--format=%h%n%an%n%s', '--abbrev=7').split('\n')
  return { commit, author, subject: dirty ? `${subject} (and changes without a commit)` : subject }
}

/** Settings that would reach nobody stop a deployment before it begins. */
export function refuseSamples(stage: StageName, settings: StageSettings): void {
  const samples = samplesIn(settings)
  if (samples.length > 0)
    throw new UsageError(
      `infra/stages.json still has samples for ${stage}: ${samples.join(', ')}. docs/deploy.md says what belongs there.`,
    )
}

/** Runs the CDK's command line; answers whether it ended well. What it asks and says goes to the terminal. */
function deployStacks(stacks: readonly string[], stage: StageName, env: Env, withoutAsking: boolean): Promise<boolean> {
  const cdk = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk')
  const approval = withoutAsking ? 'never' : 'broadening'
  const args = [
    'deploy',
    ...stacks,
    '--exclusively',
    '--require-approval',
    approval,
    '--outputs-file',
    outputsFile(stage),
  ]
  const child = spawn(process.execPath, [cdk, ...args], { cwd: root, stdio: 'inherit', env: { ...env } })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code === 0))
  })
}

/** A release says what it does line by line; the rest of its log is for errors. */
const quiet: Log = { debug: () => undefined, info: () => undefined, warn: console.warn, error: console.error }

async function main(args: readonly string[], env: Env): Promise<boolean> {
  const {
    stage,
    again,
    deployer,
    yes,
    'while-alarm-rings': whileAlarmRings,
  } = readArguments('deploy', deployOptions, args)
  if (whileAlarmRings?.trim() === '') throw new UsageError('--while-alarm-rings wants a reason.')
  const settings = ownStages()[stage]
  refuseSamples(stage, settings)
  const change = changeFrom(git, stage)
  const inRegion: Env = { ...env, AWS_REGION: settings.region }

  if (deployer) return deployStacks([deployerStackOf(stage)], stage, inRegion, yes ?? false)
  console.log(`Stacks of ${stage}: ${stacksOf(stage).join(', ')}`)
  if (!(await deployStacks(stacksOf(stage), stage, inRegion, yes ?? false))) {
    console.error('The stacks were not deployed, so no version was published and live points where it did.')
    return false
  }
  const deps = {
    ...createReleaseDeps(inRegion, { clock: systemClock, wall: systemWall, log: quiet }, stage),
    say: console.log,
  }
  const { exitCode, summary } = await releaseAll(deps, { ...change, whileAlarmRings, again })
  console.log(`\n${summary}`)
  for (const [name, value] of Object.entries(readOutputs(stage))) console.log(`${name.padEnd(18)} ${value}`)
  return exitCode === 0
}

if (import.meta.main) await runCommand(() => main(process.argv.slice(2), processEnv()))
