/** Whom a date is written for: an IANA zone and a BCP 47 locale. */
export interface DateReader {
  tz: string
  locale: string
  now: Date
}

type Style = Intl.DateTimeFormatOptions

const ordinals: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' }
const ordinal = (day: number): string =>
  `${day}${ordinals[new Intl.PluralRules('en-US', { type: 'ordinal' }).select(day)] ?? 'th'}`

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

function createWriter(at: Date, { tz, locale, now }: DateReader) {
  const write = (style: Style) => new Intl.DateTimeFormat(locale, { timeZone: tz, ...style }).format(at)
  /** Year, month and day in the zone of the reader, as a number of days. */
  const dayOf = (moment: Date): number => {
    const parts = new Intl.DateTimeFormat('en-US', { timeZone: tz, dateStyle: 'short' }).formatToParts(moment)
    const part = (type: string) => Number(parts.find((each) => each.type === type)?.value)
    return Date.UTC(2000 + (part('year') % 100), part('month') - 1, part('day')) / 86_400_000
  }
  const days = dayOf(at) - dayOf(now)
  const yearOf = (moment: Date) => new Intl.DateTimeFormat('en-US', { timeZone: tz, year: 'numeric' }).format(moment)
  const near = Math.abs(days) < 182
  const year: Style = near ? {} : { year: 'numeric' }

  /** Slack writes “November 23rd” for Americans; everybody else reads what their language does. */
  const long = (style: Style): string => {
    const written = write({ month: 'long', day: 'numeric', ...style })
    return locale === 'en-US' ? written.replace(/(?<=[A-Za-z] )\d{1,2}\b/, (day) => ordinal(Number(day))) : written
  }
  const pretty = (otherwise: () => string): string =>
    Math.abs(days) > 1
      ? otherwise()
      : new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.round(days), 'day')

  const ago = (): string => {
    const seconds = Math.round((at.getTime() - now.getTime()) / 1000)
    const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always' })
    const steps = [
      ['year', 31_536_000],
      ['month', 2_592_000],
      ['day', 86_400],
      ['hour', 3600],
      ['minute', 60],
    ] as const
    const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? (['second', 1] as const)
    return relative.format(Math.trunc(seconds / size), unit)
  }

  const numbers = () =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: tz, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)
  const writers: Record<string, () => string> = {
    date_num: numbers,
    date_slash: () => write({ year: 'numeric', month: '2-digit', day: '2-digit' }),
    date: () => long(year),
    date_short: () => write({ month: 'short', day: 'numeric', ...year }),
    date_long: () => long({ weekday: 'long', ...year }),
    date_long_full: () => long({ year: 'numeric' }),
    date_pretty: () => pretty(() => long(year)),
    date_short_pretty: () => pretty(() => write({ month: 'short', day: 'numeric', ...year })),
    date_long_pretty: () => pretty(() => long({ weekday: 'long', ...year })),
    day_divider_pretty: () =>
      pretty(() => long({ weekday: 'long', ...(yearOf(at) === yearOf(now) ? {} : { year: 'numeric' }) })),
    time: () => write({ hour: 'numeric', minute: '2-digit' }),
    time_secs: () => write({ hour: 'numeric', minute: '2-digit', second: '2-digit' }),
    ago,
  }
  return writers
}

/**
 * Replaces the tokens of `<!date^seconds^format|fallback>` for one reader. A year is left out within six months of
 * now, and a relative day that begins the text has a capital, as in Slack. What cannot be written is the fallback.
 */
export function slackDate(seconds: number, format: string, fallback: string, reader: DateReader): string {
  const at = new Date(seconds * 1000)
  if (Number.isNaN(at.getTime())) return fallback
  const writers = createWriter(at, reader)
  const tokens = [...format.matchAll(/\{([a-z_]+)\}/g)].map(([, name]) => name ?? '')
  if (tokens.some((name) => !(name in writers))) return fallback
  // Newer versions of the locale data put a narrow space before AM; Slack has a plain one.
  return format
    .replace(/\{([a-z_]+)\}/g, (_, name: string, index: number) => {
      const written = writers[name]?.() ?? ''
      return index === 0 ? capital(written) : written
    })
    .replaceAll('\u202F', ' ')
}
