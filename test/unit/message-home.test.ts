import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DeploymentState } from '../../bot/bulletin/deployment-state.ts'
import { spans } from '../../bot/incident/statistics.ts'
import { bar, columnsOf, cut, drawing, mostColumns } from '../../bot/message/bars.ts'
import type { HomeView } from '../../bot/message/blocks.ts'
import { type HomeFacts, homeView } from '../../bot/message/home.ts'
import { readHomePress, spanKept } from '../../bot/message/home-buttons.ts'
import { plus } from '../../common/time.ts'
import { readView } from '../../sandbox/slack/validate-view.ts'
import { aLook, anIncident } from '../support/builders.ts'
import { aDay, anEntry } from '../support/history-builders.ts'
import { silence } from '../support/random-bulletins.ts'
import { randomEntry } from '../support/random-history.ts'
import { incident as randomIncident } from '../support/random-incidents.ts'
import { maybe, weird, withMaybe } from '../support/random-values.ts'
import { textsOf } from '../support/seen.ts'
import { expectPublishable } from '../support/sendable.ts'

const now = '2026-11-24T03:00:00.000Z'
const [inEnglish, inJapanese] = [aLook(), aLook({ language: 'ja' })]
const calm: HomeFacts = {
  now,
  span: 30,
  open: { shown: [], total: 0 },
  silences: [],
  people: { oncall: ['U1', 'U2'], developers: ['U3'], managers: ['U4'] },
  deployments: [],
  history: [],
  postmortems: [],
}
const json = (value: unknown) => JSON.stringify(value).replaceAll('\\n', '\n')
/** What is drawn in monospaced type, without the marks around it. */
const texts = (view: HomeView): string[] =>
  textsOf(view.blocks).flatMap((text) => /(?:^|\n)```([^`]*)```$/.exec(text)?.[1] ?? [])
const unescaped = (line: string) => line.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
const lines = (view: HomeView): string[] => texts(view).flatMap((text) => text.split('\n').map(unescaped))

const group = fc.option(fc.array(weird, { maxLength: 40 }), { nil: undefined })
const link = maybe('link', fc.oneof(weird, fc.constant('https://example.com/a')))
const unwritten = { at: now, by: 'U1', openActions: 0, actions: 0 }
const written = randomEntry(now).map(({ postmortem = unwritten, ...entry }) => ({ ...entry, postmortem }))
const facts: fc.Arbitrary<HomeFacts> = fc
  .record({
    span: fc.constantFrom(...spans),
    open: fc.option(
      fc.array(withMaybe(fc.record({ incident: randomIncident }), link), { maxLength: 10 }).map((shown) => ({
        shown,
        total: shown.length * 3,
      })),
      { nil: undefined },
    ),
    silences: fc.option(fc.array(silence, { maxLength: 4 }), { nil: undefined }),
    people: fc.record({ oncall: group, developers: group, managers: group }),
    deployments: fc.option(
      fc.array(
        withMaybe(
          fc.record({
            deployment: weird,
            role: fc.constantFrom('api' as const, 'updater' as const),
            at: fc.constant(now),
            state: fc.constantFrom(...DeploymentState.options),
            look: fc.nat(),
          }),
          maybe('from', weird),
          maybe('to', weird),
          maybe('author', weird),
        ),
        { maxLength: 20 },
      ),
      { nil: undefined },
    ),
    history: fc.option(fc.array(randomEntry(now), { maxLength: 60 }), { nil: undefined }),
    postmortems: fc.array(withMaybe(fc.record({ entry: written }), link), { maxLength: 5 }),
  })
  .map((drawn) => ({ ...drawn, now }))

describe('whatever there is to show', () => {
  it('Slack takes it, in both languages, and nothing of it breaks a line of a phone or pings', () => {
    fc.assert(
      fc.property(facts, fc.constantFrom(inEnglish, inJapanese), (shown, look) => {
        const view = homeView(shown, look)
        expectPublishable(view)
        expect(lines(view).filter((line) => columnsOf(line) > mostColumns)).toEqual([])
        for (const { type } of view.blocks) expect(['header', 'section', 'context', 'actions']).toContain(type)
      }),
      { numRuns: 400 },
    )
  }, 120_000)

  it('a chart is refused on a Home tab, which is why bars are letters', () => {
    const chart = { type: 'data_visualization', title: 'x', chart: {} }
    const view = { type: 'home', blocks: [chart] }
    expect(() => readView(view, 'home', { acceptsNewBlocks: true })).toThrow('invalid_arguments')
  })
})

const ago = (days: number) => plus(now, -days * aDay)
const busy = [
  ...[1, 2, 3].map((day) => anEntry(ago(day))),
  anEntry(ago(2.5), { severity: 'Medium', alarms: [{ name: 'disk', fired: 12 }] }),
  anEntry(ago(9), { severity: 'High', resolvedAt: plus(ago(9), 3_600_000) }),
  anEntry(ago(40)),
]

it('draws weeks, times and the loudest alarms so that they compare at a glance', () => {
  const [weeks, mtta, mttr, loudest] = texts(homeView({ ...calm, history: busy }, inEnglish))
  expect(weeks?.split('\n')).toEqual([
    '10-20                       0',
    '10-27                       0',
    '11-03                       0',
    '11-10 ▓                     1',
    '11-17 ███▒                  4',
  ])
  expect(mtta?.split('\n')).toEqual([
    'MTTA',
    '09-25    ████████ 4 min',
    '10-25    ████████ 4 min',
    'Critical ████████ 4 min',
    'High     ████████ 4 min',
    'Medium   ████████ 4 min',
  ])
  expect(mttr?.split('\n')).toEqual([
    'MTTR',
    '09-25    ███      20 min',
    '10-25    ████     28 min',
    'Critical ███      20 min',
    'High     ████████ 1 h',
    'Medium   ███      20 min',
  ])
  expect(loudest?.split('\n')).toEqual([
    'disk',
    '████████████████ 12 (1)',
    'LambdaErrorAlarm',
    '█████            4 (4)',
  ])
})

it('in Japanese the bars stand where they stand in English', () => {
  const starts = (look: typeof inEnglish) =>
    lines(homeView({ ...calm, history: busy }, look)).map((line) => columnsOf(line.split(/[█▓▒░]/, 1)[0] ?? ''))
  const labels = lines(homeView({ ...calm, history: busy }, inJapanese)).map((line) => line.split(/[█▓▒░]/, 1)[0] ?? '')
  // A phone sets Japanese letters narrower than two columns, so that none may stand before a bar.
  expect(labels.slice(0, -4).filter((label) => /[^\x20-\x7E]/.test(label))).toEqual([])
  expect(starts(inJapanese)).toEqual(starts(inEnglish))
})

describe('a bar', () => {
  const part = fc.record({ value: fc.nat(1_000), sign: fc.constantFrom('█', '▓', '▒', '░') })
  it('is never longer than its room, and leaves nothing out', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), fc.integer({ min: 1, max: 5_000 }), (parts, larger) => {
        const total = parts.reduce((sum, { value }) => sum + value, 0)
        const drawn = bar(parts, Math.max(total, larger), 16)
        expect(drawn.length).toBeLessThanOrEqual(16)
        for (const { value, sign } of parts) if (value > 0) expect(drawn).toContain(sign)
        if (total > 0 && total >= larger) expect(drawn).toHaveLength(16)
      }),
    )
  })
  it('of nothing is nothing', () => {
    expect(bar([{ value: 0, sign: '█' }], 5, 16)).toBe('')
    expect(bar([], 0, 16)).toBe('')
  })
})

it('cuts by columns, and lets nothing out of monospaced type', () => {
  expect(cut('価格の更新アラーム', 9)).toBe('価格の更…')
  expect(cut('LambdaErrorAlarm', 16)).toBe('LambdaErrorAlarm')
  expect(drawing(['a  `` <!channel>\n```', 'b'])).toBe("```a  '' &lt;!channel&gt; '''\nb```")
})

it('lists what people wrote after an incident, with what is left to do', () => {
  const entry = { ...anEntry(ago(3)), postmortem: { at: ago(1), by: 'U7', openActions: 2, actions: 3 } }
  const view = json(
    homeView({ ...calm, history: [entry], postmortems: [{ entry, link: 'https://x.test/a?b=1&c' }] }, inEnglish),
  )
  expect(view).toMatch(
    /\*API errors\*, <!date\^[^>]+>, by <@U7> · 2 of 3 action items open · <https:\/\/x.test\/a\?b=1&amp;c\|/,
  )
  expect(json(homeView(calm, inEnglish))).toContain('No postmortem of these days is written.')
})

it('says what is missing, and how many more there are', () => {
  const nothing = { ...calm, open: undefined, history: undefined, people: { ...calm.people, oncall: undefined } }
  const view = json(homeView(nothing, inEnglish))
  for (const what of ['open incidents could not be read', 'history could not be read', 'did not say who'])
    expect(view).toContain(what)
  const many = { shown: [{ incident: anIncident() }], total: 12 }
  expect(json(homeView({ ...calm, open: many }, inEnglish))).toContain('and 11 more')
})

it('a press names a span that there is', () => {
  expect(readHomePress({ action_id: 'home.span', value: '90' })).toBe(90)
  expect(readHomePress({ action_id: 'home.refresh', value: '30' })).toBe(30)
  for (const action of [{ action_id: 'home.span', value: '7' }, { action_id: 'home', value: '30' }, null])
    expect(readHomePress(action)).toBeUndefined()
  expect([spanKept('90'), spanKept('x'), spanKept(undefined)]).toEqual([90, 30, 30])
})
