import { describe, expect, it } from 'vitest'
import { asOwn, isFollowing, unexplained } from '../../bot/incident/consequence.ts'
import type { Incident } from '../../bot/incident/incident.ts'
import { alarmJudging, leadAlarm, refusal, rollbackRole } from '../../bot/incident/when-rollback-asked.ts'
import {
  at,
  because,
  clears,
  effectsOf,
  later,
  minute,
  movesAway,
  offers,
  playAll,
  readsEvidence,
  resolves,
  seesPrices,
  story,
} from '../support/incident-builders.ts'
import { failing, gateway, joined, oldPrices, source } from '../support/old-prices.ts'

describe('a consequence weighs nothing', () => {
  it('it is shown and told once, and nothing else happens', () => {
    const idle = { ...oldPrices(), pending: [] }
    expect(effectsOf(idle, offers(gateway, at('04:02:30')))).toEqual([
      { kind: 'show' },
      {
        kind: 'reply',
        say: { say: 'alarm-joined', alarm: gateway, reason: 'Threshold Crossed', follows: 'prices-too-old' },
      },
      { kind: 'read-evidence' },
    ])
    expect(joined).toMatchObject({ id: failing.id, severity: 'High', status: 'open', escalation: { level: 1 } })
    const again = later(joined, offers(gateway, at('04:05'), 'OK'))
    expect(effectsOf({ ...again, pending: [] }, offers(gateway, at('04:06')))).toEqual([
      { kind: 'show' },
      { kind: 'read-evidence' },
    ])
    expect(story(later(again, offers(gateway, at('04:06')))).slice(-2)).toEqual([
      'consequence-joined ×2',
      'alarm-cleared',
    ])
  })

  it('the next step stays that of the cause, however long and however badly the consequence rings', () => {
    const grown = later(
      joined,
      ...['04:03', '04:04', '04:05'].flatMap((when) => [
        minute(at(when)),
        readsEvidence(at(when), {
          prices: [{ currency: 'usd', updatedAt: at('03:00'), readAt: at(when) }],
          readings: [{ alarm: gateway, value: 100, requests: 600, at: at(when) }],
        }),
      ]),
    )
    // ApiGateway5xxAlarm goes up after 10 minutes, above 20 % in two sweeps, and unanswered after 15 minutes.
    expect(grown.escalation).toMatchObject({
      level: 1,
      next: { due: at('04:10'), level: 2, why: 'not-acknowledged' },
    })
  })

  it('headline, rollback and its judge are those of the cause', () => {
    expect(leadAlarm(joined)?.name).toBe(source)
    expect(rollbackRole(joined)).toBe('updater')
    expect(alarmJudging(joined, 'updater')?.name).toBe(source)
    expect(alarmJudging(joined, 'api')).toBeUndefined()
  })

  it('while nothing else rings nobody is called, and nothing of the cause is rolled back', () => {
    const left = later(joined, clears(source, at('04:04')))
    expect(left).toMatchObject({ status: 'open', escalation: { next: { nothingDue: 'cause-over' } } })
    expect(left.quietUntil).toBeUndefined()
    expect(refusal(left)).toBe('alarm-clear')
    expect(leadAlarm(left)?.name).toBe(source)
  })

  it('it keeps the incident from becoming quiet until it ends', () => {
    const over = later(joined, clears(source, at('04:04')), offers(gateway, at('04:05'), 'OK'))
    expect(over).toMatchObject({ status: 'recovering', quietUntil: at('04:10') })
  })
})

