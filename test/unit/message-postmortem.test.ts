import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import type { Nodes, Root, Table } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { describe, expect, it } from 'vitest'
import { impactOf } from '../../bot/incident/impact.ts'
import type { RemedyRecord } from '../../bot/incident/remedy.ts'
import { postmortemDraft } from '../../bot/message/postmortem-draft.ts'
import { timeIn } from '../../bot/message/postmortem-timeline.ts'
import { wordsOf } from '../../bot/message/words.ts'
import {
  aLook,
  anAlarm,
  anEvidence,
  anIncident,
  aResolvedIncident,
  aRollback,
  bothLooks,
  byName,
  later,
  quiet,
} from '../support/builders.ts'
import { incident } from '../support/random-incidents.ts'

const parsed = (markdown: string): Root =>
  fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })

/** Every node of one kind, at any depth. */
function all<T extends Nodes['type']>(node: Nodes, type: T): Extract<Nodes, { type: T }>[] {
  const below = 'children' in node ? node.children.flatMap((child) => all(child, type)) : []
  return node.type === type ? [node as Extract<Nodes, { type: T }>, ...below] : below
}
const textOf = (node: Nodes): string =>
  'value' in node ? node.value : 'children' in node ? node.children.map(textOf).join('') : ''
const cellsOf = ({ children: [, ...rows] }: Table): string[][] =>
  rows.map(({ children }) => children.map((cell) => textOf(cell)))
const titlesOf = (root: Root): string[] => all(root, 'heading').map((title) => textOf(title))
/** What stands below a heading, up to the next. */
function below(markdown: string, title: string): string {
  const from = markdown.indexOf(`\n## ${title}\n`)
  return markdown.slice(from, markdown.indexOf('\n## ', from + 4) + 1 || undefined)
}

const headingsOf = (language: 'en' | 'ja') => Object.values(wordsOf(language).postmortem.draft.headings)
const nobody = new Map<string, string>()
const en = wordsOf('en').postmortem.draft.headings

