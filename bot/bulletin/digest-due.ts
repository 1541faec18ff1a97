import { isBefore } from '../../common/time.ts'
import { type OfficeHours, weekOf } from '../incident/office-hours.ts'
import type { DigestWeek } from './digest.ts'

const aDay = 24 * 60 * 60 * 1000

/** As in `2026-W48`, by ISO 8601: a week belongs to the year that its Thursday is in. `monday` as in `2026-11-23`. */
function isoWeek(monday: string): string {
  const thursday = new Date(Date.parse(`${monday}T00:00:00.000Z`) + 3 * aDay)
  const year = thursday.getUTCFullYear()
  const number = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * aDay))
  return `${year}-W${String(number).padStart(2, '0')}`
}

/**
 * The week to tell of at `at`: from the opening of the office on Monday until the end of that day. What happened before
 * the bot was watching, since `watchedSince`, is on no record, so a week that was over by then is not told.
 */
export function digestDue(at: string, watchedSince: string, hours: OfficeHours): DigestWeek | undefined {
  const { monday, opens, ends, openedBefore } = weekOf(at, hours)
  if (isBefore(at, opens) || !isBefore(at, ends) || !isBefore(watchedSince, opens)) return undefined
  return { week: isoWeek(monday), from: openedBefore, to: opens }
}

export const digestBulletinId = ({ week }: DigestWeek): string => `digest-${week}`
