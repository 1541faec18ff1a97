import type { FunctionRole } from '../../common/names.ts'
import type { ReleaseDeps } from './deps.ts'
import type { Change } from './describe.ts'
import { type Pruned, prune } from './prune.ts'
import { type Outcome, releaseFunction } from './release.ts'

export interface ReleaseOptions extends Change {
  /** Why it is released although an alarm rings that stops deployments. */
  whileAlarmRings?: string | undefined
  /** Releases versions that were live before and were taken back. */
  again?: boolean | undefined
  /** Versions that belong to the stack and are never pruned; the first one unless told. */
  keep?: Partial<Record<FunctionRole, readonly string[]>>
}

export interface Released {
  exitCode: 0 | 1
  /** A line for each function, and what to do where one did not get through. */
  summary: string
  outcomes: Partial<Record<FunctionRole, Outcome>>
}

/** The updater first: the api reads what it writes. */
const inOrder = ['updater', 'api'] as const satisfies readonly FunctionRole[]
const keptByStack = ['1']

/** Releases both functions, one after the other; stops at the first that does not get through. */
export async function releaseAll(deps: ReleaseDeps, options: ReleaseOptions): Promise<Released> {
  const outcomes: Released['outcomes'] = {}
  const lines: string[] = []
  let exitCode: Released['exitCode'] = 0
  for (const role of inOrder) {
    const name = deps.names.functions[role]
    if (exitCode !== 0) {
      lines.push(`${name}: not begun`)
      continue
    }
    const outcome = await releaseFunction(deps, { ...options, role })
    outcomes[role] = outcome
    lines.push(`${name}: ${words(outcome)}`)
    if (outcome.is !== 'released' && outcome.is !== 'unchanged') exitCode = 1
    else {
      const pruned = pruneWords(await prune(deps, role, options.keep?.[role] ?? keptByStack))
      if (pruned !== undefined) deps.say(`${name}: ${pruned}`)
    }
  }
  return { exitCode, summary: lines.join('\n'), outcomes }
}

function words(outcome: Outcome): string {
  switch (outcome.is) {
    case 'released':
      return `v${outcome.from} → v${outcome.to}, released by ${outcome.deployment}`
    case 'unchanged':
      return `nothing to release, v${outcome.version} is live`
    case 'refused':
      return `not released. ${outcome.sentence}`
    case 'rolled-back': {
      const { alarms, because, rollbackDeployment } = outcome
      const why = alarms.length > 0 ? `stopped by ${alarms.join(' and ')}` : because
      return `rolled back by CodeDeploy (${rollbackDeployment}): ${why}`
    }
    case 'failed':
      return `failed. ${outcome.because} Look at it: aws deploy get-deployment --deployment-id ${outcome.deployment}`
    case 'not-ended':
      return `${outcome.deployment} has not ended after ${outcome.minutes} min. Deploy again to go on waiting.`
    default:
      return outcome satisfies never
  }
}

const versions = (all: readonly string[]): string => all.map((version) => `v${version}`).join(', ')

function pruneWords(pruned: Pruned): string | undefined {
  switch (pruned.is) {
    case 'nothing-pruned':
      return `old versions stay, because ${pruned.because}`
    case 'stopped':
      return `old versions deleted: ${versions(pruned.removed) || 'none'}. The others stay, because ${pruned.because}`
    case 'pruned': {
      const { removed, left } = pruned
      const stay = left.length > 0 ? `; ${versions(left)} are gone already or in use again` : ''
      return removed.length + left.length > 0
        ? `old versions deleted: ${versions(removed) || 'none'}${stay}`
        : undefined
    }
    default:
      return pruned satisfies never
  }
}