describe('the draft', () => {
  const timeline = [
    { at: later(0), what: 'alarm-fired', about: 'LambdaErrorAlarm', times: 3, last: later(4) },
    { at: later(2), what: 'acknowledged', by: 'U1', times: 1, last: later(2) },
    { at: later(9), what: 'escalated', about: 'level 2: asked-by-person', by: 'U2', times: 1, last: later(9) },
    { at: later(12), what: 'rollback-failed', about: 'aws-refused: Rate exceeded', times: 1, last: later(12) },
    { at: later(14), what: 'taken-over', about: 'U1', by: 'U2', times: 1, last: later(14) },
  ] as const
  const told = aResolvedIncident({
    evidence: anEvidence(),
    timeline: [...timeline],
    rollback: aRollback({ status: 'helped', movedAt: later(5) }),
    alarms: byName(quiet(anAlarm(), later(10))),
  })
  const draft = postmortemDraft(told, aLook(), new Map([['U1', 'Aiko | Tanaka']]))

  it('tells the timeline in UTC and in the zone of the office, with who and how often', () => {
    const [table] = all(parsed(draft), 'table')
    expect(table && cellsOf(table)).toEqual([
      [
        '2026-11-23 03:00:00',
        '2026-11-23 12:00:00',
        'Alarm fired: LambdaErrorAlarm',
        'automatic',
        '3 times, last 2026-11-23 03:04:00',
      ],
      ['2026-11-23 03:02:00', '2026-11-23 12:02:00', 'Acknowledged', 'Aiko | Tanaka', '1'],
      ['2026-11-23 03:09:00', '2026-11-23 12:09:00', 'Escalated: the developers: U2 asked for it', 'U2', '1'],
      [
        '2026-11-23 03:12:00',
        '2026-11-23 12:12:00',
        'The rollback failed: AWS refused to change crypto-watch-api-function. Rate exceeded',
        'automatic',
        '1',
      ],
      ['2026-11-23 03:14:00', '2026-11-23 12:14:00', 'Taken over: from Aiko | Tanaka', 'U2', '1'],
    ])
  })

  it('says how long it took to answer, to change something, and to end it', () => {
    expect(
      below(draft, en.times)
        .split('\n')
        .filter((line) => line.startsWith('-')),
    ).toEqual([
      '- From the change that is likely the cause to the alarm: 7 min',
      '- From the alarm to the first who took it: 2 min',
      '- From the alarm to the moved alias: 5 min',
      '- From the alarm until every alarm was quiet: 10 min',
      '- From the alarm to the end: 23 min',
    ])
  })

  it('tells who was asked and who answered, in order', () => {
    expect(below(draft, en.asked)).toContain('2026-11-23 03:09 UTC: Escalated: the developers')
    expect(below(draft, en.asked)).not.toContain('Alarm fired')
  })

  it('names the deployment with its verdict, and not what was done to end it', () => {
    const changed = below(draft, en.changed)
    expect(changed).toContain('v41 → v42 of `crypto-watch-api-function`, deployed 7 min before the alarm')
    expect(changed).toContain('likely the cause')
    expect(below(draft, en.tried)).toContain('Rolled back v42 → v41')
  })

  it('tells the requests that failed, as the record has them', () => {
    const requests = {
      from: later(-1),
      until: later(3),
      isWhole: true,
      total: 400,
      failed: 48,
      endpoints: [],
      limited: [],
    }
    const counted = aResolvedIncident({ evidence: anEvidence({ requests }) })
    expect(impactOf(counted).requests).toMatchObject({ failed: 48, total: 400 })
    expect(below(postmortemDraft(counted, aLook(), nobody), en.impact)).toContain('48 of 400 requests failed')
  })

  it('tells each remedy to its end', () => {
    const proven: RemedyRecord = {
      name: 'update-less-often',
      status: 'proven',
      by: 'U1',
      at: later(3),
      press: 'V1',
      from: 5,
      to: 10,
      write: { target: 'settings', field: 'updateEveryMinutes', expect: 5, write: 10 },
      updates: [],
      shows: { minutesApart: 10 },
    }
    const tried = below(postmortemDraft(aResolvedIncident({ remedies: [proven] }), aLook(), nobody), en.tried)
    expect(tried).toContain('How often prices are fetched')
    expect(tried).toContain('Proven: updates come 10 min apart.')
  })

  it('where nothing is on record, says so instead of staying silent', () => {
    const { owner: _nobody, ...unknown } = aResolvedIncident({ evidence: anEvidence({ functions: {} }) })
    const bare = postmortemDraft(unknown, aLook(), nobody)
    for (const sentence of [
      'Nobody took it before it was over.',
      'Nothing was rolled back or changed.',
      'No change of the day before is on record.',
      'No requests were counted while it lasted.',
    ]) {
      expect(bare).toContain(sentence)
    }
  })

  it('has the action items as a task list, or three to fill in', () => {
    const actions = [
      { id: 'V1', text: 'test *all* prices', who: 'U1', due: '2026-12-01', at: later(30), by: 'U1' },
      { id: 'V2', text: 'alarm earlier', at: later(31), by: 'U1', done: { at: later(40), by: 'U2' } },
    ]
    const listed = aResolvedIncident({ postmortem: { at: later(24), by: 'U1', actions } })
    expect(below(postmortemDraft(listed, aLook(), nobody), en.actions)).toContain(
      '- [ ] test \\*all\\* prices (`U1`, by 2026-12-01)\n- [x] alarm earlier\n',
    )
    expect(below(draft, en.actions).match(/- \[ \] $/gm)).toHaveLength(3)
  })

  it('an office elsewhere has its own times, in summer and in winter', () => {
    expect(timeIn('Europe/Berlin', '2026-07-01T22:30:00.000Z')).toBe('2026-07-02 00:30:00')
    expect(timeIn('Europe/Berlin', '2026-12-01T23:30:00.000Z')).toBe('2026-12-02 00:30:00')
  })
})

it.each([
  ['docs/postmortem-template.md', 'en'],
  ['docs/postmortem-template.ja.md', 'ja'],
] as const)('%s has the headings of the draft', (file, language) => {
  const [, ...titles] = titlesOf(parsed(readFileSync(file, 'utf8')))
  expect(titles).toEqual(headingsOf(language))
})

it('whatever stands in the record, the draft is one title, its headings and one table, with nothing that is read as a command', () => {
  const run = fc.property(incident, (drawn) => {
    for (const look of bothLooks) {
      const markdown = postmortemDraft(drawn, look, new Map([['U0AIKO00001', '<!channel> | `x` # @all']]))
      const root = parsed(markdown)
      expect(titlesOf(root).slice(1)).toEqual(headingsOf(look.language))
      const [table, ...others] = all(root, 'table')
      expect(others).toEqual([])
      expect(table?.children).toHaveLength(1 + drawn.timeline.length)
      for (const row of table?.children ?? []) expect(row.children).toHaveLength(5)
      expect([...all(root, 'html'), ...all(root, 'image'), ...all(root, 'code')]).toEqual([])
      expect(markdown).not.toMatch(/[<>@]/)
      const links = all(root, 'link').map(({ url }) => url)
      expect(links.filter((url) => !/^https?:\/\//.test(url))).toEqual([])
    }
  })
  fc.assert(run, { numRuns: 400 })
}, 120_000)

it('an incident that is not over has a draft too, for whoever asks while it comes back', () => {
  expect(postmortemDraft(anIncident(), aLook(), nobody)).toContain('# Postmortem: API errors')
})
