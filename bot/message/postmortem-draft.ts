import { isBefore, msBetween } from '../../common/time.ts'
import { type Incident, ownAlarms } from '../incident/incident.ts'
import { longestNotice } from '../incident/notice.ts'
import type { ActionItem } from '../incident/postmortem.ts'
import { momentOf } from '../incident/seen-change.ts'
import { changesSeen, judgedFor } from '../incident/seen-for.ts'
import type { Happening } from '../incident/timeline.ts'
import { isFrom, suspicionOf } from '../incident/what-changed.ts'
import { present } from './blocks.ts'
import { changeSentence } from './change-part.ts'
import { code, data, duration, when } from './format.ts'
import { subjectOf } from './headline.ts'
import { impactLines } from './impact-part.ts'
import { type Look, person, words } from './look.ts'
import { plainImpact } from './manager-card.ts'
import { fromSlack, markdown, type Names, personNamed } from './markdown.ts'
import { lastedOf, outcomeLine } from './outcome-line.ts'
import { happening, timelineTable } from './postmortem-timeline.ts'
import { remedyStory } from './remedy-story.ts'
import { endOf } from './rollback-part.ts'

/**
 * The postmortem of an incident as Markdown: what the record knows, told in full, and headings for what only people know.
 * In the language of the look, times in UTC, people by `names`, or by id where they are not among them.
 */
export function postmortemDraft(incident: Incident, look: Look, names: Names): string {
  const { draft: say } = words(look).postmortem
  const { headings, hints } = say
  const slack = (sentence: string): string => fromSlack(sentence, names)
  const list = (sentences: readonly string[]): string[] => sentences.map((sentence) => `- ${slack(sentence)}`)
  const { severity } = words(look).incident
  const head = say.written(code(incident.id, 200), severity[incident.severity], data(incident.service, 80))
  const sections: readonly (readonly [string, readonly string[]])[] = [
    [
      headings.summary,
      [
        summary(incident, look)
          .map(slack)
          .join(look.language === 'ja' ? '' : ' '),
        ...reported(incident, look, slack),
      ],
    ],
    [headings.impact, [slack(plainImpact(incident, look)), '', ...list(impactOrNone(incident, look))]],
    [headings.timeline, timelineTable(incident, look, names)],
    [headings.tried, list(triedSentences(incident, look))],
    [headings.changed, list(changedSentences(incident, look))],
    [headings.asked, askedLines(incident, look, names)],
    [headings.times, list(timeSentences(incident, look))],
    [headings.cause, [hints.cause]],
    [headings.well, [hints.well]],
    [headings.badly, [hints.badly]],
    [headings.prevention, [hints.prevention]],
    [headings.actions, actionLines(incident.postmortem?.actions ?? [], look, names)],
  ]
  return [
    `# ${slack(say.title(subjectOf(incident, look)))}`,
    '',
    slack(head),
    ...sections.flatMap(([title, lines]) => ['', `## ${title}`, '', ...lines]),
    '',
  ].join('\n')
}

function summary(incident: Incident, look: Look): string[] {
  const { postmortem, incident: about } = words(look)
  const { draft: say } = postmortem
  const { openedAt, resolved, owner, severity } = incident
  const [from, to] = [when(openedAt), when(resolved?.at ?? openedAt)]
  return [
    say.summary(subjectOf(incident, look), about.severity[severity], from, to, lastedOf(incident, look)),
    owner ? say.owner(person(owner.user)) : say.noOwner,
    say.ended(outcomeLine(incident, look)),
  ]
}

function reported({ reports = [] }: Incident, look: Look, slack: (sentence: string) => string): string[] {
  const { report: say } = words(look)
  const lines = reports.map(
    ({ by, kind, text }) => `- ${slack(say.joined(person(by), say.kind[kind], data(text, 500)))}`,
  )
  return lines.length === 0 ? [] : ['', ...lines]
}

/** The lines of a card begin with a bullet of Slack's. */
const withoutBullet = (line: string): string => line.replace(/^• /, '')

function impactOrNone(incident: Incident, look: Look): string[] {
  const { draft: say } = words(look).postmortem
  const { notice, remedies = [] } = incident
  const numbers = impactLines(incident, look).map(withoutBullet)
  const maintenance = remedies.find(({ name }) => name === 'maintenance-mode')
  const { appliedAt, undone } = maintenance ?? {}
  return present([
    ...(numbers.length > 0 ? numbers : [say.noNumbers]),
    appliedAt && say.maintenance(when(appliedAt), undone && when(undone.at)),
    notice && say.notice(person(notice.by), when(notice.at), data(notice[look.language], longestNotice)),
  ])
}

