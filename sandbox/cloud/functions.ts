import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../../common/clock.ts'
import { liveAlias } from '../../common/names.ts'
import { AwsError } from './aws-error.ts'
import { checkAlias } from './functions/alias-choice.ts'
import { createFunctionCaller, type FunctionState } from './functions/caller.ts'
import { createPublishing } from './functions/publishing.ts'
import { checkReservation, usualAccountLimit } from './functions/reservations.ts'
import { Alias, Behaviour, type Handler, healthy, Latest, type Outcome, Version } from './functions/version.ts'
import type { AliasMove, Mover } from './happening.ts'
import type { FunctionLogs } from './logs/function-logs.ts'
import type { Metrics } from './metrics.ts'
import { arnOf } from './place.ts'
import type { SeededRandom } from './seeded-random.ts'

export type { Alias, Behaviour, Handler, Outcome, Version } from './functions/version.ts'

export interface FunctionSettings {
  name: string
  timeoutSeconds: number
  memoryMb: number
  /** Starts a version, given the name of its code. */
  start: (code: string) => Handler
}

export const FunctionsSnapshot = z.record(
  z.string(),
  z.object({
    nextVersion: z.number(),
    versions: z.array(Version),
    latest: Latest.optional(),
    alias: Alias.optional(),
    behaviour: Behaviour,
    reservedConcurrency: z.number().optional(),
  }),
)
export type FunctionsSnapshot = z.output<typeof FunctionsSnapshot>

interface Options {
  clock: Clock
  metrics: Metrics
  random: SeededRandom
  logs: FunctionLogs
  /** Told of every change of an alias. */
  moved?: (move: AliasMove) => void
  /** How many calls of all functions together may run at once. */
  accountLimit?: number
}

