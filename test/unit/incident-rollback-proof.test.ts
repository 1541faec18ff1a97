import { describe, expect, it } from 'vitest'
import type { RollbackResult } from '../../bot/incident/rollback.ts'
import {
  asksRollback,
  at,
  clears,
  effectsOf,
  fires,
  functionEvidence,
  later,
  minute,
  play,
  readsEvidence,
  type Step,
  worker,
} from '../support/incident-builders.ts'

const errors = 'LambdaErrorAlarm'
const updates = 'ExternalApiErrorAlarm'

/** The alias moved at 03:06, the alarm of this name rings since 03:00. */
const verifyingFor = (name: string, value: number) => {
  const role = name === updates ? 'updater' : 'api'
  return play(
    fires(name, at('03:00'), { value }),
    readsEvidence(at('03:00:10'), { functions: { [role]: functionEvidence() } }),
    asksRollback('U1', at('03:05'), { role }),
    worker('start-rollback', { is: 'clear', from: '42', aliasRevision: 'r42' }, at('03:05:30')),
    worker('move-alias', { is: 'moved', from: '42' }, at('03:06')),
  )
}
const verifying = verifyingFor(errors, 12)

type Check = Partial<Extract<RollbackResult, { is: 'checked' }>>
const checked = (when: string, check: Check): Step =>
  worker(
    'verify-rollback',
    { is: 'checked', aliasReadBack: true, priceAnswered: true, requests: 200, ...check },
    at(when),
  )
const clearsAt = (when: string): Step[] => [clears(errors, at(when))]