function triedSentences(incident: Incident, look: Look): string[] {
  const { postmortem, talk } = words(look)
  const { rollback, automaticRollback: automatic, remedies = [] } = incident
  const sentences = present([
    rollback && endOf(rollback, incident, look),
    automatic && talk.thread.automatic[automatic.state](code(automatic.of, 40), code(automatic.deployment, 40)),
    ...remedies.map((remedy) => remedyStory(remedy, look)),
  ])
  return sentences.length > 0 ? sentences : [postmortem.draft.nothingTried]
}

function changedSentences(incident: Incident, look: Look): string[] {
  const { draft: say } = words(look).postmortem
  const { list: all, more } = changesSeen(incident)
  // What was done to end it is told as what was tried.
  const list = all.filter((change) => !isFrom(change, incident.id))
  if (list.length === 0) return [say.nothingChanged]
  return [...list.map((change) => changeSentence(change, incident, look)), ...(more > 0 ? [say.moreChanges(more)] : [])]
}

/** What of the timeline tells who was asked, and who answered. */
const askedOrAnswered: readonly Happening[] = [
  'acknowledged',
  'taken-over',
  'still-on-it',
  'owner-reminded',
  'held',
  'escalated',
  'asked-again',
]

function askedLines(incident: Incident, look: Look, names: Names): string[] {
  const { draft: say } = words(look).postmortem
  const entries = incident.timeline.filter(({ what }) => askedOrAnswered.includes(what))
  const told = entries.map((entry) => {
    const who = entry.by === undefined ? say.automatic : personNamed(entry.by, names)
    return `- ${say.askedAt(fromSlack(when(entry.at), names), happening(entry, incident, look, names), who)}`
  })
  return [`- ${say.oncallTold(fromSlack(when(incident.openedAt), names))}`, ...told]
}

/** How long it took to notice, to answer and to end it, as far as the record tells. */
function timeSentences(incident: Incident, look: Look): string[] {
  const { draft: say } = words(look).postmortem
  const { openedAt, timeline, owner, rollback, resolved } = incident
  const since = (at: string | undefined, tell: (span: string) => string): string | undefined =>
    at === undefined || isBefore(at, openedAt) ? undefined : tell(duration(msBetween(openedAt, at), look.language))
  const cause = causedAt(incident)
  const taken = timeline.find(({ what }) => what === 'acknowledged' || what === 'taken-over')?.at ?? owner?.at
  return present([
    cause === undefined || isBefore(openedAt, cause)
      ? undefined
      : say.detected(duration(msBetween(cause, openedAt), look.language)),
    taken === undefined ? say.neverAcknowledged : since(taken, say.acknowledged),
    since(rollback?.movedAt, say.rolledBack),
    since(quietAt(incident), say.quiet),
    since(resolved?.at, say.resolved),
  ])
}

/** When the change was made that is likely the cause; changes are sorted by how near they are. */
function causedAt(incident: Incident): string | undefined {
  const judged = judgedFor(incident)
  const likely = changesSeen(incident).list.find((change) => suspicionOf(change, judged) === 'likely')
  return likely && momentOf(likely)
}

/** When the last alarm of its own cleared; undefined where one rings on, or none ever rang. */
function quietAt(incident: Incident): string | undefined {
  const alarms = ownAlarms(incident)
  if (alarms.some(({ ringing }) => ringing)) return undefined
  return alarms
    .flatMap(({ clearedAt }) => clearedAt ?? [])
    .toSorted()
    .at(-1)
}

const emptyItems = 3

/** A task list; three to fill in where there is none. */
function actionLines(actions: readonly ActionItem[], look: Look, names: Names): string[] {
  const { draft: say } = words(look).postmortem
  if (actions.length === 0) return Array.from({ length: emptyItems }, () => '- [ ] ')
  return actions.map(({ text, who, due, done }) => {
    const details = present([who && personNamed(who, names), due && say.due(markdown(due, 10))])
    const about = details.length === 0 ? '' : ` (${details.join(', ')})`
    return `- [${done ? 'x' : ' '}] ${markdown(text)}${about}`
  })
}
