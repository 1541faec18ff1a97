import type { Clock, Wall } from '../common/clock.ts'

/** Domain time of the sandbox. It runs at `speed`, and never past a minute that has not been played yet. */
export interface SandboxClock extends Clock {
  speed(): number
  setSpeed(speed: number): void
  /** The end of the minute being lived, in milliseconds. */
  minuteEnd(): number
  /** True when the running clock has come to the end of the minute. */
  isAtMinuteEnd(): boolean
  /** Stands at the end of the minute, to play it. */
  goToMinuteEnd(): void
  /** Begins the next minute. */
  beginNextMinute(): void
  /** Stands at `ms`, which lies in the minute being lived. */
  goTo(ms: number): void
}

const minute = 60_000

/** `start` is the domain time to begin with; 0 as speed lets it stand still between jumps. */
export function createSandboxClock(wall: Wall, start: Date, speed: number): SandboxClock {
  let pace = speed
  let anchor = { domain: start.getTime(), wall: wall.now().getTime() }
  let end = Math.floor(start.getTime() / minute) * minute + minute
  const running = () => anchor.domain + (wall.now().getTime() - anchor.wall) * pace
  const now = () => Math.min(running(), end)
  const anchorAt = (domain: number) => {
    anchor = { domain, wall: wall.now().getTime() }
  }
  return {
    now: () => new Date(now()),
    speed: () => pace,
    setSpeed: (next) => {
      anchorAt(now())
      pace = next
    },
    minuteEnd: () => end,
    isAtMinuteEnd: () => running() >= end,
    goToMinuteEnd: () => anchorAt(end),
    beginNextMinute: () => {
      // Playing a minute may take longer than the minute lasts; time then waits instead of piling up.
      if (running() > end + minute) anchorAt(end)
      end += minute
    },
    goTo: (ms) => anchorAt(Math.min(ms, end)),
  }
}
