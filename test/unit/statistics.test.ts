import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type HistoryEntry, historyEntry } from '../../bot/incident/history.ts'
import type { Incident } from '../../bot/incident/incident.ts'
import { tokyoOfficeHours } from '../../bot/incident/office-hours.ts'
import { type Span, statistics } from '../../bot/incident/statistics.ts'
import { minutes, plus } from '../../common/time.ts'
import { aDay, anEntry } from '../support/history-builders.ts'
import { at } from '../support/incident-builders.ts'
import { live, type Move, moves, type Step } from '../support/incident-world.ts'

const now = '2026-11-24T03:00:00.000Z'
const daysAgo = (days: number) => plus(now, -days * aDay)
const counted = (entries: HistoryEntry[], span: Span = 30) => statistics(entries, span, now, tokyoOfficeHours)

describe('over a span', () => {
  const entries = [
    anEntry(daysAgo(1)),
    anEntry(daysAgo(2), { acknowledgedAt: plus(daysAgo(2), minutes(30)), resolvedAt: plus(daysAgo(2), minutes(50)) }),
    anEntry(daysAgo(9), { severity: 'High', resolvedAt: plus(daysAgo(9), minutes(200)) }),
    anEntry(daysAgo(35), { resolvedAt: plus(daysAgo(35), minutes(60)) }),
    anEntry(daysAgo(61)),
    anEntry(daysAgo(3), { drill: true, resolvedAt: plus(daysAgo(3), minutes(5_000)) }),
  ]

  it('the mean and the median are told, and the span before', () => {
    expect(counted(entries)).toMatchObject({
      now: {
        incidents: 3,
        acknowledged: { mean: minutes(38) / 3, median: minutes(4), of: 3 },
        resolved: { mean: minutes(90), median: minutes(50), of: 3 },
      },
      before: { incidents: 1, resolved: { mean: minutes(60), median: minutes(60), of: 1 } },
      bySeverity: {
        Critical: { incidents: 2, acknowledged: { mean: minutes(17) } },
        High: { incidents: 1, resolved: { mean: minutes(200) } },
        Low: { incidents: 0, acknowledged: undefined, resolved: undefined },
      },
    })
    expect(counted(entries, 90).now.incidents).toBe(5)
  })

  it('weeks end now, and as many whole ones as cover the span', () => {
    const { weeks } = counted(entries)
    expect(weeks.map(({ from, incidents }) => [from, incidents.Critical, incidents.High])).toEqual([
      [daysAgo(35), 0, 0],
      [daysAgo(28), 0, 0],
      [daysAgo(21), 0, 0],
      [daysAgo(14), 0, 1],
      [daysAgo(7), 2, 0],
    ])
    expect(counted(entries, 90).weeks).toHaveLength(13)
  })

  it('the loudest alarm is the one that fired most, over all incidents', () => {
    const flapping = [{ name: 'disk', fired: 9 }]
    const many = [anEntry(daysAgo(1)), anEntry(daysAgo(2)), anEntry(daysAgo(3), { alarms: flapping })]
    expect(counted(many).loudest).toEqual([
      { alarm: { name: 'disk' }, fired: 9, incidents: 1 },
      { alarm: { name: 'LambdaErrorAlarm', listed: 'LambdaErrorAlarm' }, fired: 2, incidents: 2 },
    ])
  })

  it('nothing is nothing, not zero', () => {
    expect(counted([]).now).toEqual({ incidents: 0, acknowledged: undefined, resolved: undefined })
  })
})

