import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** One code block of a recipe and where the sentence above it puts it. */
export interface Edit {
  file: string
  place: 'above' | 'below' | 'instead of' | 'new file'
  /** A whole line of the file, without its indentation; of a new file there is none. */
  line: string
  code: string
}

/** One file that a recipe adds. */
export interface NewFile {
  file: string
  text: string
}

const document = fileURLToPath(new URL('../../docs/recipes.md', import.meta.url))

/** The chapters of the recipe document, as text. */
export async function readRecipes() {
  const text = await readFile(document, 'utf8')
  // A page that a recipe adds has chapters of its own.
  const isOwn = (before: string) => (before.match(/^````/gm) ?? []).length % 2 === 0
  const starts = [...text.matchAll(/^## /gm)].map(({ index }) => index).filter((at) => isOwn(text.slice(0, at)))
  const parts = starts.map((at, index) => text.slice(at + '## '.length, starts[index + 1]))
  const chapters = new Map(parts.map((part) => [part.split('\n', 1)[0] ?? '', part]))
  const chapter = (title: string): string => {
    const found = chapters.get(title)
    if (found === undefined) throw new Error(`The recipes have no chapter “${title}”`)
    return found
  }
  return {
    addAnAlarm: chapter('Add an alarm'),
    addAButton: chapter('Add a button'),
    addARemedy: chapter('Add a remedy'),
  }
}

const newFile = /^The new file `([^`]+)`:$/
const sentence = /^In `([^`]+)`, (above|below|instead of) (`+)(.+)\3:$/

/** Every block of TypeScript with the sentence above it. A block without such a sentence is a mistake in the document. */
export function editsIn(chapter: string): Edit[] {
  return [...chapter.matchAll(/\n([^\n]+)\n\n```ts\n(.*?)\n```\n/gs)].map(([, above = '', code = '']) => {
    const [, made] = newFile.exec(above) ?? []
    if (made) return { file: made, place: 'new file', line: '', code }
    const [, file, place, , line] = sentence.exec(above) ?? []
    if (!file || !place || !line) throw new Error(`This sentence does not say where its code goes: ${above}`)
    return { file, place: place as Edit['place'], line, code }
  })
}

/** Every page that a recipe adds, with the path in the sentence above it. */
export const newFilesIn = (chapter: string): NewFile[] =>
  [...chapter.matchAll(/\nThe new file `([^`\n]+)`:\n\n````md\n(.*?\n)````\n/gs)].map(([, file = '', text = '']) => ({
    file,
    text,
  }))

/** The text after an edit. The line must be there exactly once, or a reader would not know where to put the code. */
export function applied(text: string, { file, place, line, code }: Edit): string {
  const lines = text.split('\n')
  const found = lines.flatMap((each, index) => (each.trim() === line ? [index] : []))
  const [at] = found
  if (at === undefined || found.length > 1) throw new Error(`${file} has ${found.length} lines “${line}”, not one`)
  lines.splice(place === 'below' ? at + 1 : at, place === 'instead of' ? 1 : 0, ...code.split('\n'))
  return lines.join('\n')
}
