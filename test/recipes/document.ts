import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** One code block of a recipe and where the sentence above it puts it. */
export interface Edit {
  file: string
  place: 'above' | 'below' | 'instead of'
  /** A whole line of the file, without its indentation. */
  line: string
  code: string
}

const document = fileURLToPath(new URL('../../docs/recipes.md', import.meta.url))

/** The chapters of the recipe document, as text. */
export async function readRecipes() {
  const text = await readFile(document, 'utf8')
  const chapters = new Map(text.split(/^## /m).map((part) => [part.split('\n', 1)[0] ?? '', part]))
  const chapter = (title: string): string => {
    const found = chapters.get(title)
    if (found === undefined) throw new Error(`The recipes have no chapter “${title}”`)
    return found
  }
  return { addAnAlarm: chapter('Add an alarm'), addAButton: chapter('Add a button') }
}

const sentence = /^In `([^`]+)`, (above|below|instead of) (`+)(.+)\3:$/

/** Every block of TypeScript with the sentence above it. A block without such a sentence is a mistake in the document. */
export function editsIn(chapter: string): Edit[] {
  return [...chapter.matchAll(/\n([^\n]+)\n\n```ts\n(.*?)\n```\n/gs)].map(([, above = '', code = '']) => {
    const [, file, place, , line] = sentence.exec(above) ?? []
    if (!file || !place || !line) throw new Error(`This sentence does not say where its code goes: ${above}`)
    return { file, place: place as Edit['place'], line, code }
  })
}

/** The text after an edit. The line must be there exactly once, or a reader would not know where to put the code. */
export function applied(text: string, { file, place, line, code }: Edit): string {
  const lines = text.split('\n')
  const found = lines.flatMap((each, index) => (each.trim() === line ? [index] : []))
  const [at] = found
  if (at === undefined || found.length > 1) throw new Error(`${file} has ${found.length} lines “${line}”, not one`)
  lines.splice(place === 'below' ? at + 1 : at, place === 'instead of' ? 1 : 0, ...code.split('\n'))
  return lines.join('\n')
}
