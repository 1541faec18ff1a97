import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash, randomUUID } from 'node:crypto'
import type { Log } from '../../../common/logger.ts'
import type { FunctionFailure } from '../functions/version.ts'
import type { Logs } from '../logs.ts'

/** The call that is under way, by which a line finds its log. */
interface Call {
  name: string
  version: string
  at: Date
  requestId: string
}

export const logGroupOf = (functionName: string): string => `/aws/lambda/${functionName}`

/** Lambda names a stream by day, version and environment; here each version has one environment. */
function streamOf({ name, version, at }: Call): string {
  const environment = createHash('md5').update(`${name} ${version}`).digest('hex')
  return `${at.toISOString().slice(0, 10).replaceAll('-', '/')}/[${version}]${environment}`
}

/** What Lambda itself writes about a call that failed, in its text format. */
function lineAbout({ errorType, errorMessage, trace = [] }: FunctionFailure, { at, requestId }: Call): string {
  const time = at.toISOString()
  switch (errorType) {
    case 'Sandbox.Timedout':
      return `${time} ${requestId} ${errorMessage}\n\n`
    case 'Runtime.ExitError':
      return `${errorMessage.replace('sandbox', requestId)}\n${errorType}\n`
    default: {
      const error = JSON.stringify({ errorType, errorMessage, stack: trace })
      return `${time}\t${requestId}\tERROR\tInvoke Error \t${error}\n`
    }
  }
}

/**
 * The logs of the functions. What a handler logs through `log` during its call is a line of its function, as Powertools
 * prints it, and reaches `outer` as well.
 */
export function createFunctionLogs(logs: Logs, outer: Log, serviceOf: (functionName: string) => string) {
  const calls = new AsyncLocalStorage<Call>()
  function write(call: Call, message: string): void {
    // Lambda makes the group of a function that has none.
    logs.define(logGroupOf(call.name))
    logs.write(logGroupOf(call.name), { stream: streamOf(call), at: call.at, message })
  }

  const at =
    (level: keyof Log) =>
    (message: string, details: object = {}): void => {
      outer[level](message, details)
      const call = calls.getStore()
      if (call === undefined || level === 'debug') return
      const about = { timestamp: call.at.toISOString(), service: serviceOf(call.name), sampling_rate: 0 }
      write(call, JSON.stringify({ level: level.toUpperCase(), message, ...about, ...details }))
    }

  return {
    log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') } satisfies Log,
    /** Runs a call, whose lines then are its function's. What it answers with a failure is a line too. */
    async during<T extends { ok: true } | { ok: false; failure: FunctionFailure }>(
      called: Omit<Call, 'requestId'>,
      work: () => Promise<T>,
    ): Promise<T> {
      const call = { ...called, requestId: randomUUID() }
      const outcome = await calls.run(call, work)
      if (!outcome.ok) write(call, lineAbout(outcome.failure, call))
      return outcome
    },
  }
}

export type FunctionLogs = ReturnType<typeof createFunctionLogs>
