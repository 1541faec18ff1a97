import { describeError, type Log } from '../common/logger.ts'
import type { SandboxClock } from './sandbox-clock.ts'

/** Plays every minute of domain time exactly once, whether the clock runs or jumps. */
export function createTicker(options: { clock: SandboxClock; log: Log; playMinute: (now: Date) => Promise<void> }) {
  const { clock, log, playMinute } = options
  let turn: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work)
    turn = mine.then(
      () => undefined,
      (error: unknown) => log.error('a minute of the sandbox failed', { error: describeError(error) }),
    )
    return mine
  }
  const play = async () => {
    clock.goToMinuteEnd()
    await playMinute(clock.now())
    clock.beginNextMinute()
  }
  let isWaiting = false
  const tick = () => {
    if (isWaiting || !clock.isAtMinuteEnd()) return
    isWaiting = true
    // By the time it is our turn, a jump may have played this minute already.
    inTurn(async () => {
      if (clock.isAtMinuteEnd()) await play()
    })
      .catch((error: unknown) => log.debug('a tick ended early', { error: describeError(error) }))
      .finally(() => {
        isWaiting = false
      })
  }
  return {
    /** Advances domain time by so many seconds; everything that falls due on the way happens on the way. */
    forward: (seconds: number): Promise<void> =>
      inTurn(async () => {
        const target = clock.now().getTime() + seconds * 1000
        while (clock.minuteEnd() <= target) await play()
        clock.goTo(target)
      }),
    start: () => {
      timer ??= setInterval(tick, 100)
    },
    stop: () => clearInterval(timer),
  }
}
