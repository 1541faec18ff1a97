import type { Piece } from '../../common/runbook/types.ts'

/** A command is shown whole or not at all, and one section of a Slack view has to hold it. */
const longestCommand = 1_500
const longestText = 1_500

/** Reads the part of Markdown that the runbook uses: paragraphs, flat lists and commands. Anything else is refused. */
export function piecesIn(lines: readonly string[]): Piece[] {
  const pieces: Piece[] = []
  let open: Piece | undefined
  let command: string[] | undefined
  const begin = (kind: Piece['kind'], text: string) => {
    open = { kind, text }
    pieces.push(open)
  }
  for (const line of lines) {
    const text = line.trim()
    if (command) {
      if (text !== '```') command.push(line)
      else {
        pieces.push({ kind: 'command', text: outdented(command) })
        command = undefined
      }
      continue
    }
    const [, step] = /^\d+\. (.+)$/.exec(line) ?? []
    const [, bullet] = /^- (.+)$/.exec(line) ?? []
    if (text === '') open = undefined
    else if (text === '```sh') {
      open = undefined
      command = []
    } else if (/^(```|[#|>]|[-*] |\d+\. )/.test(text) && line !== text) throw new Error(`not understood: “${line}”`)
    else if (/^(```|[#|>])/.test(text)) throw new Error(`not understood: “${line}”`)
    else if (step !== undefined) begin('step', step)
    else if (bullet !== undefined) begin('bullet', bullet)
    else if (open) open.text = joined(open.text, text)
    else begin('text', text)
  }
  if (command) throw new Error('a command does not end')
  for (const { kind, text } of pieces)
    if (text.length > (kind === 'command' ? longestCommand : longestText)) throw new Error(`too long: “${text}”`)
  return pieces
}

/** Japanese has no blanks between words, and so none where a line ends. */
const joined = (before: string, after: string): string =>
  /[\u3000-\u9fff\uff00-\uffef]$/.test(before) || /^[\u3000-\u9fff\uff00-\uffef]/.test(after)
    ? `${before}${after}`
    : `${before} ${after}`

function outdented(lines: readonly string[]): string {
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)))
  return lines.map((line) => line.slice(indent)).join('\n')
}
