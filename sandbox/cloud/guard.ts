import type { AwsError } from './aws-error.ts'
import type { Call } from './faults.ts'

/** A call as whoever guards the cloud sees it: enough to tell its action and the resource it is about. */
export interface GuardedCall extends Call {
  /** For Lambda: the function by its bare name, with the version or alias that is meant. */
  function?: { name: string; qualifier: string | undefined }
}

/** Says why a call is refused, or nothing when it may pass. */
export type Guard = (call: GuardedCall) => AwsError | undefined

/** Lets everything pass until a test sets who may do what. */
export function createGuard() {
  let guard: Guard = () => undefined
  return {
    set(next: Guard | undefined): void {
      guard = next ?? (() => undefined)
    },
    check: (call: GuardedCall): AwsError | undefined => guard(call),
  }
}

export type CloudGuard = ReturnType<typeof createGuard>
