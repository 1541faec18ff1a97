import { alarms } from '../../common/alarms.ts'
import { atStage, type Names, names } from '../../common/names.ts'
import type { Piece } from '../../common/runbook/types.ts'
import { escaped } from './format.ts'

const leaves = (value: string | object): string[] =>
  typeof value === 'string' ? [value] : Object.values(value).flatMap(leaves)

const namesAt = (stage: string): string[] => [
  ...leaves(names(stage) satisfies Names),
  ...alarms.map(({ name }) => atStage(name, stage)),
]

type Rename = (text: string) => string
/** A page has many pieces, and all of them the same names. */
const renames = new Map<string, Rename>()

/** Runbooks are written with the names of production; here is what they are called at this stage. */
export function withNamesOf(stage: string, text: string): string {
  const rename = renames.get(stage) ?? renameTo(stage)
  renames.set(stage, rename)
  return rename(text)
}

function renameTo(stage: string): Rename {
  const [production, own] = [namesAt('prod'), namesAt(stage)]
  const called = new Map(production.map((name, index) => [name, own[index] ?? name]))
  // The longest first, and whole names only: some begin like others.
  const any = [...called.keys()].sort((a, b) => b.length - a.length).map((name) => name.replaceAll('.', '\\.'))
  const names = new RegExp(`(?<![\\w#-])(?:${any.join('|')})(?![\\w-])`, 'g')
  return (text) => text.replace(names, (name) => called.get(name) ?? name)
}

/** The marks of Markdown that runbooks use, as Slack writes them. Links to other pages are their text. */
export function mrkdwn(text: string): string {
  return escaped(text)
    .split(/(`[^`]+`)/)
    .map((part) => (part.startsWith('`') ? part : unmarked(part)))
    .join('')
}

const unmarked = (text: string): string =>
  text
    .replace(/\[([^\]]+)\]\((https:[^)\s]+)\)/g, '<$2|$1>')
    .replace(/\[([^\]]+)\]\([^)\s]+\)/g, '$1')
    .replace(/\*\*([^*]+)\*\*|\*([^*]+)\*/g, (_all, strong, stressed) => (strong ? `*${strong}*` : `_${stressed}_`))

/** Each piece as Slack shows it, whole; steps are counted. */
export function drawnPieces(pieces: readonly Piece[], stage: string): string[] {
  let steps = 0
  return pieces.map(({ kind, text }) => {
    const named = withNamesOf(stage, text)
    switch (kind) {
      case 'text':
        return mrkdwn(named)
      case 'bullet':
        return `• ${mrkdwn(named)}`
      case 'step':
        steps += 1
        return `${steps}. ${mrkdwn(named)}`
      case 'command':
        return `\`\`\`${escaped(named)}\`\`\``
      default:
        return kind satisfies never
    }
  })
}
