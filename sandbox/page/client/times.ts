/** How a reader reads times: in their zone, in the way of their country. */
export interface Reading {
  tz: string
  locale: string
}

export const timeOfDay = (at: Date, { tz, locale }: Reading): string =>
  new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone: tz }).format(at)

/** The calendar day in the reader's zone, as a key and as words. */
export const dayKey = (at: Date, { tz }: Reading): string =>
  new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone: tz }).format(at)

export const dayInWords = (at: Date, { tz }: Reading): string =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: tz }).format(at)

export const fullTime = (at: Date, { tz, locale }: Reading): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium', timeZone: tz }).format(at)
