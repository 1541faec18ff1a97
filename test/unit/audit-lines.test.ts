import { describe, expect, it } from 'vitest'
import type { Action, AuditedIncident } from '../../common/incident-actions.ts'
import { linesOf, peopleIn } from '../../infra/audit/lines.ts'
import { canReach, everything, readSpan } from '../../infra/audit/span.ts'
import { UsageError } from '../../infra/commands/arguments.ts'
import { acknowledges, at, fires, later, minute, play, takesOver } from '../support/incident-builders.ts'

const anAction = (when: string, by = 'U1', rest: Partial<Action> = {}): Action => ({
  at: when,
  by,
  did: 'acknowledged',
  ...rest,
})
const audited = (id: string, actions: Action[], rest: Partial<AuditedIncident> = {}): AuditedIncident => ({
  id,
  service: 'api',
  openedAt: at('03:00'),
  revision: 1,
  actions,
  ...rest,
})
const nobody = new Map<string, string>()
const short = (line: object) => {
  const { at: when, who, incident } = line as { at: string; who?: string; incident: string }
  return [when.slice(11, 16), who ?? '…', incident].join(' ')
}

describe('a line', () => {
  it('has everything that the record has of an action, with the name where it is known', () => {
    const open = play(fires('LambdaErrorAlarm', at('03:00')), acknowledges('U1', at('03:01')), minute(at('03:02')))
    const taken = later(open, takesOver('U2', at('03:03')))
    expect(linesOf([taken], new Map([['U2', 'Ben Ortiz']]), everything)).toEqual([
      {
        kind: 'action',
        at: at('03:00'),
        incident: 'api-20261123T030000Z',
        service: 'api',
        who: 'aws',
        action: 'alarm-changed',
        about: 'LambdaErrorAlarm ALARM',
        after: { status: 'open', severity: 'Critical', level: 1 },
      },
      {
        kind: 'action',
        at: at('03:01'),
        incident: 'api-20261123T030000Z',
        service: 'api',
        who: 'U1',
        action: 'acknowledged',
        before: { status: 'open' },
        after: { status: 'acknowledged', owner: 'U1' },
      },
      {
        kind: 'action',
        at: at('03:03'),
        incident: 'api-20261123T030000Z',
        service: 'api',
        who: 'U2',
        name: 'Ben Ortiz',
        action: 'taken-over',
        before: { owner: 'U1' },
        after: { owner: 'U2' },
      },
    ])
  })

  it('comes in the order of time, of all incidents together; at one moment in the order of each record', () => {
    const lines = linesOf(
      [
        audited('b', [anAction(at('03:01')), anAction(at('03:05'), 'U2'), anAction(at('03:05'), 'bot')]),
        audited('a', [anAction(at('03:05'), 'U3'), anAction(at('03:06'), 'U4')]),
      ],
      nobody,
      everything,
    )
    expect(lines.map(short)).toEqual(['03:01 U1 b', '03:05 U3 a', '03:05 U2 b', '03:05 bot b', '03:06 U4 a'])
  })

  it('of an incident that nobody did anything in is none', () => {
    expect(linesOf([audited('a', [])], nobody, everything)).toEqual([])
    expect(
      peopleIn([
        audited('a', [anAction(at('03:00'), 'bot'), anAction(at('03:01'), 'U1'), anAction(at('03:02'), 'aws')]),
      ]),
    ).toEqual(['U1'])
  })
})

describe('where the record had no room', () => {
  /** Sixty people in a row take it over, a minute each; the record keeps the first ten actions and the last twenty-five. */
  const long = later(
    play(fires('DynamoDBThrottleAlarm', at('03:00'))),
    ...Array.from({ length: 60 }, (_, n) =>
      takesOver(`U${n + 1}`, new Date(Date.parse(at('03:00')) + (n + 1) * 1000).toISOString()),
    ),
  )

  it('a line of its own says how many are missing and between which moments', () => {
    const lines = linesOf([long], nobody, everything)
    expect(lines).toHaveLength(36)
    expect(lines.slice(9, 12)).toMatchObject([
      { kind: 'action', who: 'U9' },
      {
        kind: 'left-out',
        at: at('03:00:09'),
        until: at('03:00:36'),
        incident: 'table-20261123T030000Z',
        service: 'table',
        actions: 26,
      },
      { kind: 'action', who: 'U36' },
    ])
  })

  it.each([
    ['before the span', { since: at('03:00:40') }, 0],
    ['after the span', { since: at('03:00'), until: at('03:00:05') }, 0],
    ['in the middle of which the span begins', { since: at('03:00:20') }, 1],
    ['in the middle of which it ends', { since: at('03:00'), until: at('03:00:20') }, 1],
  ])('what is missing %s is said %s', (_where, span, times) => {
    expect(linesOf([long], nobody, span).filter(({ kind }) => kind === 'left-out')).toHaveLength(times)
  })
})

describe('the span', () => {
  const now = new Date(at('12:00'))

  it.each([
    ['nothing said: the last 30 days', {}, { since: '2026-10-24T12:00:00.000Z' }],
    ['nothing said but an incident: all of it', { incident: 'a' }, { since: '1970-01-01T00:00:00.000Z' }],
    [
      'days, the last one as a whole',
      { since: '2026-11-01', until: '2026-11-02' },
      { since: '2026-11-01T00:00:00.000Z', until: '2026-11-02T23:59:59.999Z' },
    ],
    [
      'moments, of any zone',
      { since: '2026-11-01T09:00:00+09:00', until: '2026-11-01T00:30:00Z' },
      { since: '2026-11-01T00:00:00.000Z', until: '2026-11-01T00:30:00.000Z' },
    ],
  ])('%s', (_what, options, expected) => {
    expect(readSpan(options, now)).toEqual(expected)
  })

  it.each([
    [{ since: 'yesterday' }, '--since wants a day as in 2026-11-23'],
    [{ until: '2026-02-30' }, '--until wants a day as in 2026-11-23'],
    [{ since: '2026-11-02', until: '2026-11-01' }, '--until is before --since'],
  ])('%j is refused with a sentence', (options, why) => {
    expect(() => readSpan(options, now)).toThrow(UsageError)
    expect(() => readSpan(options, now)).toThrow(why)
  })

  it('both ends belong to it', () => {
    const actions = ['03:00', '03:01', '03:02', '03:03'].map((clock) => anAction(at(clock)))
    const lines = linesOf([audited('a', actions)], nobody, { since: at('03:01'), until: at('03:02') })
    expect(lines.map(short)).toEqual(['03:01 U1 a', '03:02 U1 a'])
  })
})

describe('which finished incidents are read', () => {
  const entry = { id: 'a', openedAt: at('03:00'), resolvedAt: at('04:00') }
  const [later5, at330] = [{ since: at('05:00') }, { since: at('03:30'), until: at('03:40') }]

  it.each([
    ['open in the span', entry, at330, true],
    ['over before it', entry, later5, false],
    ['opened after it', { ...entry, openedAt: at('03:50') }, at330, false],
    ['over before it, with a postmortem', { ...entry, postmortem: { at: at('04:10') } }, later5, true],
    ['over before it, with a remedy that may be undone', { ...entry, remedies: ['new-key'] }, later5, true],
    ['over before it, with a rollback whose last step may come late', { ...entry, rollback: 'helped' }, later5, true],
  ])('%s', (_what, each, span, expected) => {
    expect(canReach(each, span)).toBe(expected)
  })
})
