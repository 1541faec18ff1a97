import type { Moment } from '../../common/time.ts'
import { moment } from '../../common/time.ts'

/** When people who are not on call work. */
export interface OfficeHours {
  /** An IANA zone, as in `Asia/Tokyo`. */
  zone: string
  /** Hours of the day, 0 to 24, Monday to Friday. */
  open: number
  close: number
}

export const tokyoOfficeHours: OfficeHours = { zone: 'Asia/Tokyo', open: 9, close: 18 }

const hour = 3_600_000
const day = 24 * hour

const clocks = new Map<string, Intl.DateTimeFormat>()

/** A clock of a zone is dear to make, and always the same. */
function clockOf(zone: string): Intl.DateTimeFormat {
  const clock =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  clocks.set(zone, clock)
  return clock
}

/** How far the zone's clock is ahead of UTC at `at`, in milliseconds. */
function zoneAhead(at: number, zone: string): number {
  const parts = clockOf(zone).formatToParts(at)
  const part = (type: string) => Number(parts.find((found) => found.type === type)?.value)
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return local - Math.floor(at / 1000) * 1000
}

/** The first working moment at or after `at`, as milliseconds of the zone's own clock read as if it were UTC. */
function firstWorkingLocal(at: Moment, hours: OfficeHours): number {
  const utc = Date.parse(at)
  let local = utc + zoneAhead(utc, hours.zone)
  for (;;) {
    const midnight = Math.floor(local / day) * day
    const weekday = (Math.floor(local / day) + 4) % 7
    const isWorkday = weekday >= 1 && weekday <= 5
    if (isWorkday && local < midnight + hours.open * hour) return midnight + hours.open * hour
    if (isWorkday && local < midnight + hours.close * hour) return local
    local = midnight + day
  }
}

const toUtc = (local: number, zone: string): Moment => {
  const guess = local - zoneAhead(local, zone)
  return moment(local - zoneAhead(guess, zone))
}

/** `at` itself inside office hours, else the next opening. */
export const workingTimeFrom = (at: Moment, hours: OfficeHours): Moment =>
  toUtc(firstWorkingLocal(at, hours), hours.zone)

/** The end of the first working day that `at` touches. */
export function endOfWorkingDay(at: Moment, hours: OfficeHours): Moment {
  const local = firstWorkingLocal(at, hours)
  return toUtc(Math.floor(local / day) * day + hours.close * hour, hours.zone)
}

/** The week that `at` lies in, by the zone's own clock. */
export function weekOf(at: Moment, hours: OfficeHours) {
  const utc = Date.parse(at)
  const midnight = Math.floor((utc + zoneAhead(utc, hours.zone)) / day) * day
  const sinceMonday = (Math.floor(midnight / day) + 3) % 7
  const monday = midnight - sinceMonday * day
  return {
    /** Its first day, as in `2026-11-23`. */
    monday: moment(monday).slice(0, 10),
    /** When work begins on that day, and when the day is over. */
    opens: toUtc(monday + hours.open * hour, hours.zone),
    ends: toUtc(monday + day, hours.zone),
    /** When work began in the week before. */
    openedBefore: toUtc(monday - 7 * day + hours.open * hour, hours.zone),
  }
}

export const isWorkingTime = (at: Moment, hours: OfficeHours): boolean =>
  Date.parse(workingTimeFrom(at, hours)) === Date.parse(at)
