import { parse } from 'yaml'
import * as z from 'zod'
import { alarms } from '../../common/alarms.ts'
import {
  chapters,
  type Guidance,
  logGroups,
  type Piece,
  type Runbook,
  type RunbookLanguage,
  remedyNames,
} from '../../common/runbook/types.ts'
import { piecesIn } from './pieces.ts'

const sentence = z.string().min(1)
const sentences = z.array(sentence).min(1)

const FrontMatter = z.strictObject({
  alarm: z.enum(alarms.map(({ name }) => name)),
  severity: z.enum(['Critical', 'High', 'Medium', 'Low']),
  title: sentence.max(40),
  measure: sentence,
  plainMeasure: sentence,
  impact: sentence,
  whatToLookAt: sentences,
  metrics: z.array(z.strictObject({ namespace: sentence, name: sentence })).min(1),
  logs: z.array(z.strictObject({ group: z.enum(logGroups), pattern: sentence })),
  escalateWhen: sentences,
  remedies: z.array(z.enum(remedyNames)),
  note: sentence.optional(),
})
export type FrontMatter = z.output<typeof FrontMatter>

/** One page as a person wrote it, understood. */
export interface Page {
  front: FrontMatter
  guidance: Guidance
  runbook: Runbook
}

/** How many steps the message of an incident shows. */
const shownSteps = 3

/** Reads a page of the runbook; throws with what is wrong, in words. */
export function readPage(text: string, language: RunbookLanguage): Page {
  const [, yaml, body] = /^---\n(.*?)\n---\n(.*)$/s.exec(text) ?? []
  if (yaml === undefined || body === undefined) throw new Error('there is no front matter')
  const parsed = FrontMatter.safeParse(parse(yaml))
  if (!parsed.success) throw new Error(`the front matter is wrong: ${z.prettifyError(parsed.error)}`)
  const { alarm, severity, note, ...rest } = parsed.data
  const runbook = readBody(body, language, `# ${alarm}: ${rest.title}`)
  const firstSteps = runbook.firstSteps.flatMap(({ kind, text }) => (kind === 'step' ? [text] : []))
  if (firstSteps.length < shownSteps) throw new Error(`fewer than ${shownSteps} first steps`)
  const cases = runbook.cases.map(({ branch, title, pieces }) => ({
    branch,
    title,
    first: pieces.find(({ kind }) => kind !== 'command')?.text ?? '',
  }))
  const guidance = { ...rest, firstSteps: firstSteps.slice(0, shownSteps), cases, ...(note !== undefined && { note }) }
  return { front: { ...parsed.data, alarm, severity }, guidance, runbook }
}

function readBody(body: string, language: RunbookLanguage, title: string): Runbook {
  const [head = '', ...parts] = body.trim().split(/^## /m)
  const [first = '', ...intro] = head.split('\n')
  if (first !== title) throw new Error(`the first heading is “${first}”, not “${title}”`)
  const named = parts.map((part) => {
    const [name = '', ...lines] = part.split('\n')
    return { name, lines }
  })
  const expected = chapters[language]
  const order = Object.values(expected)
  if (named.map(({ name }) => name).join() !== order.join()) throw new Error(`the chapters are not ${order.join(', ')}`)
  const linesOf = (chapter: keyof typeof expected) => named.find(({ name }) => name === expected[chapter])?.lines ?? []
  const chapter = (of: keyof typeof expected): Piece[] => filled(piecesIn(linesOf(of)), expected[of])
  return {
    intro: filled(piecesIn(intro), 'the first paragraph'),
    firstSteps: chapter('firstSteps'),
    cases: linesOf('cases').join('\n').split(/^### /m).slice(1).map(readCase),
    impact: chapter('impact'),
    communication: chapter('communication'),
    escalation: chapter('escalation'),
  }
}

function readCase(text: string): Runbook['cases'][number] {
  const [title = '', mark = '', ...rest] = text.split('\n')
  const [, branch] = /^<!-- branch: ([a-z0-9-]+) -->$/.exec(mark) ?? []
  if (branch === undefined) throw new Error(`the case “${title}” has no line <!-- branch: id --> below its heading`)
  return { branch, title, pieces: filled(piecesIn(rest), title) }
}

function filled(pieces: Piece[], what: string): Piece[] {
  if (pieces.length === 0) throw new Error(`there is nothing below “${what}”`)
  return pieces
}
