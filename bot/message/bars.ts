import { data } from './format.ts'

/** A line of a drawing that a phone shows without breaking it, in columns of monospaced type. */
export const mostColumns = 30

const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF01-\uFF60\uFFE0-\uFFE6]|\p{Extended_Pictographic}/u

/** How much room a text takes: letters of East Asia take two columns. */
export const columnsOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (wide.test(letter) ? 2 : 1), 0)

/** Cuts a text to a number of columns, marked where something is missing. */
export function cut(text: string, most: number): string {
  if (columnsOf(text) <= most) return text
  let kept = ''
  for (const letter of text) {
    if (columnsOf(kept) + columnsOf(letter) > most - 1) break
    kept += letter
  }
  return `${kept}…`
}

/** Fills up with spaces, on the right or on the left. */
export const padded = (text: string, columns: number, side: 'left' | 'right' = 'right'): string => {
  const space = ' '.repeat(Math.max(0, columns - columnsOf(text)))
  return side === 'right' ? `${text}${space}` : `${space}${text}`
}

/** A part of a bar: how much of what is measured, drawn with which sign. */
export interface Part {
  value: number
  sign: string
}

/**
 * A bar whose longest brother has `most` columns. What is there is seen: no part that is more than nothing is left out,
 * as long as there is room for one of each.
 */
export function bar(parts: readonly Part[], largest: number, most: number): string {
  const total = parts.reduce((sum, { value }) => sum + value, 0)
  if (total <= 0 || largest <= 0) return ''
  const there = parts.filter(({ value }) => value > 0)
  const length = Math.min(most, Math.max(there.length, Math.round((total / largest) * most)))
  const columns = there.map(({ value }) => Math.max(1, Math.floor((value / total) * length)))
  // What rounding left over goes where it is missed most, and what it took too much comes from the longest.
  for (let sum = sumOf(columns); sum !== length; sum = sumOf(columns)) {
    const missing = there.map(({ value }, index) => (value / total) * length - (columns[index] ?? 0))
    const at = sum < length ? missing.indexOf(Math.max(...missing)) : columns.indexOf(Math.max(...columns))
    columns[at] = (columns[at] ?? 0) + (sum < length ? 1 : -1)
  }
  return there.map(({ sign }, index) => sign.repeat(columns[index] ?? 0)).join('')
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0)

/** Lines in monospaced type. Nothing in them can end it, ping or link. */
export const drawing = (lines: readonly string[]): string => `\`\`\`${lines.map((line) => safe(line)).join('\n')}\`\`\``

/** Spaces hold the columns apart, so they are kept as they are. */
const safe = (line: string): string =>
  line
    .split(/( +)/)
    .map((piece) => (/^ *$/.test(piece) ? piece : data(piece, 500).replaceAll('`', "'")))
    .join('')
