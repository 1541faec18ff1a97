import { describe, expect, it } from 'vitest'
import { mostAlarms } from '../../bot/incident/alarm-record.ts'
import {
  acknowledges,
  at,
  because,
  clears,
  effectsOf,
  fires,
  later,
  losesData,
  play,
  playAll,
  story,
} from '../support/incident-builders.ts'

const errors = 'LambdaErrorAlarm'
const gateway = 'ApiGateway5xxAlarm'

describe('an alarm fires', () => {
  it('and an incident opens, named after its service and its opening', () => {
    const { incident, last } = playAll([fires(errors, at('03:00:07'), { value: 12.4, reason: 'r'.repeat(400) })])
    expect(last).toMatchObject({
      because: 'an alarm fired',
      effects: [{ kind: 'show' }, { kind: 'read-evidence' }, { kind: 'show-card', card: 'announcement' }],
    })
    expect(incident).toEqual({
      id: 'api-20261123T030007Z',
      service: 'api',
      severity: 'Critical',
      status: 'open',
      openedAt: at('03:00:07'),
      ringingSince: at('03:00:07'),
      reopened: 0,
      alarms: {
        LambdaErrorAlarm: {
          name: 'LambdaErrorAlarm',
          listed: 'LambdaErrorAlarm',
          state: 'ALARM',
          ringing: true,
          changedAt: at('03:00:07'),
          firedAt: at('03:00:07'),
          fired: 1,
          reason: 'r'.repeat(300),
          value: 12.4,
          threshold: 5,
          severity: 'Critical',
          sweepsAbove: 0,
        },
      },
      escalation: {
        level: 1,
        since: at('03:00:07'),
        why: 'alarm-opened',
        next: { due: at('03:15:07'), level: 2, why: 'not-acknowledged' },
      },
      look: 1,
      timeline: [
        { at: at('03:00:07'), what: 'alarm-fired', about: 'LambdaErrorAlarm', times: 1, last: at('03:00:07') },
      ],
      actions: [
        {
          at: at('03:00:07'),
          by: 'aws',
          did: 'alarm-changed',
          about: 'LambdaErrorAlarm ALARM',
          after: { status: 'open', severity: 'Critical', level: 1 },
        },
      ],
      pending: [
        { id: '1', effect: { kind: 'show' }, attempt: 0, madeAt: at('03:00:07') },
        { id: '2', effect: { kind: 'read-evidence' }, attempt: 0, madeAt: at('03:00:07') },
        {
          id: '3',
          effect: { kind: 'show-card', card: 'announcement' },
          attempt: 0,
          madeAt: at('03:00:07'),
        },
      ],
      cards: [{ id: 'announcement', kind: 'announcement', look: 1 }],
      effects: 3,
      revision: 0,
      archived: false,
    })
  })

  it.each([
    ['a clear opens nothing', clears(errors, at('03:00'))],
    ['missing data opens nothing', losesData(errors, at('03:00'))],
  ])('%s', (_title, event) => {
    expect(because(undefined, event)).toBe('ignored: nothing-open')
  })
})

describe('the newest state of an alarm wins', () => {
  const open = play(fires(errors, at('03:00')), clears(errors, at('03:10')))

  it.each([
    ['an older firing', fires(errors, at('03:05')), 'ignored: older-than-known'],
    ['an older clear', clears(errors, at('03:05')), 'ignored: older-than-known'],
    ['the same clear once more', clears(errors, at('03:10')), 'ignored: already-known'],
    ['another state of the same moment', fires(errors, at('03:10')), 'ignored: older-than-known'],
    ['a newer firing', fires(errors, at('03:11')), 'an alarm fired'],
  ])('%s', (_title, event, expected) => {
    expect(because(open, event)).toBe(expected)
  })
})

