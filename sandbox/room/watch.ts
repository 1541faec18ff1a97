import type { Wall } from '../../common/clock.ts'
import { describeError, type Log } from '../../common/logger.ts'
import { createListeners } from '../listeners.ts'
import type { Room } from './room.ts'

const everyMs = 500
const atLeastEveryMs = 5_000
/** A page counts the clock on by itself; a difference larger than this is a jump. */
const jumpMs = 2_000

interface Options {
  read: () => Promise<Room>
  wall: Wall
  log: Log
  /** Milliseconds of real time between two looks. */
  everyMs?: number
}

/** The room as it changes. It is looked at only while somebody listens. */
export function createRoomWatch({ read: readOnce, wall, log, ...options }: Options) {
  const reading = new Set<Promise<unknown>>()
  const read = (): Promise<Room> => {
    const room = readOnce()
    // Whoever asked hears of a failure; here only the end of it counts.
    const done = room.catch(() => undefined).finally(() => reading.delete(done))
    reading.add(done)
    return room
  }
  const listeners = createListeners<Room>(log)
  let count = 0
  let timer: NodeJS.Timeout | undefined
  let isReading = false
  let sent: { room: Room; still: string; at: number } | undefined

  /** Everything but the time of now. */
  const still = (room: Room) => JSON.stringify({ ...room, clock: room.clock.speed })

  const isNews = (room: Room, now: number): boolean => {
    if (!sent || now - sent.at >= atLeastEveryMs || still(room) !== sent.still) return true
    const expected = Date.parse(sent.room.clock.now) + (now - sent.at) * room.clock.speed
    return Math.abs(Date.parse(room.clock.now) - expected) > jumpMs * Math.max(1, room.clock.speed)
  }
  const look = async () => {
    if (isReading) return
    isReading = true
    try {
      const room = await read()
      const now = wall.now().getTime()
      if (count === 0 || !isNews(room, now)) return
      sent = { room, still: still(room), at: now }
      listeners.emit(room)
    } catch (error) {
      log.warn('the room could not be read', { error: describeError(error) })
    } finally {
      isReading = false
    }
  }
  return {
    /** The room at this moment. */
    current: read,
    /** Calls `listener` with a fresh room when it changed, at most twice a second; returns the way to stop it. */
    subscribe(listener: (room: Room) => void): () => void {
      const unsubscribe = listeners.subscribe(listener)
      count += 1
      timer ??= setInterval(look, options.everyMs ?? everyMs)
      let isOn = true
      return () => {
        if (!isOn) return
        isOn = false
        unsubscribe()
        count -= 1
        if (count > 0) return
        clearInterval(timer)
        timer = undefined
        sent = undefined
      }
    },
    /** Ends the looking, whoever still listens; resolves when nothing is being read any more. */
    stop: async (): Promise<void> => {
      clearInterval(timer)
      await Promise.all(reading)
    },
  }
}

export type RoomWatch = ReturnType<typeof createRoomWatch>
