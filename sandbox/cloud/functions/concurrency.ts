const seldomMs = 20_000

/** Counts calls that overlap in simulated time, so that slow calls really use up a limit. */
export function createConcurrency() {
  let calls: { from: number; to: number }[] = []
  let forgottenBefore = 0
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
      const before = time.getTime()
      // Going through all of them for every call would cost more than it saves.
      if (Math.abs(before - forgottenBefore) < seldomMs) return
      forgottenBefore = before
      calls = calls.filter(({ to }) => to > before)
    },
  }
}
