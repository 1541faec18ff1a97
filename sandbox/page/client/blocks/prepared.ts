import type { Block } from '../../../slack/schema-blocks.ts'
import { plain } from './mrkdwn.ts'
import { packed } from './packed-date.ts'
import type { RichText } from './rich-text.ts'

type Table = Extract<Block, { type: 'table' }>
type Cell = Table['rows'][number][number]
type Elements = { type: string }[]

const datesPacked = (elements: Elements): Elements =>
  elements.map((element) => {
    if (element.type !== 'date') return element
    const { format, url, fallback } = element as { type: string; format?: string; url?: string; fallback?: string }
    return { ...element, format: packed(format ?? '', url, fallback) }
  })

/** Everything a date carries goes into its format, in lists as well. */
function richText(block: RichText): RichText {
  const elements = block.elements.map((part) =>
    part.type === 'rich_text_list'
      ? {
          ...part,
          elements: part.elements.map((item) => ({ ...item, elements: datesPacked(item.elements) })),
        }
      : { ...part, elements: datesPacked(part.elements) },
  )
  return { ...block, elements: elements as RichText['elements'] }
}

/** The library reads Markdown into raw text and knows no numbers, so every cell becomes rich text. */
function cell(from: Cell): RichText {
  switch (from.type) {
    case 'raw_text':
      return plain(from.text === '' ? '\u00A0' : from.text)
    case 'raw_number':
      return plain(from.text ?? String(from.value))
    case 'rich_text':
      return richText(from)
    default:
      throw from satisfies never
  }
}

/** A box to tick that nobody can tick is a sign. */
const taskSigns = (text: string): string =>
  text.replace(
    /^(\s*(?:[-*+]|\d+\.) )\[([ xX])\] /gm,
    (_, start: string, mark: string) => `${start}${mark === ' ' ? '☐' : '☑'} `,
  )

/** A hair space where CommonMark would not see the end of bold text because a letter follows a bracket. */
const looseBold = (text: string): string =>
  text
    .replace(/(\*\*[^*\n]+[\p{P}\p{S}]\*\*)(?=[\p{L}\p{N}])/gu, '$1\u200A')
    .replace(/(?<=[\p{L}\p{N}])(\*\*[\p{P}\p{S}][^*\n]*\*\*)/gu, '\u200A$1')

/** A block as the library draws it right. */
export function prepared<B extends { type: string }>(block: B): B & { block_id?: string | undefined } {
  const known = block as unknown as Block
  switch (known.type) {
    case 'rich_text':
      return richText(known) as unknown as B
    case 'table':
      return { ...known, rows: known.rows.map((row) => row.map(cell)) } as unknown as B
    case 'markdown':
      return { ...known, text: looseBold(taskSigns(known.text)) } as unknown as B
    default:
      return block
  }
}
