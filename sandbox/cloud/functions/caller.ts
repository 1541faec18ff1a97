import { liveAlias } from '../../../common/names.ts'
import { AwsError } from '../aws-error.ts'
import type { FunctionSettings } from '../functions.ts'
import type { FunctionLogs } from '../logs/function-logs.ts'
import type { Metrics } from '../metrics.ts'
import type { SeededRandom } from '../seeded-random.ts'
import { pickVersion } from './alias-choice.ts'
import { createConcurrency } from './concurrency.ts'
import { createEvenDraws } from './even-draws.ts'
import { recordCall } from './invocation-metrics.ts'
import type { Alias, Behaviour, FunctionFailure, Handler, Latest, Outcome, Version } from './version.ts'

/** A function as the cloud keeps it. */
export interface FunctionState {
  settings: FunctionSettings
  nextVersion: number
  versions: Map<string, Version>
  /** Absent while it is what the newest version was made of. */
  latest: Latest | undefined
  /** The started code by version: a warm function keeps its memory. */
  handlers: Map<string, Handler>
  alias: Alias | undefined
  behaviour: Behaviour
  reservedConcurrency: number | undefined
}

/** Calls come nearly in the order of their times; one that ended this long before cannot matter any more. */
const overlapMs = 90_000
const usualMs = { least: 18, spread: 55 }

interface Options {
  metrics: Metrics
  random: SeededRandom
  logs: FunctionLogs
}

/** Makes the function that runs one call: picks the version, runs the real handler, adds faults, records metrics and logs. */
export function createFunctionCaller({ metrics, random, logs }: Options) {
  const concurrencies = new Map<string, ReturnType<typeof createConcurrency>>()
  const versionDraw = createEvenDraws(random)
  const faultDraw = createEvenDraws(random)

  function concurrencyOf(name: string) {
    const known = concurrencies.get(name) ?? createConcurrency()
    concurrencies.set(name, known)
    return known
  }

  function handlerOf(state: FunctionState, version: string): Handler {
    const code = version === '$LATEST' ? state.latest?.code : state.versions.get(version)?.code
    const known = state.handlers.get(version) ?? state.settings.start(code ?? 'good')
    state.handlers.set(version, known)
    return known
  }

  /** A failure that is not the code's, if there is one: Lambda ends the process. */
  function fault(state: FunctionState, version: string, durationMs: number): FunctionFailure | undefined {
    const limit = state.settings.timeoutSeconds
    if (durationMs > limit * 1000)
      return { errorType: 'Sandbox.Timedout', errorMessage: `Task timed out after ${limit.toFixed(2)} seconds` }
    const own = state.versions.get(version)?.behaviour.errorRate ?? 0
    const rate = 1 - (1 - own) * (1 - state.behaviour.errorRate)
    if (rate <= 0 || faultDraw(`${state.settings.name}:${version}`) >= rate) return undefined
    return {
      errorType: 'Runtime.ExitError',
      errorMessage: 'RequestId: sandbox Error: Runtime exited with error: signal: killed',
    }
  }

  return async (state: FunctionState, qualifier: string, payload: unknown, at: Date): Promise<Outcome> => {
    const { name, timeoutSeconds } = state.settings
    const alias = qualifier === liveAlias ? state.alias : undefined
    const newest = (state.latest === undefined && [...state.versions.keys()].at(-1)) || '$LATEST'
    const version =
      alias !== undefined ? pickVersion(alias, versionDraw(name)) : qualifier === '$LATEST' ? newest : qualifier
    const called = { name, alias: alias && liveAlias, version, at }

    const concurrency = concurrencyOf(name)
    concurrency.forgetBefore(new Date(at.getTime() - overlapMs))
    const atWork = concurrency.at(at)
    if (state.reservedConcurrency !== undefined && atWork >= state.reservedConcurrency) {
      recordCall(metrics, called, { Throttles: 1 })
      throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429, {
        Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
        Type: 'User',
      })
    }

    const extra = (state.versions.get(version)?.behaviour.extraLatencyMs ?? 0) + state.behaviour.extraLatencyMs
    const wanted = Math.round(usualMs.least + usualMs.spread * random.next() ** 2 + extra)
    const durationMs = Math.min(wanted, timeoutSeconds * 1000)
    concurrency.add(at, durationMs)

    const outcome = await logs.during({ name, version, at }, () =>
      run(() => handlerOf(state, version), payload, fault(state, version, wanted)),
    )
    recordCall(metrics, called, {
      Invocations: 1,
      Errors: outcome.ok ? 0 : 1,
      Duration: durationMs,
      Throttles: 0,
      ConcurrentExecutions: atWork + 1,
    })
    return { ...outcome, executedVersion: version, durationMs }
  }
}

type Run = { ok: true; payload: unknown } | { ok: false; failure: FunctionFailure }

async function run(start: () => Handler, payload: unknown, failure: FunctionFailure | undefined): Promise<Run> {
  if (failure !== undefined) return { ok: false, failure }
  try {
    return { ok: true, payload: await start()(payload) }
  } catch (error) {
    // Lambda does the same: what the start or the handler throws becomes the payload of a failed call.
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
    return { ok: false, failure: { errorType: name, errorMessage: message, trace: stack?.split('\n') ?? [] } }
  }
}
