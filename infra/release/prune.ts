import { describeError } from '../../common/logger.ts'
import type { FunctionRole } from '../../common/names.ts'
import type { AliasState } from './aws-functions.ts'
import type { ReleaseDeps } from './deps.ts'

const newestKept = 10

/** What is known of the versions of one function. */
export interface VersionsSeen {
  /** The numbers of all published versions, in any order. */
  published: readonly string[]
  aliases: readonly AliasState[]
  /** Named by an open incident. */
  named: readonly string[]
  /** Versions that belong to the stack. */
  keep: readonly string[]
}

/** The versions that nobody needs any more, oldest first. */
export function versionsToPrune({ published, aliases, named, keep }: VersionsSeen): string[] {
  const oldestFirst = published
    .filter((version) => /^[1-9]\d*$/.test(version))
    .toSorted((a, b) => Number(a) - Number(b))
  const inUse = new Set([
    ...aliases.flatMap(({ version, weights }) => [version, ...Object.keys(weights)]),
    ...named,
    ...keep,
  ])
  return oldestFirst.slice(0, -newestKept).filter((version) => !inUse.has(version))
}

export type Pruned =
  /** `left`: an alias took them up meanwhile, or they were gone. */
  | { is: 'pruned'; removed: string[]; left: string[] }
  /** One could not be deleted; the release itself went well, and the next one tidies up. */
  | { is: 'stopped'; removed: string[]; because: string }
  | { is: 'nothing-pruned'; because: string }

/** Deletes the versions that nobody needs. In doubt it deletes nothing: an old version is worth more than tidiness. */
export async function prune(deps: ReleaseDeps, role: FunctionRole, keep: readonly string[]): Promise<Pruned> {
  const { functions, incidents, names } = deps
  const name = names.functions[role]
  let unneeded: string[]
  try {
    const named = await incidents.versions(role)
    const [published, aliases] = [await functions.published(name), await functions.aliases(name)]
    unneeded = versionsToPrune({ published, aliases, named, keep })
  } catch (error) {
    return { is: 'nothing-pruned', because: `what is still needed could not be read (${describeError(error)})` }
  }
  const removed: string[] = []
  const left: string[] = []
  for (const version of unneeded) {
    try {
      const outcome = await functions.remove(name, version)
      if (outcome === 'removed') removed.push(version)
      else left.push(version)
    } catch (error) {
      return { is: 'stopped', removed, because: `v${version} could not be deleted (${describeError(error)})` }
    }
  }
  return { is: 'pruned', removed, left }
}