const unanswered = (lasts: number, change: Partial<HistoryEntry> = {}) => {
  const { acknowledgedAt: _nobody, ...entry } = anEntry(daysAgo(1), change)
  return { ...entry, resolvedAt: plus(daysAgo(1), minutes(lasts)) }
}
it.each([
  ['taken within 15 minutes', anEntry(daysAgo(1)), { met: 1, of: 1 }],
  [
    'taken on the last moment',
    anEntry(daysAgo(1), { acknowledgedAt: plus(daysAgo(1), minutes(15)) }),
    { met: 1, of: 1 },
  ],
  ['taken too late', anEntry(daysAgo(1), { acknowledgedAt: plus(daysAgo(1), minutes(16)) }), { met: 0, of: 1 }],
  ['never taken', unanswered(16), { met: 0, of: 1 }],
  ['over before anybody had to', unanswered(15), { met: 0, of: 0 }],
  ['Low, which waits for nobody', unanswered(900, { severity: 'Low' }), { met: 0, of: 0 }],
  // Noon of a Monday in Tokyo: the working day has six hours left.
  ['Medium within the working day', unanswered(359, { severity: 'Medium' }), { met: 0, of: 0 }],
  ['Medium beyond it', unanswered(361, { severity: 'Medium' }), { met: 0, of: 1 }],
])('%s', (_what, entry, inTime) => {
  expect(counted([entry]).inTime).toEqual(inTime)
})

/** One incident told by what happened, without its own record of it. */
interface Told {
  opened: string
  taken?: string
  ended?: string
}

/** Reads openings, first acknowledgements and ends from what is new in the timelines, step by step. */
function toldBySteps(steps: Iterable<Step>): { told: Map<string, Told>; last: Map<string, Incident> } {
  const told = new Map<string, Told>()
  const last = new Map<string, Incident>()
  for (const { before, event, after } of steps) {
    if (!after || after === before) continue
    const one: Told = told.get(after.id) ?? { opened: event.at }
    const count = (incident: Incident | undefined, what: string) =>
      (incident?.id === after.id ? incident.timeline : [])
        .filter((entry) => entry.what === what)
        .reduce((sum, { times }) => sum + times, 0)
    const grew = (what: string) => count(after, what) > count(before, what)
    if (one.taken === undefined && (grew('acknowledged') || grew('rollback-asked'))) one.taken = event.at
    if (grew('resolved')) one.ended = event.at
    if (grew('reopened')) delete one.ended
    told.set(after.id, one)
    last.set(after.id, after)
  }
  return { told, last }
}

const busy: readonly Move['what'][] = [
  ...(['fires', 'fires', 'fires', 'clears', 'clears', 'clears', 'minute', 'minute', 'minute', 'minute'] as const),
  ...(['acknowledges', 'resolves', 'reads', 'performs', 'performs', 'asksRollback', 'escalates'] as const),
]

it('MTTA and MTTR are those that the timelines of the incidents tell', () => {
  let ended = 0
  fc.assert(
    fc.property(moves({ maxLength: 60, minLength: 20, among: busy }), fc.nat(7), (list, drills) => {
      const { told, last } = toldBySteps(live(list))
      const entries = [...last.values()].flatMap((incident, index) => {
        const entry = historyEntry(incident)
        return entry ? [{ ...entry, ...((drills >> index) % 2 === 1 && { drill: true }) }] : []
      })
      const real = entries.filter(({ drill }) => drill !== true).flatMap(({ id }) => told.get(id) ?? [])
      const ms = (from: string, to: string) => new Date(to).getTime() - new Date(from).getTime()
      const mean = (times: number[]) => times.reduce((sum, each) => sum + each, 0) / times.length
      const taken = real.flatMap((one) => (one.taken === undefined ? [] : [ms(one.opened, one.taken)]))
      const resolved = real.flatMap((one) => (one.ended === undefined ? [] : [ms(one.opened, one.ended)]))
      const found = statistics(entries, 30, plus(at('03:00'), 29 * aDay), tokyoOfficeHours).now
      expect(found.incidents).toBe(real.length)
      expect(resolved).toHaveLength(real.length)
      expect(found.acknowledged?.mean).toEqual(taken.length === 0 ? undefined : mean(taken))
      expect(found.resolved?.mean).toEqual(resolved.length === 0 ? undefined : mean(resolved))
      ended += real.length
    }),
    { numRuns: 300 },
  )
  expect(ended).toBeGreaterThan(50)
})
