import { describe, expect, it } from 'vitest'
import { leadAlarm, refusal, rollbackRole } from '../../bot/incident/when-rollback-asked.ts'
import {
  acknowledges,
  asksRollback,
  at,
  because,
  clears,
  effectsOf,
  fires,
  functionEvidence,
  later,
  losesData,
  opensModal,
  play,
  readsEvidence,
  resolves,
  worker,
} from '../support/incident-builders.ts'

const errors = 'LambdaErrorAlarm'
const open = play(fires(errors, at('03:00'), { value: 12.4 }))
const read = (incident: typeof open) =>
  later(incident, readsEvidence(at('03:00:10'), { functions: { api: functionEvidence() } }))
const alias = { version: '42', weights: {}, revisionId: 'r42' }

describe('a person asks for a rollback', () => {
  it('the worker starts it, and the incident is theirs', () => {
    const ask = asksRollback('U1', at('03:05'), { id: 'V1', now: alias })
    expect(because(read(open), ask)).toBe('a person asked for a rollback')
    expect(effectsOf(read(open), ask)).toEqual([
      { kind: 'start-rollback', role: 'api', to: '41', aliasRevision: 'r42', askedAt: at('03:05') },
      { kind: 'show' },
      { kind: 'reply', say: { say: 'rollback-asked', by: 'U1', role: 'api', from: '42', to: '41' } },
    ])
    const asked = later(read(open), ask)
    expect(asked).toMatchObject({ status: 'acknowledged', owner: { user: 'U1', at: at('03:05') }, lastAsk: 'V1' })
    expect(asked.rollback).toEqual({
      status: 'requested',
      role: 'api',
      from: '42',
      to: '41',
      aliasRevision: 'r42',
      by: 'U1',
      askedAt: at('03:05'),
      stepAt: at('03:05'),
      alarm: errors,
      before: 12.4,
    })
    expect(asked.timeline.at(-1)).toMatchObject({ what: 'rollback-asked', by: 'U1', about: 'v42 → v41' })
  })

  it('who owns the incident keeps it', () => {
    const owned = later(open, acknowledges('U1', at('03:01')), asksRollback('U2', at('03:05')))
    expect(owned).toMatchObject({ owner: { user: 'U1' }, rollback: { by: 'U2' } })
  })

  it('pressed once and delivered twice, it starts once, even after it ended', () => {
    const ask = asksRollback('U1', at('03:05'), { id: 'V1' })
    const asked = later(open, ask)
    expect(because(asked, ask)).toBe('ignored: already-done')
    const refused = later(asked, worker('start-rollback', { is: 'refused', why: 'function-busy' }, at('03:06')))
    expect(because(refused, ask)).toBe('ignored: already-done')
    expect(because(refused, asksRollback('U1', at('03:07'), { id: 'V2' }))).toBe('a person asked for a rollback')
  })

  it('without evidence and without the alias read in time, the worker decides', () => {
    expect(because(open, asksRollback('U1', at('03:05'), { to: '7' }))).toBe('a person asked for a rollback')
  })

  it('while a canary runs, back to the main version is a change', () => {
    const canary = { version: '41', weights: { '42': 0.1 }, revisionId: 'r42' }
    expect(because(read(open), asksRollback('U1', at('03:05'), { now: canary }))).toBe('a person asked for a rollback')
  })

  it('an alarm outside the list is judged by its name', () => {
    const other = play(fires('api-errors-custom', at('03:00')), asksRollback('U1', at('03:05')))
    expect(other.rollback?.alarm).toBe('api-errors-custom')
    expect(other.rollback?.before).toBeUndefined()
  })
})

describe('no rollback can begin', () => {
  it.each([
    ['after the end', later(open, resolves('U1', at('03:02'))), 'already-resolved'],
    ['while one runs', later(open, asksRollback('U1', at('03:02'))), 'rollback-running'],
    ['when the alarm is clear', later(open, clears(errors, at('03:02'))), 'alarm-clear'],
    ['for a table', play(fires('DynamoDBThrottleAlarm', at('03:00'))), 'no-function'],
    ['for an alarm nobody knows', play({ ...fires('Queue', at('03:00')), service: 'Queue' }), 'no-function'],
  ])('%s', (_title, incident, why) => {
    expect(refusal(incident)).toBe(why)
  })

  it('an alarm without data still rings, so one can', () => {
    expect(refusal(later(open, losesData(errors, at('03:02'))))).toBeUndefined()
  })

  it('a modal that was opened is filled all the same, and says why itself', () => {
    expect(because(later(open, resolves('U1', at('03:02'))), opensModal('U1', at('03:03')))).toBe(
      'a person looks at a rollback',
    )
  })
})

describe('the alarm an incident is told by', () => {
  const gateway = 'ApiGateway5xxAlarm'
  const throttle = 'LambdaThrottleAlarm'

  it.each([
    ['the worst', [fires(throttle, at('03:00')), fires(errors, at('03:01'))], errors],
    ['the first of equals', [fires(errors, at('03:00')), fires(gateway, at('03:01'))], errors],
    [
      'one that rings before a worse one that is quiet',
      [fires(errors, at('03:00')), fires(throttle, at('03:01')), clears(errors, at('03:02'))],
      throttle,
    ],
    [
      'the one that fired before one only heard of',
      [clears(gateway, at('03:00:30')), fires(errors, at('03:01'))],
      errors,
    ],
  ])('%s', (_title, events, name) => {
    const start = play(fires('Low', at('02:59'), { severity: 'Low' }))
    expect(leadAlarm(later(start, ...events))?.name).toBe(name)
  })

  it('equals that are quiet again go by their firing, and one that never fired by its last word', () => {
    const heard = play(fires(errors, at('03:01')), clears(gateway, at('03:00')), clears(errors, at('03:02')))
    expect(leadAlarm(heard)?.name).toBe(gateway)
    const last = play(fires(errors, at('03:01')), clears(gateway, at('03:03')), clears(errors, at('03:02')))
    expect(leadAlarm(last)?.name).toBe(errors)
  })

  it('its function is the one to roll back', () => {
    expect(rollbackRole(open)).toBe('api')
    expect(rollbackRole(play(fires('ExternalApiErrorAlarm', at('03:00'))))).toBe('updater')
    expect(rollbackRole(play({ ...fires('updater-check', at('03:00')), service: 'updater' }))).toBe('updater')
    expect(rollbackRole(play(fires('DynamoDBThrottleAlarm', at('03:00'))))).toBeUndefined()
  })

  it('where a rollback cannot cure the worst alarm, it may cure another', () => {
    const table = play(fires('DynamoDBThrottleAlarm', at('03:00')))
    expect(rollbackRole(later(table, fires('ApiLatencyP95Alarm', at('03:01'))))).toBe('api')
  })

  it('an incident without any alarm is told by none', () => {
    expect(leadAlarm({ ...open, alarms: {} })).toBeUndefined()
    expect(rollbackRole({ ...open, alarms: {} })).toBeUndefined()
  })
})