describe('the proof', () => {
  it.each<[string, Step[], string]>([
    ['the rate under its limit over enough requests: helped', [checked('03:08', { value: 0.3 })], 'helped'],
    ['the rate at its limit: helped', [checked('03:08', { value: 5 })], 'helped'],
    ['twenty requests are enough', [checked('03:08', { value: 0, requests: 20 })], 'helped'],
    ['nineteen prove nothing yet', [checked('03:08', { value: 0, requests: 19 })], 'verifying'],
    ['nineteen prove nothing in the end either', [checked('03:11', { value: 0, requests: 19 })], 'not-proven'],
    ['a rate over its limit may still fall', [checked('03:10:59', { value: 5.1 })], 'verifying'],
    ['a rate over its limit after five minutes: did not help', [checked('03:11', { value: 5.1 })], 'did-not-help'],
    ['the alarm OK with any traffic: helped', [...clearsAt('03:08'), checked('03:08', { requests: 1 })], 'helped'],
    ['the alarm OK without traffic: not yet', [...clearsAt('03:08'), checked('03:08', { requests: 0 })], 'verifying'],
    ['no traffic for five minutes: not proven', [checked('03:11', { requests: 0 })], 'not-proven'],
    [
      'no traffic for five minutes, the alarm OK: not proven',
      [...clearsAt('03:08'), checked('03:11', { requests: 0 })],
      'not-proven',
    ],
    ['no price answered: not yet', [checked('03:08', { value: 0, priceAnswered: false })], 'verifying'],
    ['no price for five minutes: did not help', [checked('03:11', { value: 0, priceAnswered: false })], 'did-not-help'],
    [
      'no price for five minutes, the alarm OK and no traffic: did not help',
      [...clearsAt('03:08'), checked('03:11', { requests: 0, priceAnswered: false })],
      'did-not-help',
    ],
    ['the alias does not read back: not yet', [checked('03:08', { value: 0, aliasReadBack: false })], 'verifying'],
    [
      'somebody moved the alias during the proof: did not help',
      [checked('03:11', { value: 0, aliasReadBack: false })],
      'did-not-help',
    ],
    ['requests without a value prove nothing yet', [checked('03:08', { requests: 200 })], 'verifying'],
  ])('%s', (_title, steps, status) => {
    expect(later(verifying, ...steps).rollback?.status).toBe(status)
  })

  it.each([
    ['helped is told with its numbers', '03:08', { value: 0.3 }, 'helped'],
    ['not proven too', '03:11', { value: 0.3, requests: 0 }, 'not-proven'],
    ['did not help too', '03:11', { value: 12 }, 'did-not-help'],
  ] as const)('%s', (_title, when, check, outcome) => {
    const requests = 'requests' in check ? check.requests : 200
    const proof = { alarm: errors, before: 12, after: check.value, requests, aliasReadBack: true, priceAnswered: true }
    expect(effectsOf(verifying, checked(when, check)).slice(0, 2)).toEqual([
      { kind: 'show' },
      {
        kind: 'reply',
        say: { say: 'rollback-ended', outcome, by: 'U1', role: 'api', from: '42', to: '41', proof },
      },
    ])
    const ended = later(verifying, checked(when, check))
    expect(ended.rollback?.proof).toEqual(proof)
    expect(ended.timeline.map(({ what }) => what)).toContain(`rollback-${outcome}`)
  })

  it.each([
    ['two minutes and ten seconds after the move', '03:08:10', 130_000],
    ['before the alias moved, in the same breath', '03:05:50', 0],
  ])('the alarm OK %s', (_title, when, ms) => {
    const ok = { ...clears(errors, at('03:08:15')), alarm: clears(errors, at(when)).alarm }
    expect(later(verifying, ok, checked('03:08:20', { requests: 3 })).rollback).toMatchObject({
      status: 'helped',
      proof: { alarmOkAfter: ms },
    })
  })

  it('an alarm that was OK and rings again is not OK', () => {
    const rings = later(verifying, ...clearsAt('03:07'), fires(errors, at('03:08')), checked('03:09', { value: 8 }))
    expect(rings.rollback).toMatchObject({ status: 'verifying', proof: { after: 8 } })
    expect(rings.rollback?.proof?.alarmOkAfter).toBeUndefined()
  })

  it('did not help pages the developers at once; not proven pages nobody', () => {
    expect(later(verifying, checked('03:11', { value: 12 })).escalation).toMatchObject({
      level: 2,
      since: at('03:11'),
      why: 'rollback-did-not-help',
    })
    expect(later(verifying, checked('03:11', { requests: 0 })).escalation.level).toBe(1)
  })

  it('the sweep asks every minute until it is found', () => {
    const first = later(verifying, checked('03:06:30', { requests: 0 }))
    expect(effectsOf(first, minute(at('03:07')))).toContainEqual({
      kind: 'verify-rollback',
      role: 'api',
      to: '41',
      alarm: errors,
      since: at('03:06'),
    })
  })
})

describe('numbers that could not be read', () => {
  it('are no traffic measured, and the proof says so', () => {
    const unread = later(verifying, checked('03:11', { requests: 0, unread: true }))
    expect(unread.rollback).toMatchObject({ status: 'not-proven', proof: { requests: 0, unread: true } })
  })
})

describe('limits', () => {
  it.each([
    ['at least: its limit itself is over', 50, 'verifying'],
    ['at least: under its limit', 49.9, 'helped'],
  ])('%s', (_title, value, status) => {
    expect(later(verifyingFor(updates, 80), checked('03:08', { value })).rollback?.status).toBe(status)
  })

  it('an alarm outside the list has none that we know: only its OK proves', () => {
    const other = verifyingFor('api-check', 3)
    expect(later(other, checked('03:08', { value: 0 })).rollback?.status).toBe('verifying')
    const quiet = later(other, clears('api-check', at('03:08')), checked('03:08', { value: 0 }))
    expect(quiet.rollback?.status).toBe('helped')
  })

  it('an alarm that the incident no longer keeps leaves only the rate', () => {
    const forgotten = { ...verifying, alarms: {} }
    expect(later(forgotten, checked('03:08', { value: 9, requests: 50 })).rollback?.status).toBe('verifying')
    expect(later(forgotten, checked('03:08', { value: 1, requests: 50 })).rollback?.status).toBe('helped')
  })
})
