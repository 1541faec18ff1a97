import { guidanceFor, runbookFor } from '../../common/runbook/runbook.ts'
import { type Case, chapters, type Guidance, type Piece, type Runbook } from '../../common/runbook/types.ts'
import { branchOf } from '../incident/branch.ts'
import type { Incident } from '../incident/incident.ts'
import { leadAlarm } from '../incident/when-rollback-asked.ts'
import { type Block, context, header, plainText, section, sectionOf, type View } from './blocks.ts'
import { branchReason } from './branch-part.ts'
import { code } from './format.ts'
import { logLines } from './guidance-part.ts'
import { type Look, words } from './look.ts'
import { refusalModal } from './rollback-modal.ts'
import { drawnPieces } from './runbook-text.ts'
import { stepBlock, stepsOf } from './step-buttons.ts'

/** The whole runbook of the alarm that an incident is told by, with the names of the stage. */
export function runbookModal(incident: Incident, look: Look): View {
  const { modal } = words(look)
  const listed = leadAlarm(incident)?.listed
  const runbook = runbookFor(listed, look.language)
  const guidance = guidanceFor(listed, look.language)
  if (listed === undefined || !runbook || !guidance) return refusalModal(modal.noRunbook, look)
  return {
    type: 'modal',
    title: plainText(modal.runbookTitle, 24),
    close: plainText(modal.close, 24),
    blocks: [...drawn(listed, runbook, guidance, incident, look), context(code(incident.id, 200))],
  }
}

function drawn(listed: string, runbook: Runbook, guidance: Guidance, incident: Incident, look: Look): Block[] {
  const { modal } = words(look)
  const titles = chapters[look.language]
  const pieces = (of: Exclude<keyof Runbook, 'cases'>) => drawnPieces(runbook[of], look.stage)
  const bullets = (lines: readonly string[]) => lines.map((line) => `• ${line}`)
  const metrics = guidance.metrics.map(({ namespace, name }) => code(`${namespace} ${name}`)).join(' ')
  return [
    header(guidance.title),
    ...packed([...pieces('intro'), ...(guidance.note === undefined ? [] : [guidance.note])]),
    header(titles.firstSteps),
    ...withSteps(runbook.firstSteps, `${listed}/first`, incident, look),
    section(modal.whatToLookAt, ...bullets(guidance.whatToLookAt), ...logLines(guidance, look), modal.metrics(metrics)),
    header(titles.cases),
    ...caseBlocks(runbook, listed, incident, look),
    header(titles.impact),
    ...packed(pieces('impact')),
    header(titles.communication),
    ...packed(pieces('communication')),
    header(titles.escalation),
    ...packed([modal.escalateWhen, ...bullets(guidance.escalateWhen), ...pieces('escalation')]),
  ]
}

/** The cases in the order of the page, unless the evidence speaks for one. */
function caseBlocks({ cases }: Runbook, listed: string, incident: Incident, look: Look): Block[] {
  const likely = branchOf(incident)
  const first = likely?.branches.flatMap((id) => cases.filter(({ branch }) => branch === id))[0]
  const draw = ({ branch, title, pieces }: Case) => [
    section(`*${title}*`),
    ...withSteps(pieces, `${listed}/${branch}`, incident, look),
  ]
  if (!likely || !first) return cases.flatMap(draw)
  return [
    context(words(look).branch.likelyFirst(branchReason(likely, incident, look))),
    ...[first, ...cases.filter((each) => each !== first)].flatMap(draw),
  ]
}

/** Each step by itself, with its button; what stands between steps as much together as fits. */
const withSteps = (pieces: readonly Piece[], place: string, incident: Incident, look: Look): Block[] =>
  stepsOf(pieces, place, look.stage).flatMap((part) =>
    Array.isArray(part) ? packed(part) : [stepBlock(part, incident, look)],
  )

/** Short of what a section holds. */
const mostTogether = 1_400

/** As many pieces to a section as it holds; none is ever cut. */
function packed(pieces: readonly string[]): Block[] {
  const sections: string[][] = []
  let length = Number.POSITIVE_INFINITY
  for (const piece of pieces) {
    if (length + piece.length > mostTogether) {
      sections.push([])
      length = 0
    }
    sections.at(-1)?.push(piece)
    length += piece.length + 1
  }
  return sections.flatMap((each) => sectionOf(each))
}

/** A step of the runbook as the page has it, for the record; undefined when there is no such step. */
export function stepText(step: string, look: Look): string | undefined {
  const [listed, place, number] = step.split('/')
  const runbook = runbookFor(listed, look.language)
  const pieces = place === 'first' ? runbook?.firstSteps : runbook?.cases.find(({ branch }) => branch === place)?.pieces
  return pieces?.filter(({ kind }) => kind === 'step')[Number(number)]?.text
}
