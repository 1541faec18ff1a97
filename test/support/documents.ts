import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))
export const read = (path: string) => readFileSync(join(root, path), 'utf8')

// Markdown, as far as the documents of the project use it.

export const fence = /^ *```.*?^ *```$/gms
export const withoutCode = (text: string) => text.replace(fence, '')
export const headings = (text: string) => [...withoutCode(text).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => title)
/** The anchor that GitHub gives a heading. */
export const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-')

/** The text under a heading, up to the next one of any level. */
export function section(text: string, title: string): string {
  const start = text.indexOf(`\n${title}\n`)
  if (start < 0) throw new Error(`There is no heading “${title}”.`)
  const rest = text.slice(start + title.length + 2)
  return rest.split(/^#+ /m)[0] ?? ''
}

/** Rows of the table whose head begins with this cell, as texts. */
export function tableOf(text: string, firstHead: string): string[][] {
  const lines = text.split('\n').map((line) => line.trim())
  const head = lines.findIndex((line) => line.startsWith(`| ${firstHead} |`))
  if (head < 0) throw new Error(`There is no table that begins with “${firstHead}”.`)
  const rest = lines.slice(head + 2)
  const end = rest.findIndex((line) => !line.startsWith('|'))
  return rest.slice(0, end < 0 ? undefined : end).map((line) =>
    line
      .replace(/^\||\|$/g, '')
      .split('|')
      .map((cell) => cell.trim()),
  )
}

export const spansOf = (text: string) => [...text.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span)
/** Everything in a document that is code: spans and blocks. */
export const codeOf = (text: string) => [...(text.match(fence) ?? []), ...spansOf(withoutCode(text))]
