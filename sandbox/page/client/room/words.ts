import type { Person } from '../../protocol.ts'
import type { Reading } from '../times.ts'

export const readingOf = (people: readonly Person[], me: string): Reading => {
  const { tz, locale } = people.find(({ id }) => id === me) ?? { tz: 'UTC', locale: 'en-GB' }
  return { tz, locale }
}

/** Such as “23:03:36”, in the reader's zone. */
export const timeWithSeconds = (at: Date, { tz }: Reading): string =>
  new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: tz }).format(at)

/** Such as “23:03”, in the reader's zone. */
export const shortTime = (at: Date, { tz }: Reading): string =>
  new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: tz }).format(at)

export const percent = (value: number): string => `${value < 10 ? Number(value.toFixed(1)) : Math.round(value)} %`

/** How long until then, such as “12:03” or “2 h 05 min”; undefined when it has passed. */
export function countdown(until: Date, now: Date): string | undefined {
  const seconds = Math.ceil((until.getTime() - now.getTime()) / 1000)
  if (seconds <= 0) return undefined
  const two = (value: number) => String(value).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  if (minutes >= 60) return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`
  return `${minutes}:${two(seconds % 60)}`
}

/** “bad-deploy” as “Bad deploy”. */
export const readable = (name: string): string => {
  const spaced = name.replaceAll('-', ' ')
  return `${spaced.charAt(0).toUpperCase()}${spaced.slice(1)}`
}
