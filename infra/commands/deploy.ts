import { execFileSync } from 'node:child_process'
import { systemClock, systemWall } from '../../common/clock.ts'
import { type Env, processEnv } from '../../common/env.ts'
import type { Log } from '../../common/logger.ts'
import { createReleaseDeps, type ReleaseDeps } from '../release/deps.ts'
import type { Change } from '../release/describe.ts'
import { releaseAll } from '../release/release-all.ts'
import {
  deployerStackOf,
  ownStages,
  type StageName,
  type StageSettings,
  type Stages,
  samplesIn,
  stacksOf,
} from '../stages.ts'
import { readArguments, runCommand, UsageError } from './arguments.ts'
import { cdkArguments, root, runCdk } from './cdk.ts'
import { readOutputs } from './outputs.ts'

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

/** What a deployment touches outside of itself. */
export interface DeployParts {
  stages: Stages
  git: (...args: string[]) => string
  /** Runs the CDK with these arguments; answers whether it ended well. */
  cdk: (args: readonly string[], region: string) => Promise<boolean>
  release: (stage: StageName, region: string) => ReleaseDeps
  outputs: (stage: StageName) => Record<string, string>
  say: (line: string) => void
}

/**
 * Stacks first, then a release of both functions. Answers whether everything is live. Where the stacks fail nothing is
 * released, and where a release is taken back the stacks stay as they are: `live` points where it did.
 */
export async function deploy(parts: DeployParts, args: readonly string[]): Promise<boolean> {
  const { stages, git, cdk, release, outputs, say } = parts
  const options = readArguments('deploy', deployOptions, args)
  const { stage, again, deployer, yes = false, 'while-alarm-rings': whileAlarmRings } = options
  if (whileAlarmRings?.trim() === '') throw new UsageError('--while-alarm-rings wants a reason.')
  const settings = stages[stage]
  refuseSamples(stage, settings)
  const change = changeFrom(git, stage)

  const stacks = deployer ? [deployerStackOf(stage)] : stacksOf(stage)
  say(`Stacks of ${stage}: ${stacks.join(', ')}`)
  if (!(await cdk(cdkArguments(stacks, stage, yes), settings.region))) {
    say('The stacks were not deployed, so no version was published and live points where it did.')
    return false
  }
  if (deployer) return true
  const { exitCode, summary } = await releaseAll(
    { ...release(stage, settings.region), say },
    { ...change, whileAlarmRings, again },
  )
  say(`\n${summary}`)
  for (const [name, value] of Object.entries(outputs(stage))) say(`${name.padEnd(18)} ${value}`)
  return exitCode === 0
}

/** What is deployed, as git tells it. Production has a commit for everything; elsewhere one may try. */
export function changeFrom(git: DeployParts['git'], stage: StageName): Change {
  const dirty = git('status', '--porcelain') !== ''
  if (dirty && stage === 'prod')
    throw new UsageError(
      'There are changes without a commit. Whoever rolls back wants to know what was deployed: commit first.',
    )
  const [commit = '', author = '', subject = ''] = git('log', '-1', '--format=%h%n%an%n%s', '--abbrev=7').split('\n')
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

/** A release says what it does line by line; the rest of its log is for errors. */
const quiet: Log = { debug: () => undefined, info: () => undefined, warn: console.warn, error: console.error }

function realParts(env: Env): DeployParts {
  const inRegion = (region: string): Env => ({ ...env, AWS_REGION: region })
  return {
    stages: ownStages(),
    git: (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim(),
    cdk: (args, region) => runCdk(args, inRegion(region)),
    release: (stage, region) =>
      createReleaseDeps(inRegion(region), { clock: systemClock, wall: systemWall, log: quiet }, stage),
    outputs: readOutputs,
    say: console.log,
  }
}

if (import.meta.main) await runCommand(() => deploy(realParts(processEnv()), process.argv.slice(2)))
