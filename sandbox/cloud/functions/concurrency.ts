/** Counts calls that overlap in simulated time, so that slow calls really use up a limit. */
export function createConcurrency() {
  let calls: { from: number; to: number }[] = []
  return {
    /** How many calls are at work at this moment. */
    at(time: Date): number {
      const now = time.getTime()
      return calls.filter(({ from, to }) => from <= now && now < to).length
    },
    add(start: Date, durationMs: number): void {
      const from = start.getTime()
      calls.push({ from, to: from + durationMs })
    },
    /** Past calls are of no use once no new call can overlap with them. */
    forgetBefore(time: Date): void {
      calls = calls.filter(({ to }) => to > time.getTime())
    },
  }
}
