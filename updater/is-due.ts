import { minutes } from '../common/time.ts'

/** The schedule calls this often. */
export const scheduleMinutes = 5

/**
 * Whether this call of the schedule is to update: a multiple of the interval, counted from 1970, lies in the slot of
 * five minutes that holds `now`. It needs no memory, so a source that fails is not asked any more often.
 */
export function isDue(now: Date, everyMinutes: number): boolean {
  const [slot, every] = [minutes(scheduleMinutes), minutes(everyMinutes)]
  const start = Math.floor(now.getTime() / slot) * slot
  return Math.ceil(start / every) * every < start + slot
}
