import { clip, oneLine } from './format.ts'

/** Names of people by their user id. Who is not among them is shown by id. */
export type Names = ReadonlyMap<string, string>

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/**
 * Text for Markdown outside of code: nothing in it is a tag, a table's border, a heading or emphasis. An at sign of full width
 * reads the same and calls nobody, wherever the text is pasted.
 */
const escaped = (text: string): string =>
  text
    .replace(/[&<>]/g, (sign) => entities[sign] ?? sign)
    .replace(/[\\`*_[\]|~#]/g, '\\$&')
    .replaceAll('@', '＠')

/** Text from outside, for Markdown: one line, clipped, escaped. */
export const markdown = (text: string, most = 200): string => escaped(clip(oneLine(text.slice(0, most * 4)), most))

/** Letters that need no escaping, so that what stands in backticks looks the same in a table. */
const isPlainCode = (text: string): boolean => /^[\w.:/→-][\w.:/ →-]*$/.test(text)

/** Somebody by name, or by an id in backticks. */
export function personNamed(user: string, names: Names): string {
  const name = names.get(user)
  if (name !== undefined) return markdown(name, 60)
  return /^[UWS][A-Z0-9_]{1,40}$/.test(user) ? `\`${user}\`` : markdown(user, 60)
}

/** All that our own sentences hold besides text: dates, mentions, links and code. Text from outside holds no `<`. */
const ownMarkup =
  /<!date\^[^|<>]*\|([^<>]*)>|<@([A-Z0-9_]+)>|<!subteam\^([A-Z0-9_]+)>|<(https:\/\/[^|<>\s()]+)\|([^<>]*)>|`([^`]*)`/g

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** A sentence that was made for Slack, as Markdown: dates in UTC, people by name. */
export function fromSlack(sentence: string, names: Names): string {
  const parts: string[] = []
  let end = 0
  const text = (raw: string) => escaped(unescaped(raw).replaceAll('\n', ' '))
  for (const found of sentence.matchAll(ownMarkup)) {
    const [all, date, user, group, url, label, code] = found
    parts.push(text(sentence.slice(end, found.index)))
    end = found.index + all.length
    if (date !== undefined) parts.push(text(date))
    else if (user !== undefined || group !== undefined) parts.push(personNamed(user ?? group ?? '', names))
    else if (url !== undefined) parts.push(`[${text(label ?? '')}](${unescaped(url)})`)
    else if (code !== undefined) parts.push(isPlainCode(code) ? `\`${code}\`` : text(code))
  }
  return [...parts, text(sentence.slice(end))].join('')
}

/** A table; its cells are Markdown already. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
