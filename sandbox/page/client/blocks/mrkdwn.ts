import { unescaped } from './entities.ts'
import { inlineOf } from './mrkdwn-inline.ts'
import type { RichText, RichTextPart } from './rich-text.ts'

/** Runs of lines that are quoted, and runs that are not. */
function paragraphs(text: string): { quoted: boolean; text: string }[] {
  const runs: { quoted: boolean; lines: string[] }[] = []
  for (const line of text.split('\n')) {
    const found = /^(?:>|&gt;) ?(.*)$/.exec(line)
    const last = runs.at(-1)
    if (last && last.quoted === (found !== null)) last.lines.push(found?.[1] ?? line)
    else runs.push({ quoted: found !== null, lines: [found?.[1] ?? line] })
  }
  return runs.map(({ quoted, lines }) => ({ quoted, text: lines.join('\n') }))
}

function prose(text: string, verbatim: boolean): RichTextPart[] {
  return paragraphs(text).map((run) => {
    const elements = inlineOf(run.text, { verbatim })
    return run.quoted ? { type: 'rich_text_quote', elements } : { type: 'rich_text_section', elements }
  })
}

/**
 * Slack's mrkdwn as a rich_text block. The library has a parser of its own, which follows Markdown and loses what
 * looks like a heading, a rule, a formula or a table there; rich_text it draws as it stands.
 */
export function mrkdwn(text: string, { verbatim = false }: { verbatim?: boolean | undefined } = {}): RichText {
  const elements = text.split(/```([\s\S]+?)```/).flatMap((piece, index): RichTextPart[] => {
    if (index % 2 === 1) {
      const code = unescaped(piece.replace(/^\n|\n$/g, ''))
      return [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: code }] }]
    }
    const around = piece.replace(index > 0 ? /^\n/ : /^(?!)/, '').replace(/\n$/, '')
    return around === '' ? [] : prose(around, verbatim)
  })
  return { type: 'rich_text', elements }
}

/** A plain_text object: nothing in it is markup, but emoji names are drawn. */
export const plain = (text: string): RichText => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: inlineOf(text, { plain: true }) }],
})
