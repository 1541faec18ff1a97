import type { Ms } from './week-facts.ts'

/** Monday to Friday, 09:00 to 18:00 in Tokyo, which is nine hours ahead of UTC all year. Counted here by hand. */

const hour = 3_600_000
const day = 24 * hour
const ahead = 9 * hour

/** 0 is Monday; the first of January 1970 was a Thursday. */
const weekday = (at: Ms): number => (Math.floor((at + ahead) / day) + 3) % 7
const midnight = (at: Ms): Ms => Math.floor((at + ahead) / day) * day - ahead

const isOpen = (at: Ms): boolean => weekday(at) < 5 && at >= midnight(at) + 9 * hour && at < midnight(at) + 18 * hour

/** `at` where the office is open, else when it opens next. */
export function opensFrom(at: Ms): Ms {
  if (isOpen(at)) return at
  const openings = [0, 1, 2, 3, 4].map((days) => midnight(at) + days * day + 9 * hour)
  return openings.find((opening) => opening >= at && weekday(opening) < 5) ?? Number.NaN
}

/** The end of the first working day that is not over at `at`. */
export const closesAfter = (at: Ms): Ms => midnight(opensFrom(at)) + 18 * hour
