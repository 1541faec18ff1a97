import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DigestFacts, digestOf } from '../../bot/bulletin/digest.ts'
import { digestDue } from '../../bot/bulletin/digest-due.ts'
import { tokyoOfficeHours } from '../../bot/incident/office-hours.ts'
import { bulletinMessage } from '../../bot/message/bulletin-message.ts'
import { plus } from '../../common/time.ts'
import { anIncident, bothLooks } from '../support/builders.ts'
import { aDigest, aDigestBulletin, minutePasses, shows, tell, waitingIn } from '../support/bulletin-builders.ts'
import { aDay, anEntry } from '../support/history-builders.ts'
import { randomEntry } from '../support/random-history.ts'
import { incident } from '../support/random-incidents.ts'
import { linesOf } from '../support/seen.ts'

const opens = '2026-11-23T00:00:00.000Z'
const week = { week: '2026-W48', from: plus(opens, -7 * aDay), to: opens }
const long = '2026-01-01T00:00:00.000Z'

describe('when the week is told', () => {
  const due = (at: string, watchedSince = long, hours = tokyoOfficeHours) => digestDue(at, watchedSince, hours)

  it.each([
    ['a moment before the office opens', '2026-11-22T23:59:59.999Z', undefined],
    ['as it opens', opens, week],
    ['late on Monday', '2026-11-23T14:59:59.000Z', week],
    ['on Tuesday no more', '2026-11-23T15:00:00.000Z', undefined],
    ['on Sunday not at all', '2026-11-22T03:00:00.000Z', undefined],
  ])('%s', (_when, at, expected) => expect(due(at)).toEqual(expected))

  it('not where the bot began to watch after the week was over', () => {
    expect(due(plus(opens, 60_000), plus(opens, 1))).toBeUndefined()
    expect(due(plus(opens, 60_000), plus(opens, -1))).toEqual(week)
  })

  it('weeks are those of ISO 8601, over the turn of the year as well', () => {
    expect(due('2026-12-28T00:00:00.000Z')?.week).toBe('2026-W53')
    expect(due('2027-01-04T00:00:00.000Z')?.week).toBe('2027-W01')
    expect(due('2024-12-30T00:00:00.000Z', '2024-01-01T00:00:00.000Z')?.week).toBe('2025-W01')
  })

  it('a week with a change of the clock is told at nine of the local clock', () => {
    const berlin = { zone: 'Europe/Berlin', open: 9, close: 18 }
    // The night to Sunday, the 25th of October, had an hour more.
    expect(due('2026-10-26T08:00:00.000Z', long, berlin)).toMatchObject({
      from: '2026-10-19T07:00:00.000Z',
      to: '2026-10-26T08:00:00.000Z',
    })
    expect(due('2026-10-26T07:59:00.000Z', long, berlin)).toBeUndefined()
  })
})

describe('what is counted', () => {
  const monday = plus(opens, -6 * aDay)
  const counted = (history: Parameters<typeof digestOf>[1], open: Parameters<typeof digestOf>[2] = []) =>
    digestOf(week, history, open)

  it('each day belongs to one week', () => {
    const { opened, openedBefore } = counted([
      anEntry(week.from),
      anEntry(plus(opens, -1)),
      anEntry(opens),
      anEntry(plus(week.from, -1), { severity: 'High' }),
      anEntry(plus(week.from, -7 * aDay), { severity: 'High' }),
      anEntry(plus(week.from, -7 * aDay - 1)),
    ])
    expect(opened).toEqual({ Critical: 2, High: 0, Medium: 0, Low: 0 })
    expect(openedBefore).toEqual({ Critical: 0, High: 2, Medium: 0, Low: 0 })
  })

  it('times of the week, and of the four weeks before it', () => {
    const slow = {
      acknowledgedAt: plus(week.from, -20 * aDay + 600_000),
      resolvedAt: plus(week.from, -20 * aDay + 3_600_000),
    }
    const { acknowledged, resolved } = counted([anEntry(monday), anEntry(plus(week.from, -20 * aDay), slow)])
    expect(acknowledged).toEqual({ now: 240_000, before: 600_000 })
    expect(resolved).toEqual({ now: 1_200_000, before: 3_600_000 })
  })

  it('Low alarms by name and count, apart from the rest', () => {
    const low = { severity: 'Low', alarms: [{ name: 'backup-late', fired: 3 }] } as const
    const facts = counted([anEntry(monday, { ...low, id: 'a-1', alarms: [...low.alarms] }), anEntry(monday)])
    expect(facts.low).toEqual([{ alarm: { name: 'backup-late' }, fired: 3, incidents: 1 }])
    expect(facts.loudest.map(({ alarm }) => alarm.name)).toEqual(['backup-late', 'LambdaErrorAlarm'])
  })

  it('drills as drills and nowhere else, even while they go on', () => {
    const report = { kind: 'drill', by: 'U1', at: monday, text: '', press: 'p' } as const
    const going = anIncident({ id: 'drill-2', service: 'drill', openedAt: monday, alarms: {}, reports: [report] })
    const facts = counted([anEntry(monday, { drill: true, rollback: 'helped' })], [going])
    expect(facts).toEqual({ ...aDigest(), drills: 2 })
  })

  it('what is still open is open and not over, also when it came back', () => {
    const back = anIncident({ id: 'api-1', openedAt: monday, severity: 'High' })
    const facts = counted([anEntry(monday, { id: 'api-1' })], [back])
    expect(facts.opened).toEqual({ Critical: 0, High: 1, Medium: 0, Low: 0 })
    expect(facts.open.map(({ id }) => id)).toEqual(['api-1'])
    expect(facts.resolved).toEqual({})
  })

  it('actions that are not done, the oldest first, however old', () => {
    const written = { at: monday, by: 'U1', actions: 3 }
    const facts = counted([
      anEntry(monday, { id: 'b', postmortem: { ...written, openActions: 1 } }),
      anEntry(plus(opens, -60 * aDay), { id: 'a', postmortem: { ...written, openActions: 2 } }),
      anEntry(monday, { id: 'c', postmortem: { ...written, openActions: 0 } }),
    ])
    expect(facts.unfinished.map(({ id, openActions }) => [id, openActions])).toEqual([
      ['a', 2],
      ['b', 1],
    ])
  })

  it('whatever there was, the record takes it', () => {
    const some = fc.array(randomEntry(opens, 40), { maxLength: 60 })
    const open = fc.array(incident, { maxLength: 12 })
    fc.assert(
      fc.property(some, open, (history, going) => {
        const facts = digestOf(week, history, going)
        expect(DigestFacts.safeParse(facts).error).toBeUndefined()
      }),
      { numRuns: 200 },
    )
  })
})