describe('a consequence that rings without its cause', () => {
  const names = (incident: Incident, when: string) => unexplained(incident, at(when)).map(({ name }) => name)
  const young = later(joined, ...seesPrices(at('04:05'), at('04:05')))

  it.each<[string, Incident, string, boolean]>([
    ['has five minutes after the evidence last explained it', young, '04:07:29', false],
    ['and no more', young, '04:07:30', true],
    ['has as long again with every reading of old prices', oldPrices(joined, at('04:07')), '04:11:59', false],
    [
      'not with one that could not be made',
      later(joined, minute(at('04:07')), readsEvidence(at('04:07'))),
      '04:07:30',
      true,
    ],
    [
      'not with old prices while the source works',
      oldPrices(later(joined, clears(source, at('04:04'))), at('04:07')),
      '04:07:30',
      true,
    ],
    ['none at all when a person closed the cause', later(joined, resolves('U1', at('04:03'))), '04:03', true],
    ['and when it is quiet it may stay', later(young, offers(gateway, at('04:06'), 'OK')), '05:00', false],
    ['an alarm of its own is none', failing, '05:00', false],
  ])('%s', (_title, incident, when, isMoved) => {
    expect(names(incident, when)).toEqual(isMoved ? [gateway] : [])
  })

  it('told late, it counts from what has been read since', () => {
    const late = later(oldPrices(failing, at('04:20')), { ...offers(gateway, at('04:02:30')), at: at('04:20:10') })
    expect(late.alarms[gateway]?.consequence).toEqual({
      service: 'api',
      when: 'prices-too-old',
      explainedAt: at('04:20'),
    })
  })

  it('its own service is told of it as of something that begins now', () => {
    const held = joined.alarms[gateway]
    const change = isFollowing(held) ? asOwn(held, at('04:08')) : undefined
    expect(change).toEqual({
      name: gateway,
      listed: gateway,
      state: 'ALARM',
      changedAt: at('04:02:30'),
      countsFrom: at('04:08'),
      reason: 'Threshold Crossed',
      value: 100,
      threshold: 10,
      severity: 'Critical',
    })
    if (!change) return
    const opened = playAll([{ type: 'alarm-changed', at: at('04:08'), service: 'api', alarm: change }]).incident
    expect(opened).toMatchObject({
      id: 'api-20261123T040800Z',
      severity: 'Critical',
      alarms: { [gateway]: { changedAt: at('04:02:30'), firedAt: at('04:08') } },
      escalation: { level: 1, next: { due: at('04:18'), level: 2, why: 'alarm-lasts' } },
    })
    expect(opened && because(opened, clears(gateway, at('04:08:30')))).toBe('an alarm cleared')
  })

  it('the cause lets it go, says so, and goes on', () => {
    expect(effectsOf({ ...joined, pending: [] }, movesAway(gateway, at('04:08')))).toEqual([
      { kind: 'show' },
      { kind: 'reply', say: { say: 'alarm-moved', alarm: gateway, to: 'api' } },
    ])
    const left = later(joined, movesAway(gateway, at('04:08')))
    expect(Object.keys(left.alarms)).toEqual([source])
    expect(left.timeline.at(-1)).toMatchObject({ what: 'alarm-moved', about: 'ApiGateway5xxAlarm → api' })
    expect(because(left, movesAway(gateway, at('04:09')))).toBe('ignored: already-done')
  })

  it('the quiet time of the cause begins then, if nothing else rings', () => {
    const left = later(joined, clears(source, at('04:04')), movesAway(gateway, at('04:08')))
    expect(left).toMatchObject({ status: 'recovering', quietUntil: at('04:13') })
    expect(story(left).slice(-2)).toEqual(['alarm-moved', 'recovering'])
  })

  it('one that a person closed stays closed', () => {
    const closed = later(joined, resolves('U1', at('04:03')))
    const left = later(closed, movesAway(gateway, at('04:04')))
    expect(left).toMatchObject({ status: 'resolved', resolved: { at: at('04:03'), by: 'U1' } })
    expect(left.alarms[gateway]).toBeUndefined()
    // It still waits to be archived.
    expect(left.pending.slice(-2).map(({ effect }) => effect)).toEqual([
      { kind: 'archive' },
      { kind: 'reply', say: { say: 'alarm-moved', alarm: gateway, to: 'api' } },
    ])
  })

  it('one that has ended meanwhile is not let go', () => {
    const ended = later(joined, offers(gateway, at('04:05'), 'OK'))
    expect(because(ended, movesAway(gateway, at('04:08')))).toBe('ignored: already-done')
  })
})