/** Lambda: functions with numbered versions and the alias `live`. */
export function createFunctions(options: Options) {
  const { clock, metrics, random, logs, moved = () => undefined, accountLimit = usualAccountLimit } = options
  const functions = new Map<string, FunctionState>()
  const call = createFunctionCaller({ metrics, random, logs })

  const missing = (what: string) => new AwsError('ResourceNotFoundException', what, 404, { Type: 'User' })

  function find(name: string): FunctionState {
    const found = functions.get(name)
    if (found === undefined) throw missing(`Function not found: ${arnOf.function(name)}`)
    return found
  }

  function versionOf(name: string, version: string): Version {
    const found = find(name).versions.get(version)
    if (found === undefined) throw missing(`Function not found: ${arnOf.function(name, version)}`)
    return found
  }

  function aliasOf(name: string): Alias {
    const { alias } = find(name)
    if (alias === undefined) throw missing(`Cannot find alias arn: ${arnOf.function(name, liveAlias)}`)
    return alias
  }

  /** By all functions together. */
  const reserved = () =>
    [...functions.values()].reduce((sum, { reservedConcurrency = 0 }) => sum + reservedConcurrency, 0)

  const publishing = createPublishing({ clock, find })

  return {
    define(settings: FunctionSettings, { firstVersion = 1 } = {}): void {
      if (functions.has(settings.name)) throw new Error(`Function ${settings.name} is defined twice.`)
      functions.set(settings.name, {
        settings,
        nextVersion: firstVersion,
        versions: new Map(),
        latest: undefined,
        handlers: new Map(),
        alias: undefined,
        behaviour: healthy,
        reservedConcurrency: undefined,
      })
    },
    names: () => [...functions.keys()],
    settings: (name: string): FunctionSettings => find(name).settings,
    ...publishing,
    /** Oldest first. */
    versions: (name: string): readonly Version[] => [...find(name).versions.values()],
    version: versionOf,
    alias: aliasOf,
    aliasIfAny: (name: string): Alias | undefined => find(name).alias,
    /** Changes the alias, or creates it. What is left out stays; the weights that are given replace the old ones. */
    updateAlias(
      name: string,
      change: {
        version?: string | undefined
        weights?: Record<string, number> | undefined
        description?: string | undefined
        /** Who wants it; somebody at the console unless told. */
        by?: Mover
      },
      expectedRevisionId?: string,
    ): Alias {
      const state = find(name)
      if (
        state.alias !== undefined &&
        expectedRevisionId !== undefined &&
        expectedRevisionId !== state.alias.revisionId
      )
        throw new AwsError(
          'PreconditionFailedException',
          'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
          412,
          { Type: 'User' },
        )
      const version = change.version ?? state.alias?.version
      if (version === undefined) throw new Error(`The first change of the alias of ${name} must name a version.`)
      const next = {
        version,
        weights: { ...(change.weights ?? state.alias?.weights) },
        description: change.description ?? state.alias?.description ?? '',
      }
      checkAlias(next, (each) => state.versions.has(each), arnOf.function(name))
      const from = state.alias
      state.alias = { ...next, revisionId: randomUUID() }
      moved({ kind: 'alias-moved', function: name, from, to: state.alias, by: change.by ?? 'an operator' })
      return state.alias
    },
    deleteVersion(name: string, version: string): void {
      const state = find(name)
      versionOf(name, version)
      if (state.alias !== undefined && (state.alias.version === version || version in state.alias.weights))
        throw new AwsError(
          'ResourceConflictException',
          `Unable to delete version because the following aliases reference it: [${liveAlias}]`,
          409,
          { Type: 'User' },
        )
      state.versions.delete(version)
      state.handlers.delete(version)
    },
    /** Lets one version misbehave, or with `every` the function whatever its version. */
    setBehaviour(name: string, version: string | 'every', change: Partial<Behaviour>): void {
      const state = find(name)
      if (version === 'every') state.behaviour = { ...state.behaviour, ...change }
      else {
        const found = versionOf(name, version)
        state.versions.set(version, { ...found, behaviour: { ...found.behaviour, ...change } })
      }
    },
    /** Makes every version of every function well again, code included, and lifts the limits. */
    heal(): void {
      for (const state of functions.values()) {
        state.behaviour = healthy
        state.reservedConcurrency = undefined
        if (state.latest !== undefined) state.latest = { ...state.latest, code: 'good' }
        state.handlers.delete('$LATEST')
        for (const [name, version] of state.versions) {
          if (version.code !== 'good') state.handlers.delete(name)
          state.versions.set(name, { ...version, behaviour: healthy, code: 'good' })
        }
      }
    },
    reservedConcurrency: (name: string): number | undefined => find(name).reservedConcurrency,
    /** Without a limit the function shares what no other has reserved. */
    setReservedConcurrency(name: string, limit: number | undefined): void {
      const state = find(name)
      if (limit !== undefined)
        checkReservation(limit, {
          limit: accountLimit,
          reservedByOthers: reserved() - (state.reservedConcurrency ?? 0),
        })
      state.reservedConcurrency = limit
    },
    accountConcurrency: () => ({ limit: accountLimit, unreserved: accountLimit - reserved() }),
    /** Calls a function through its alias, one of its versions, or `$LATEST`. A throttle is thrown, a failure returned. */
    async invoke(name: string, qualifier: string, payload: unknown, at: Date = clock.now()): Promise<Outcome> {
      const state = find(name)
      if (qualifier === liveAlias) aliasOf(name)
      else if (qualifier !== '$LATEST') versionOf(name, qualifier)
      return call(state, qualifier, payload, at)
    },
    snapshot: (): FunctionsSnapshot =>
      Object.fromEntries(
        [...functions].map(([name, { nextVersion, versions, latest, alias, behaviour, reservedConcurrency }]) => [
          name,
          structuredClone({
            nextVersion,
            versions: [...versions.values()],
            latest,
            alias,
            behaviour,
            reservedConcurrency,
          }),
        ]),
      ),
    restore(saved: FunctionsSnapshot): void {
      for (const [name, snapshot] of Object.entries(saved)) {
        const state = functions.get(name)
        if (state === undefined) continue
        state.nextVersion = snapshot.nextVersion
        state.versions = new Map(snapshot.versions.map((version) => [version.version, version]))
        state.latest = snapshot.latest
        state.alias = snapshot.alias
        state.behaviour = snapshot.behaviour
        state.reservedConcurrency = snapshot.reservedConcurrency
        state.handlers.clear()
      }
    },
  }
}

export type Functions = ReturnType<typeof createFunctions>
