class NoAnswer extends Error {
  override name = 'TimeoutError'
}

/** Work that has `limitMs` as a whole, however often it is tried inside; `about` says in an error what did not answer. */
export async function within<T>(
  limitMs: number,
  about: string,
  work: (abortSignal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abortSignal = AbortSignal.timeout(limitMs)
  try {
    return await work(abortSignal)
  } catch (error) {
    if (!abortSignal.aborted) throw error
    throw new NoAnswer(`no answer about ${about} within ${limitMs} ms`)
  }
}
