/** One call to the cloud, as faults and the log of calls see it. */
export interface Call {
  service:
    | 'sqs'
    | 'sns'
    | 'lambda'
    | 'codedeploy'
    | 'cloudwatch'
    | 'logs'
    | 'secretsmanager'
    | 'dynamodb'
    | 'apigateway'
  operation: string
  /** The access key id that signed it; absent when nobody did. */
  caller?: string
  input: Readonly<Record<string, unknown>>
}

export type FaultKind = 'throttle' | 'refuse' | 'error' | 'hang' | 'lose-answer'

export interface Fault {
  match: (call: Call) => boolean
  kind: FaultKind
  /** How many calls it hits; every one unless told. */
  times?: number
  message?: string
}

/** What can go wrong between a client and the cloud. */
export function createFaults() {
  let faults: { fault: Fault; left: number }[] = []
  return {
    /** Answers with a function that takes the fault away again. */
    add(fault: Fault): () => void {
      const entry = { fault, left: fault.times ?? Number.POSITIVE_INFINITY }
      faults.push(entry)
      return () => {
        faults = faults.filter((each) => each !== entry)
      }
    },
    clear(): void {
      faults = []
    },
    /** The fault that hits this call, used up by one. */
    take(call: Call): Fault | undefined {
      const hit = faults.find(({ fault, left }) => left > 0 && fault.match(call))
      if (hit === undefined) return undefined
      hit.left -= 1
      return hit.fault
    },
  }
}

export type Faults = ReturnType<typeof createFaults>
