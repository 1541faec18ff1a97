const uuid = /(?<![\w-])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![\w-])/gi
/** Words of hexadecimal digits, and every word with a digit in it: numbers, times, versions, ids. */
const varying = /(?<!\w)(?:[0-9a-f]{8,}(?!\w)|\w*\d\w*)/gi
/** Values in quotes; an apostrophe within a word opens none. */
const quotes = [/"[^"]*"/g, /(?<![\w#])'[^']*'/g, /`[^`]*`/g]
/** What was one value to the writer: `2026-11-23T03:12:00.000Z`, `1,060.5`, `-12`. */
const joined = /[-+]*#(?:[-.,:+/]*#)*/g

/** A value is found as a whole word; it is made of letters, digits, `_` and `-`. */
const without = (text: string, value: string): string =>
  text.replace(new RegExp(`(?<![\\w-])${value}(?![\\w-])`, 'g'), '#')

/**
 * The shape of a log text: what differs between two lines of one template is folded into `#`. Two texts have one shape
 * when the same statement wrote them. `values` are known to vary, such as the currency that a line is about.
 */
export function fold(text: string, values: readonly string[] = []): string {
  const unquoted = quotes.reduce(
    (folded, quote) => folded.replace(quote, (value) => `${value[0]}#${value[0]}`),
    values.reduce(without, text.replace(/\s+/g, ' ').trim()),
  )
  return unquoted.replace(uuid, '#').replace(varying, '#').replace(joined, '#')
}

const secrets: readonly [RegExp, string][] = [
  [/\b(?:xox[a-z]|xapp)-[\w-]+/gi, '…'],
  [/\b(bearer )\S{6,}/gi, '$1…'],
  [
    /\b((?:authorization|x-api-key|api[-_]?key|password|secret|token)["']?\s*[:=]\s*)(?:"[^"]*"|'[^']*'|(?:(?:basic|bearer)\s+)?[^\s"',;]+)/gi,
    '$1…',
  ],
  [/(?<![A-Za-z0-9+/=])(?=[A-Za-z+/=]*\d)[A-Za-z0-9+/=]{40,}(?![A-Za-z0-9+/=])/g, '…'],
  // Any long word that mixes letters and digits may be a key. It says nothing to a reader either.
  [/(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{20,}(?![\w-])/g, '…'],
]

/** Log text that may be shown: what looks like a secret, a key or a long id is left out. */
export const masked = (text: string): string =>
  secrets.reduce((shown, [secret, instead]) => shown.replace(secret, instead), text)