describe('what is said', () => {
  const drawn = (change: Partial<DigestFacts> = {}, links = new Map<string, string>()) =>
    bothLooks.map((look) => linesOf(bulletinMessage(aDigestBulletin(aDigest(change)), look, links)))

  it('nothing happened, in one line', () => {
    const [en = [], ja = []] = drawn()
    expect(en).toContain('No incident in these seven days nor in the seven before, and nothing is open or left to do.')
    expect(ja).toContain('この1週間とその前の1週間にインシデントはなく、対応中のものや残っている作業もありません。')
    expect(en).toHaveLength(3)
  })

  it('a week with everything', () => {
    const named = { service: 'api', severity: 'High', openedAt: plus(opens, -aDay) } as const
    const [en = [], ja = []] = drawn(
      {
        opened: { Critical: 1, High: 2, Medium: 0, Low: 1 },
        openedBefore: { Critical: 0, High: 1, Medium: 0, Low: 0 },
        acknowledged: { now: 240_000, before: 600_000 },
        resolved: { now: 1_200_000 },
        loudest: [{ alarm: { name: 'LambdaErrorAlarm', listed: 'LambdaErrorAlarm' }, fired: 4, incidents: 2 }],
        low: [{ alarm: { name: 'backup <!here> late' }, fired: 3, incidents: 1 }],
        lowLeftOut: 2,
        open: [{ ...named, id: 'api-2', lead: { name: 'LambdaErrorAlarm', listed: 'LambdaErrorAlarm' } }],
        unfinished: [{ ...named, id: 'api-1', report: 'wrong-data', openActions: 2, actions: 5 }],
        rolledBack: { of: 2, helped: 1 },
        drills: 1,
      },
      new Map([['api-1', 'https://example.com/a']]),
    )
    expect(en).toEqual(
      expect.arrayContaining([
        '*Incidents:* 4 (1 the week before)',
        '*MTTA:* 4 min on average (10 min in the four weeks before)',
        '*MTTR:* 20 min on average (none in the four weeks before)',
        '*Rolled back:* in 2 incidents, 1 with proof that it helped',
        '*Drills:* 1, which count in no number above',
        '• `backup &lt;!here&gt; late`: fired 3 times',
        'and 2 more',
        '• The service answers wrongly · 2 of 5 open · <https://example.com/a|Open its message>',
      ]),
    )
    expect(en.join('\n')).toContain('High     ██         2 (1)')
    expect(ja).toEqual(
      expect.arrayContaining([
        '*インシデント:* 4件（前の週は1件）',
        '*MTTA:* 平均 4分（その前の4週間：10分）',
        '*訓練:* 1回（上の数字には含めません）',
        '• 誤った応答の報告 · 5件中2件が未完了 · <https://example.com/a|メッセージを開く>',
      ]),
    )
  })
})

describe('the bulletin of a week', () => {
  const facts = aDigest({ drills: 1 })
  const passed = { type: 'week-passed', at: opens, facts } as const

  it('is posted once, is over at once, and is left alone then', () => {
    const first = tell(undefined, passed)
    expect(first).toMatchObject({ id: 'digest-2026-W48', channel: 'alerts', endedAt: opens })
    expect(waitingIn(first)).toEqual(['show'])
    expect(tell(first, { ...passed, facts: aDigest() })).toBe(first)
    const up = tell(first, shows(opens))
    expect(waitingIn(tell(up, minutePasses(plus(opens, 60_000)), passed))).toEqual([])
  })

  it('that Slack does not take is tried for a day', () => {
    const first = tell(undefined, passed)
    expect(waitingIn(tell(first, minutePasses(plus(opens, aDay - 1))))).toEqual(['show'])
    expect(waitingIn(tell(first, minutePasses(plus(opens, aDay + 1))))).toEqual([])
  })
})
