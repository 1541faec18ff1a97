import { describeError } from '../../common/logger.ts'

const atOnce = 8

/** Runs `work` over all items, a few at a time; answers what went wrong. One that fails stops no other. */
export async function fewAtOnce<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<string[]> {
  const failures: string[] = []
  const waiting = [...items]
  const take = async () => {
    while (waiting.length > 0) {
      await work(waiting.shift() as T).catch((error: unknown) => failures.push(describeError(error)))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, take))
  return failures
}
