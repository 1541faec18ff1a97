import type { Call } from './faults.ts'

/** A call with what became of it. */
export interface LoggedCall extends Call {
  /** Protocol time. */
  at: Date
  outcome: string
}

const kept = 1_000

/** The last calls to the cloud, oldest first. `added` is told of each. */
export function createCallLog(added: (call: LoggedCall) => void = () => undefined) {
  let calls: LoggedCall[] = []
  return {
    add(call: LoggedCall): void {
      calls.push(call)
      added(call)
      if (calls.length > 2 * kept) calls = calls.slice(-kept)
    },
    list: (): readonly LoggedCall[] => calls.slice(-kept),
    of: (service: Call['service'], operation?: string): readonly LoggedCall[] =>
      calls.slice(-kept).filter((call) => call.service === service && (operation ?? call.operation) === call.operation),
    clear(): void {
      calls = []
    },
  }
}

export type CallLog = ReturnType<typeof createCallLog>
