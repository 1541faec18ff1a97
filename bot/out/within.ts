/** Whoever was asked did not answer in time. */
export class NoAnswer extends Error {
  override name = 'NoAnswer'
  readonly limitMs: number
  constructor(limitMs: number) {
    super(`no answer within ${limitMs} ms`)
    this.limitMs = limitMs
  }
}

/** Asks with a limit: when it is over, the signal ends what can be ended, and nobody waits for the rest. */
export function within<T>(limitMs: number, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const limit = new AbortController()
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new NoAnswer(limitMs))
      limit.abort()
    }, limitMs)
    ask(limit.signal)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer))
  })
}
