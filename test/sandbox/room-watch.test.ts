import { afterEach, expect, it } from 'vitest'
import type { Room } from '../../sandbox/room/room.ts'
import { createRoomWatch, type RoomWatch } from '../../sandbox/room/watch.ts'
import { createQuietLog } from '../support/quiet-log.ts'
import { createVirtualWall } from '../support/virtual-wall.ts'

const log = createQuietLog()
const watches: RoomWatch[] = []
afterEach(async () => {
  for (const watch of watches.splice(0)) await watch.stop()
})

/** A room whose look and time a test sets, and a way to wait until it was looked at so often again. */
function setUp(speed = 0) {
  const wall = createVirtualWall()
  const state = { slackDown: false, now: Date.parse('2026-11-23T03:00:00.000Z'), fails: false }
  let reads = 0
  const waiting: { at: number; go: () => void }[] = []
  const read = async (): Promise<Room> => {
    reads += 1
    for (const { at, go } of waiting) if (reads >= at) go()
    if (state.fails) throw new Error('the table is away')
    return {
      clock: { now: new Date(state.now).toISOString(), speed },
      playing: null,
      slackDown: state.slackDown,
      functions: [],
      chart: { points: [], threshold: 5, marks: [] },
      alarms: [],
      queues: [],
      incidents: [],
      mails: [],
    }
  }
  const watch = createRoomWatch({ read, wall, log, everyMs: 2 })
  watches.push(watch)
  const looks = (more: number) =>
    new Promise<void>((go) => {
      waiting.push({ at: reads + more, go })
    })
  return { watch, wall, state, looks, reads: () => reads }
}

it('a change is sent once, and time that runs as expected is none', async () => {
  const { watch, wall, state, looks } = setUp(10)
  const seen: boolean[] = []
  watch.subscribe(({ slackDown }) => seen.push(slackDown))
  await looks(3)
  expect(seen).toEqual([false])
  wall.jump(1_000)
  state.now += 10_000
  await looks(3)
  expect(seen).toEqual([false])
  state.slackDown = true
  await looks(3)
  expect(seen).toEqual([false, true])
})

it('a jump of the clock is sent, and after five seconds the room comes anyway', async () => {
  const { watch, wall, state, looks } = setUp()
  const seen: string[] = []
  watch.subscribe(({ clock }) => seen.push(clock.now))
  await looks(3)
  state.now += 60_000
  await looks(3)
  expect(seen).toEqual(['2026-11-23T03:00:00.000Z', '2026-11-23T03:01:00.000Z'])
  wall.jump(5_000)
  await looks(3)
  expect(seen).toHaveLength(3)
})

it('nobody listens, nothing is read; a failing read is logged', async () => {
  const { watch, state, looks, reads } = setUp()
  expect(reads()).toBe(0)
  state.fails = true
  const seen: Room[] = []
  const stop = watch.subscribe((room) => seen.push(room))
  await looks(2)
  state.fails = false
  await looks(2)
  expect(seen).toHaveLength(1)
  expect(log.lines).toContainEqual({
    level: 'warn',
    message: 'the room could not be read',
    details: { error: 'Error: the table is away' },
  })
  stop()
  stop()
  const then = reads()
  // Another one at the same pace shows how much time has passed.
  const other = setUp()
  other.watch.subscribe(() => undefined)
  await other.looks(3)
  expect(reads()).toBe(then)
})
