import { useCallback, useEffect, useRef, useState } from 'react'
import type { Update } from '../protocol.ts'
import { type Line, listen, wallNow } from './connection.ts'
import { updated, type World } from './world.ts'

/** Where the sandbox clock stood when it was last told, and by which wall time. */
interface ClockBase {
  now: number
  speed: number
  at: number
}

export interface Followed {
  world: World | undefined
  line: Line
  /** Set after the sandbox was started again: whether it went on from what it had saved. */
  restart: { restored: boolean } | undefined
  forgetRestart: () => void
  /** The sandbox clock at this moment. */
  clock: Date
}

/** Follows the sandbox as one person. */
export function useSandbox(me: string): Followed {
  const [world, setWorld] = useState<World>()
  const [line, setLine] = useState<Line>('opening')
  const [restart, setRestart] = useState<{ restored: boolean }>()
  const boot = useRef<string>(undefined)
  const base = useRef<ClockBase>({ now: wallNow(), speed: 1, at: wallNow() })
  const [clock, tick] = useTicking(base)

  useEffect(() => {
    const update = (news: Update) => {
      if (news.is === 'whole') {
        const { boot: started, restored } = news.whole
        if (boot.current !== undefined && boot.current !== started) setRestart({ restored })
        boot.current = started
      }
      const room = news.is === 'whole' ? news.whole.room : news.is === 'room' ? news.room : undefined
      if (room) {
        base.current = { now: Date.parse(room.clock.now), speed: room.clock.speed, at: wallNow() }
        // Drawn together with the news, or a page would begin with the time of this machine.
        tick()
      }
      setWorld((known) => updated(known, news))
    }
    return listen(me, { update, line: setLine })
  }, [me, tick])

  return { world, line, restart, forgetRestart: useCallback(() => setRestart(undefined), []), clock }
}

function useTicking(base: { current: ClockBase }): [now: Date, tick: () => void] {
  const read = useCallback(() => {
    const { now, speed, at } = base.current
    return now + (wallNow() - at) * speed
  }, [base])
  const [ms, setMs] = useState(read)
  const tick = useCallback(() => setMs(read()), [read])
  useEffect(() => {
    const timer = setInterval(tick, 500)
    return () => clearInterval(timer)
  }, [tick])
  return [new Date(ms), tick]
}
