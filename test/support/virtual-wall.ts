import type { Wall } from '../../common/clock.ts'

/** Protocol time that jumps: a pause takes no time, it only moves the hands. */
export function createVirtualWall(start = new Date('2026-11-23T03:00:00.000Z')): Wall & { jump(ms: number): void } {
  let now = start.getTime()
  const jump = (ms: number) => {
    now += Math.max(0, ms)
  }
  return {
    now: () => new Date(now),
    jump,
    pause: (ms) => {
      jump(ms)
      return new Promise((resolve) => setImmediate(resolve))
    },
  }
}