describe('alarms join the open incident of their service', () => {
  it('a second alarm is told once in the thread, and the worse severity counts', () => {
    const slow = play(fires('ApiLatencyP95Alarm', at('03:00')))
    expect(slow.severity).toBe('Medium')
    expect(effectsOf(slow, fires(errors, at('03:01')))).toEqual([
      { kind: 'show' },
      { kind: 'reply', say: { say: 'alarm-joined', alarm: errors, reason: 'Threshold Crossed', graver: true } },
      { kind: 'read-evidence' },
    ])
    const both = later(slow, fires(errors, at('03:01')))
    expect(both.id).toBe(slow.id)
    expect(both.severity).toBe('Critical')
    expect(later(both, fires('Another', at('03:02'), { severity: 'Low' })).severity).toBe('Critical')
  })

  it('a second alarm takes nobody the incident that they own', () => {
    const owned = play(fires(errors, at('03:00')), acknowledges('U1', at('03:01')), fires(gateway, at('03:02')))
    expect(owned).toMatchObject({ status: 'acknowledged', owner: { user: 'U1', at: at('03:01') } })
  })

  it('an alarm first heard of by its clear is news when it fires', () => {
    const heard = play(fires(errors, at('03:00')), clears(gateway, at('03:01')))
    expect(heard.alarms[gateway]).toMatchObject({ ringing: false, fired: 0 })
    expect(effectsOf(heard, fires(gateway, at('03:02')))).toContainEqual({
      kind: 'reply',
      say: { say: 'alarm-joined', alarm: gateway, reason: 'Threshold Crossed' },
    })
  })

  it('flapping is a count in record and timeline, not a reply each time', () => {
    const flapped = play(
      fires(errors, at('03:00')),
      fires(gateway, at('03:00')),
      ...[1, 2, 3].flatMap((n) => [clears(gateway, at(`03:0${n}`)), fires(gateway, at(`03:0${n}:30`))]),
    )
    expect(flapped.alarms[gateway]).toMatchObject({ fired: 4, firedAt: at('03:03:30'), ringing: true })
    expect(flapped.alarms[gateway]?.clearedAt).toBeUndefined()
    expect(story(flapped)).toEqual(['alarm-fired', 'alarm-fired ×4', 'alarm-cleared ×3'])
    expect(flapped.pending.filter(({ effect }) => effect.kind === 'reply')).toHaveLength(1)
  })
})

describe('missing data', () => {
  it('clears no alarm that rings', () => {
    const silent = play(fires(errors, at('03:00')), losesData(errors, at('03:05')))
    expect(silent.status).toBe('open')
    expect(silent.alarms[errors]).toMatchObject({ state: 'INSUFFICIENT_DATA', ringing: true, fired: 1 })
    expect(silent.timeline.at(-1)).toMatchObject({ what: 'alarm-without-data', about: errors })
  })

  it('fires no alarm that is quiet', () => {
    const quiet = play(fires(errors, at('03:00')), clears(errors, at('03:05')), losesData(errors, at('03:06')))
    expect(quiet.status).toBe('recovering')
    expect(quiet.alarms[errors]).toMatchObject({ ringing: false, fired: 1, clearedAt: at('03:05') })
  })

  it('between two states of alarm is not a second firing', () => {
    const again = play(fires(errors, at('03:00')), losesData(errors, at('03:05')), fires(errors, at('03:06')))
    expect(again.alarms[errors]).toMatchObject({ ringing: true, fired: 1, firedAt: at('03:00') })
  })
})

describe('more alarms than an incident keeps', () => {
  const crowd = (count: number) =>
    Array.from({ length: count }, (_, n) => fires(`Check${n}`, at('03:00'), { reason: `check ${n}` }))
  const full = play(...crowd(mostAlarms))

  it('a new one has no place while every other rings', () => {
    expect(Object.keys(full.alarms)).toHaveLength(mostAlarms)
    expect(because(full, fires('OneMore', at('03:01')))).toBe('ignored: too-many-alarms')
    expect(because(full, clears('Check7', at('03:01')))).toBe('an alarm cleared')
  })

  it('a quiet one makes room, and the timeline says so', () => {
    const moved = later(full, clears('Check7', at('03:01')), fires('OneMore', at('03:02')))
    expect(Object.keys(moved.alarms)).toHaveLength(mostAlarms)
    expect(moved.alarms.Check7).toBeUndefined()
    expect(moved.alarms.OneMore?.ringing).toBe(true)
    expect(story(moved).slice(-4, -1)).toEqual(['alarm-cleared', 'too-many-alarms', 'alarm-fired'])
  })

  it('replies that Slack cannot take at once are left out, and the timeline says how many', () => {
    expect(full.pending.filter(({ effect }) => effect.kind === 'reply')).toHaveLength(20)
    // The first alarm opened the incident; the others joined, and 20 of them wait to be told.
    const leftOut = full.timeline.filter(({ what }) => what === 'reply-left-out')
    expect(leftOut.reduce((sum, { times }) => sum + times, 0)).toBe(mostAlarms - 1 - 20)
  })
})
