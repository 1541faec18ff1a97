/** What can be made to go wrong with a Web API call. */
export interface Fault {
  /** A method's name, or an expression names must match; absent means every method. */
  method?: string | RegExp
  kind:
    | 'rate-limited'
    | 'server-error'
    /** Never answers. */
    | 'hang'
    /** Does the work, then drops the connection instead of answering. */
    | 'lose-answer'
    | 'invalid_blocks'
    /** Refuses with `error`, or a message too long. */
    | 'refuse'
    /** Answers after `delayMs`. */
    | 'slow'
  /** How many calls it hits; absent means all until it is removed. */
  times?: number
  retryAfterSeconds?: number
  delayMs?: number
  error?: string
  match?: (args: Readonly<Record<string, unknown>>) => boolean
}

export interface Faults {
  /** Returns the way to remove it. */
  add(fault: Fault): () => void
  clear(): void
  /** The first fault that hits this call, counted. */
  take(method: string, args: Readonly<Record<string, unknown>>): Fault | undefined
}

export function createFaults(): Faults {
  let active: { fault: Fault; left: number }[] = []
  const hits = ({ method, match }: Fault, name: string, args: Readonly<Record<string, unknown>>) =>
    (method === undefined || (typeof method === 'string' ? method === name : method.test(name))) &&
    (match === undefined || match(args))

  return {
    add(fault) {
      const entry = { fault, left: fault.times ?? Number.POSITIVE_INFINITY }
      active.push(entry)
      return () => {
        active = active.filter((each) => each !== entry)
      }
    },
    clear() {
      active = []
    },
    take(method, args) {
      const entry = active.find(({ fault }) => hits(fault, method, args))
      if (!entry) return undefined
      entry.left -= 1
      if (entry.left <= 0) active = active.filter((each) => each !== entry)
      return entry.fault
    },
  }
}
