import { describe, expect, it } from 'vitest'
import { mostAlarms } from '../../bot/incident/alarm-record.ts'
import {
  acknowledges,
  asksRollback,
  at,
  clears,
  effectsOf,
  fires,
  happenings,
  later,
  losesData,
  minute,
  play,
  resolves,
  worker,
} from '../support/incident-builders.ts'

const errors = 'LambdaErrorAlarm'
const slow = 'ApiLatencyP95Alarm'

describe('an incident gets graver', () => {
  it('its response time counts from the graver alarm, not from the milder one before it', () => {
    const graver = play(fires(slow, at('02:30')), fires(errors, at('03:00')))
    expect(graver.escalation).toMatchObject({ level: 1, next: { due: at('03:15'), level: 2 } })
  })

  it('an alarm that makes it graver is told as one that wakes somebody; an equal one is not', () => {
    const open = play(fires(slow, at('03:00')))
    expect(effectsOf(open, fires(errors, at('03:01')))).toContainEqual({
      kind: 'reply',
      say: { say: 'alarm-joined', alarm: errors, reason: 'Threshold Crossed', graver: true },
    })
    const both = later(open, fires(errors, at('03:01')))
    expect(effectsOf(both, fires('ApiGateway5xxAlarm', at('03:02')))).toContainEqual({
      kind: 'reply',
      say: { say: 'alarm-joined', alarm: 'ApiGateway5xxAlarm', reason: 'Threshold Crossed' },
    })
  })

  it('a Critical alarm finds room among as many as there is room for that are less grave', () => {
    const many = Array.from({ length: mostAlarms }, (_, index) => fires(`Check${index}`, at('03:00')))
    const full = play(...many)
    expect(Object.keys(full.alarms)).toHaveLength(mostAlarms)
    const graver = later(full, fires(errors, at('03:01')))
    expect(graver.severity).toBe('Critical')
    expect(Object.keys(graver.alarms)).toHaveLength(mostAlarms)
    expect(graver.alarms[errors]).toMatchObject({ ringing: true })
    expect(happenings(graver)).toContain('too-many-alarms')
  })
})

describe('an incident comes back', () => {
  const resolved = play(
    fires(errors, at('03:00')),
    minute(at('03:15')),
    clears(errors, at('03:20')),
    minute(at('03:25')),
  )

  it('level 2 has its hour again', () => {
    expect(resolved).toMatchObject({ status: 'resolved', escalation: { level: 2, since: at('03:15') } })
    const back = later(resolved, fires(errors, at('03:50')))
    expect(back.escalation).toMatchObject({ level: 2, next: { due: at('04:50'), level: 3 } })
    expect(later(back, minute(at('04:16'))).escalation.level).toBe(2)
  })

  it('an alarm that a person closed rings from when it fired again', () => {
    const closed = play(
      fires(errors, at('03:00')),
      acknowledges('U1', at('03:01')),
      resolves('U1', at('03:10')),
      losesData(errors, at('03:12')),
    )
    const back = later(closed, fires(errors, at('03:14')))
    expect(back).toMatchObject({ status: 'acknowledged', escalation: { level: 1, next: { due: at('03:29') } } })
  })

  it('what an earlier rollback proved is not shown of the new time', () => {
    const helped = play(
      fires(errors, at('03:00')),
      asksRollback('U1', at('03:01')),
      worker('start-rollback', { is: 'clear', from: '42', aliasRevision: 'r42' }, at('03:01')),
      worker('move-alias', { is: 'moved', from: '42' }, at('03:01')),
      clears(errors, at('03:03')),
      worker('verify-rollback', { is: 'checked', aliasReadBack: true, priceAnswered: true, requests: 90 }, at('03:03')),
      minute(at('03:08')),
    )
    expect(helped).toMatchObject({ status: 'resolved', rollback: { status: 'helped' } })
    const back = later(helped, fires(errors, at('03:20')))
    expect(back.rollback).toBeUndefined()
    expect(happenings(back)).toContain('rollback-helped')
  })
})

describe('a rollback goes wrong', () => {
  const asked = play(fires(errors, at('03:00')), asksRollback('U1', at('03:01')))

  it('in the quiet too, developers are told at once that it did not help', () => {
    const quiet = later(
      asked,
      worker('start-rollback', { is: 'clear', from: '42', aliasRevision: 'r42' }, at('03:01')),
      worker('move-alias', { is: 'moved', from: '42' }, at('03:01')),
      clears(errors, at('03:05')),
      worker(
        'verify-rollback',
        { is: 'checked', aliasReadBack: true, priceAnswered: false, requests: 90 },
        at('03:06:30'),
      ),
    )
    expect(quiet).toMatchObject({
      rollback: { status: 'did-not-help' },
      escalation: { level: 2, why: 'rollback-did-not-help' },
    })
  })

  it('a worker that never answers does not hold the incident for ever', () => {
    expect(later(asked, minute(at('03:11'))).rollback).toMatchObject({ status: 'requested' })
    const gaveUp = later(asked, minute(at('03:12')))
    expect(gaveUp).toMatchObject({ rollback: { status: 'failed', why: 'took-too-long' }, escalation: { level: 2 } })
    expect(gaveUp.pending.map(({ effect }) => effect.kind)).not.toContain('start-rollback')
  })
})

it('a proof found by numbers is completed by the time its alarm took', () => {
  const helped = play(
    fires(errors, at('03:00')),
    asksRollback('U1', at('03:01')),
    worker('start-rollback', { is: 'clear', from: '42', aliasRevision: 'r42' }, at('03:01')),
    worker('move-alias', { is: 'moved', from: '42' }, at('03:01')),
    worker(
      'verify-rollback',
      { is: 'checked', aliasReadBack: true, priceAnswered: true, value: 0.3, requests: 60 },
      at('03:03'),
    ),
  )
  expect(helped.rollback?.proof).toMatchObject({ after: 0.3 })
  expect(helped.rollback?.proof?.alarmOkAfter).toBeUndefined()
  expect(later(helped, clears(errors, at('03:03:10'))).rollback?.proof?.alarmOkAfter).toBe(130_000)
})
