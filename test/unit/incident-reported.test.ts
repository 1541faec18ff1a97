import { describe, expect, it } from 'vitest'
import { isReported } from '../../bot/incident/incident.ts'
import {
  acknowledges,
  at,
  because,
  clears,
  effectsOf,
  fires,
  happenings,
  later,
  minute,
  play,
  resolves,
} from '../support/incident-builders.ts'
import { reported } from '../support/report-builders.ts'

const leak = play(reported(at('03:00')))
const api = { service: 'api', kind: 'wrong-data' } as const

describe('a report of what no alarm sees', () => {
  it('opens an incident that belongs to whoever reports it, and pages nobody', () => {
    expect(leak).toMatchObject({
      id: 'api-keys-20261123T030000Z',
      service: 'api-keys',
      severity: 'High',
      status: 'acknowledged',
      owner: { user: 'U1', at: at('03:00') },
      alarms: {},
      reports: [{ kind: 'leaked-key', by: 'U1', text: 'It is in a gist.' }],
      escalation: { level: 1, why: 'reported', next: { nothingDue: 'owned' } },
    })
    expect(effectsOf(undefined, reported(at('03:00'))).map(({ kind }) => kind)).not.toContain('page')
  })

  it.each([
    ['leaked-key', 'High'],
    ['wrong-data', 'High'],
    ['security', 'Critical'],
  ] as const)('%s is %s', (kind, severity) => {
    expect(play(reported(at('03:00'), { kind })).severity).toBe(severity)
  })

  it('joins the open incident of its service, raises its severity, and is told in the thread', () => {
    const open = play(fires('ExternalApiErrorAlarm', at('03:00')), acknowledges('U2', at('03:01')))
    const event = reported(at('03:05'), { service: 'updater', kind: 'security', text: 'Look at this.' })
    expect(later(open, event)).toMatchObject({
      id: open.id,
      severity: 'Critical',
      status: 'acknowledged',
      owner: { user: 'U2' },
      reports: [{ kind: 'security' }],
    })
    expect(effectsOf(open, event)).toContainEqual({
      kind: 'reply',
      say: { say: 'reported', kind: 'security', by: 'U1', text: 'Look at this.' },
    })
  })

  it('never lowers a severity', () => {
    expect(later(play(fires('LambdaErrorAlarm', at('03:00'))), reported(at('03:01'), api)).severity).toBe('Critical')
  })

  it('is on it, where nobody was', () => {
    const open = play(fires('LambdaErrorAlarm', at('03:00')))
    expect(later(open, reported(at('03:01'), api))).toMatchObject({ status: 'acknowledged', owner: { user: 'U1' } })
  })

  it('the same press twice is one report', () => {
    expect(because(leak, reported(at('03:00')))).toBe('ignored: already-done')
    expect(because(leak, reported(at('03:00'), { press: 'another' }))).toBe('a person reported it')
  })

  it('there are ten at most, until the incident is over', () => {
    const ten = Array.from({ length: 10 }, (_, n) => reported(at('03:00'), { press: `V${n}` }))
    const full = play(...ten)
    expect(full.reports).toHaveLength(10)
    expect(because(full, reported(at('03:09')))).toBe('ignored: too-many-reports')
    const again = later(full, resolves('U1', at('03:10')), reported(at('03:20')))
    expect(again).toMatchObject({ reopened: 1, reports: [{ at: at('03:20') }] })
  })
})

describe('its end', () => {
  const both = play(fires('LambdaErrorAlarm', at('03:00')), reported(at('03:01'), api))

  it('comes by a person only: no alarm clears it, and no minute', () => {
    const quiet = later(both, clears('LambdaErrorAlarm', at('03:05')), minute(at('03:30')), minute(at('09:00')))
    expect(quiet).toMatchObject({ status: 'acknowledged' })
    expect(quiet.quietUntil).toBeUndefined()
    expect(isReported(later(quiet, resolves('U1', at('09:01'))))).toBe(false)
  })

  it('a report during the quiet time keeps it open', () => {
    const recovering = play(fires('LambdaErrorAlarm', at('03:00')), clears('LambdaErrorAlarm', at('03:05')))
    expect(recovering.status).toBe('recovering')
    const kept = later(recovering, reported(at('03:06'), api), minute(at('03:20')))
    expect(kept).toMatchObject({ status: 'acknowledged' })
  })

  it('within half an hour of it a report brings the incident back, without the reports of before', () => {
    const over = later(leak, resolves('U1', at('03:10')))
    const back = later(over, reported(at('03:30'), { text: 'Another one.' }))
    expect(back).toMatchObject({
      id: leak.id,
      status: 'acknowledged',
      reopened: 1,
      ringingSince: at('03:30'),
      archived: false,
      reports: [{ text: 'Another one.' }],
    })
    expect(back.resolved).toBeUndefined()
    expect(happenings(back).slice(-2)).toEqual(['reported', 'reopened'])
    expect(later(over, reported(at('03:41'))).id).toBe('api-keys-20261123T034100Z')
  })

  it('an alarm that brings it back does not bring back what was reported before', () => {
    const again = later(both, resolves('U1', at('03:10')), fires('ApiGateway5xxAlarm', at('03:15')))
    expect(again.reports).toBeUndefined()
  })
})
