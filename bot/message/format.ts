import type { AlarmDefinition } from '../../common/alarms.ts'

export type Language = 'en' | 'ja'
export type Unit = AlarmDefinition['unit']

const controls = /[\p{Cc}\u2028\u2029]+/gu
/** Marks that turn the direction of writing can make a name read as another one. */
const turning = /[\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu

/** Without line breaks and what else is not seen. */
export const oneLine = (text: string): string =>
  text.replace(turning, '').replace(controls, ' ').replace(/ {2,}/g, ' ').trim()

/** `&`, `<` and `>` are all that Slack asks to escape; without `<` nothing can ping or link. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Cuts at `most` characters, never inside a character, an entity, a mention or a date. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text
  const cut = text
    .slice(0, most - 1)
    .replace(/[\uD800-\uDBFF]$/, '')
    .replace(/<[^<>]*$/, '')
    .replace(/&[a-z]{0,4}$/, '')
  return `${cut}…`
}

/** Text from outside, for mrkdwn: one line, escaped, clipped. */
export const data = (text: string, most = 150): string => clip(escaped(oneLine(text.slice(0, most * 4))), most)

/** What a person wrote, to be quoted inside a sentence: that has a full stop of its own. */
export const quotable = (text: string, most = 150): string =>
  data(text.trimEnd().replace(/(?<=[^.。])[.。]$/, ''), most)

/** The same inside backticks, which must not be closed by it. */
export const code = (text: string, most = 80): string => `\`${data(text, most).replaceAll('`', "'")}\``

/** Text for places where Slack reads no markup and so needs no entities. */
export const plain = (text: string, most: number): string =>
  clip(
    oneLine(text.slice(0, most * 4))
      .replaceAll('<', '‹')
      .replaceAll('>', '›'),
    most,
  )

/** Where a word of a shell command came from outside, only what cannot end the word is left. */
export const shellWord = (text: string): string => text.replace(/[^\w.:/-]/g, '').slice(0, 140)

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 })

const numberOf = (value: number): string => {
  const size = Math.abs(value)
  if (size >= 1e12) return String(Number(value.toPrecision(3)))
  const digits = size >= 100 ? 0 : 1
  const rounded = size < 1 ? Number(value.toPrecision(2)) : Number(value.toFixed(digits))
  return grouped.format(rounded + 0)
}

const units: Record<Language, Record<Unit, (shown: string) => string>> = {
  en: {
    '%': (shown) => `${shown} %`,
    count: (shown) => (shown === '1' ? '1 time' : `${shown} times`),
    s: (shown) => `${shown} s`,
  },
  ja: {
    '%': (shown) => `${shown}%`,
    count: (shown) => `${shown}回`,
    s: (shown) => `${shown}秒`,
  },
}

/** `12.4 %`, `41 times`, `3.2 s`; from a minute on, seconds are a duration. */
export function quantity(value: number, unit: Unit | undefined, language: Language): string {
  if (unit === undefined) return numberOf(value)
  return unit === 's' && value >= 60 ? duration(value * 1000, language) : units[language][unit](numberOf(value))
}

const spans: Record<Language, { d: string; h: string; min: string; s: string; between: string; within: string }> = {
  en: { d: 'd', h: 'h', min: 'min', s: 's', between: ' ', within: ' ' },
  ja: { d: '日', h: '時間', min: '分', s: '秒', between: '', within: '' },
}

/** The two largest parts: `2 min 10 s`, `1 h 5 min`, `3 d 2 h`. */
export function duration(ms: number, language: Language): string {
  const { within, between, ...names } = spans[language]
  const seconds = Math.max(0, Math.round(ms / 1000))
  const parts = [
    { of: Math.floor(seconds / 86_400), name: names.d },
    { of: Math.floor(seconds / 3600) % 24, name: names.h },
    { of: Math.floor(seconds / 60) % 60, name: names.min },
    { of: seconds % 60, name: names.s },
  ]
  const first = parts.findIndex(({ of }) => of > 0)
  if (first < 0) return `0${within}${names.s}`
  return parts
    .slice(first, first + 2)
    .filter(({ of }) => of > 0)
    .map(({ of, name }) => `${of}${within}${name}`)
    .join(between)
}

const isMoment = (value: string | number): value is string =>
  typeof value === 'string' &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) &&
  !Number.isNaN(Date.parse(value))

/** A value of a setting: a moment as the reader's, anything else as text from outside. */
export const shownValue = (value: string | number): string => (isMoment(value) ? when(value) : data(String(value), 40))

/** A moment in the reader's own zone, as Slack draws it; the fallback says it in UTC. */
export function when(at: string): string {
  const shown = `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`
  return `<!date^${Math.floor(Date.parse(at) / 1000)}^{date_short_pretty} {time}|${shown}>`
}
