import type { Incident } from '../incident/incident.ts'
import type { RollbackPlan } from '../incident/rollback-plan.ts'
import { enoughRequests, provenWithin } from '../incident/rollback-steps.ts'
import { criteriaLines } from './advice-part.ts'
import { type Block, context, type Option, plainText, section, sectionOf, type View } from './blocks.ts'
import { cautionLines } from './change-part.ts'
import { compareLink } from './compare-link.ts'
import { commitOf, gapOf, toldBy } from './evidence-part.ts'
import { clip, code, data, duration, when } from './format.ts'
import { headline } from './headline.ts'
import { type Look, words } from './look.ts'
import { functionName, refusalSentence, version } from './refusals.ts'

type Possible = Extract<RollbackPlan, { possible: true }>

const mostInTitle = 24

/** Opens at once from the record, because Slack's trigger lives three seconds; evidence fills it later. */
export function loadingModal(incident: Incident, look: Look, ask: { role: 'api' | 'updater' }): View {
  const { modal } = words(look)
  return closed(modal.rollbackTitle, look, [
    section(`*${headline(incident, look)}*`),
    section(modal.loading(functionName(ask.role, look))),
  ])
}

/** What will happen and why, before anybody confirms; or why nothing can. */
export function rollbackModal(plan: RollbackPlan, incident: Incident, look: Look, metadata: string): View {
  const { modal } = words(look)
  if (!plan.possible) {
    const { why, now, to } = plan
    return refusalModal(refusalSentence(why, incident, look, { now, to }), look)
  }
  return {
    type: 'modal',
    title: plainText(modal.rollbackTitle, mostInTitle),
    submit: plainText(modal.rollbackSubmit, mostInTitle),
    close: plainText(modal.cancel, mostInTitle),
    callback_id: 'rollback.confirm',
    private_metadata: metadata,
    blocks: [
      section(`*${headline(incident, look)}*`),
      section(...factLines(plan, incident, look)),
      ...sectionOf([...cautionLines(incident, look), ...criteriaLines(incident, plan, look)]),
      ...sectionOf(commitLines(plan, look)),
      section(...stepLines(plan, look)),
      targetInput(plan, look),
      context(code(incident.id, 200)),
    ],
  }
}

/** A modal that says in one sentence why nothing was done. */
export const refusalModal = (sentence: string, look: Look): View =>
  closed(words(look).modal.refusedTitle, look, [section(sentence === '' ? words(look).modal.refusedTitle : sentence)])

const closed = (title: string, look: Look, blocks: Block[]): View => ({
  type: 'modal',
  title: plainText(title, mostInTitle),
  close: plainText(words(look).modal.close, mostInTitle),
  blocks,
})

function factLines(plan: Possible, incident: Incident, look: Look): string[] {
  const { modal, rollback: say } = words(look)
  const { deployment, current } = plan
  const deployedAt = deployment && when(deployment.createdAt)
  return [
    modal.function(functionName(plan.role, look)),
    modal.move(version(plan.from), version(plan.to)),
    ...(current.author
      ? [modal.deployedBy(data(current.author, 80), deployedAt)]
      : deployedAt
        ? [modal.deployedAt(deployedAt)]
        : []),
    ...(deployment ? [modal.gap[toldBy(incident)](gapOf(deployment.createdAt, incident, look))] : []),
    modal.verdict(say.verdict[toldBy(incident)][plan.verdict]),
  ]
}

const mostCommits = 6

function commitLines({ goesAway, commits, from, to }: Possible, look: Look): string[] {
  const { modal, changes, incident: say } = words(look)
  if (goesAway.length === 0) return [modal.nothingGoesAway]
  const shown = goesAway
    .slice(0, mostCommits)
    .map((each) => `• v${version(each.version)} ${commitOf(each, look)}`.trim())
  const more = goesAway.length - mostCommits
  const link = compareLink(commits, changes.compareVersions(version(to), version(from)), look)
  return [modal.goesAway, ...shown, ...(more > 0 ? [say.andMore(more)] : []), ...(link ? [link] : [])]
}

function stepLines({ underWay, to }: Possible, look: Look): string[] {
  const { modal } = words(look)
  const steps = [
    ...(underWay ? [modal.stepStop(code(underWay.id, 40))] : []),
    modal.stepMove(version(to)),
    modal.stepProve(duration(provenWithin, look.language), enoughRequests),
  ]
  return [modal.steps, ...steps.map((step, index) => `${index + 1}. ${step}`), modal.stepElse]
}

const mostVersions = 20

function targetInput(plan: Possible, look: Look): Block {
  const { modal } = words(look)
  const option = (of: string): Option => {
    const known = plan.goesAway.find((each) => each.version === of)
    const about = plainText([known?.author, known?.subject].filter(Boolean).join(' · '), 75)
    return {
      text: plainText(modal.versionOption(of), 75),
      value: clip(of, 150),
      // Slack refuses an empty description, which a subject of blanks would make.
      ...(about.text !== '' && { description: about }),
    }
  }
  const first = option(plan.to)
  const others = plan.others
    .filter((each) => each !== plan.to)
    .slice(0, mostVersions)
    .map(option)
  return {
    type: 'input',
    block_id: 'target',
    label: plainText(modal.target, 150),
    hint: plainText(modal.targetHint, 300),
    element: { type: 'static_select', action_id: 'version', options: [first, ...others], initial_option: first },
  }
}
