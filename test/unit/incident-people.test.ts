import { describe, expect, it } from 'vitest'
import {
  acknowledges,
  at,
  because,
  clears,
  deploymentChanges,
  effectsOf,
  escalates,
  fires,
  later,
  losesData,
  minute,
  opensModal,
  play,
  playAll,
  readsEvidence,
  reports,
  resolves,
  type Step,
} from '../support/incident-builders.ts'

const alarm = 'LambdaErrorAlarm'
const open = play(fires(alarm, at('03:00')))
const acknowledged = later(open, acknowledges('U1', at('03:01')))
const recovering = later(acknowledged, clears(alarm, at('03:02')))
const resolved = later(acknowledged, resolves('U1', at('03:02')))
const when = at('03:03')

/** Where an event leads: the status after it, or why it was ignored. */
const outcome = (incident: typeof open, step: Step): string => {
  const { last } = playAll([step], incident)
  return last && 'incident' in last ? last.incident.status : `ignored: ${last?.because}`
}

describe('every event in every status', () => {
  it.each<[string, Step, string, string, string, string]>([
    [
      'a minute',
      minute(at('03:00:01')),
      'ignored: nothing-due',
      'ignored: nothing-due',
      'ignored: nothing-due',
      'ignored: nothing-due',
    ],
    ['another alarm fires', fires('Other', when), 'open', 'acknowledged', 'acknowledged', 'acknowledged'],
    ['the alarm clears', clears(alarm, when), 'recovering', 'recovering', 'recovering', 'resolved'],
    ['the alarm has no data', losesData(alarm, when), 'open', 'acknowledged', 'recovering', 'resolved'],
    ['a deployment changes', deploymentChanges(when), 'open', 'acknowledged', 'recovering', 'ignored: nothing-open'],
    [
      'Acknowledge',
      acknowledges('U2', when),
      'acknowledged',
      'ignored: already-acknowledged',
      'ignored: already-acknowledged',
      'ignored: already-resolved',
    ],
    ['Escalate', escalates('U2', 2, when), 'open', 'acknowledged', 'recovering', 'ignored: already-resolved'],
    ['Resolve', resolves('U2', when), 'resolved', 'resolved', 'resolved', 'ignored: already-resolved'],
    ['a rollback modal', opensModal('U2', when), 'open', 'acknowledged', 'recovering', 'resolved'],
    [
      'the message is up',
      reports('show', { is: 'shown', channel: 'C1', ts: '1.2', look: 1 }, when),
      'open',
      'acknowledged',
      'recovering',
      'resolved',
    ],
    ['evidence', readsEvidence(when), 'open', 'acknowledged', 'recovering', 'resolved'],
  ])('%s', (_title, step, ...expected) => {
    expect([open, acknowledged, recovering, resolved].map((incident) => outcome(incident, step))).toEqual(expected)
  })

  it.each([
    ['Acknowledge', acknowledges('U1', when)],
    ['Escalate', escalates('U1', 2, when)],
    ['Resolve', resolves('U1', when)],
    ['a rollback modal', opensModal('U1', when)],
    ['a deployment', deploymentChanges(when)],
    ['a minute', minute(when)],
  ])('%s without an incident is about nothing', (_title, event) => {
    expect(because(undefined, event)).toBe('ignored: nothing-open')
  })
})

describe('Acknowledge', () => {
  it('makes the person the owner, and says so', () => {
    expect(acknowledged).toMatchObject({ status: 'acknowledged', owner: { user: 'U1', at: at('03:01') } })
    expect(acknowledged.timeline.at(-1)).toEqual({
      at: at('03:01'),
      what: 'acknowledged',
      by: 'U1',
      from: 'open',
      times: 1,
      last: at('03:01'),
    })
    expect(effectsOf(open, acknowledges('U1', when))).toEqual([
      { kind: 'show' },
      { kind: 'reply', say: { say: 'acknowledged', by: 'U1' } },
    ])
  })

  it('while recovering gives an owner and leaves the recovery alone', () => {
    const taken = play(fires(alarm, at('03:00')), clears(alarm, at('03:01')), acknowledges('U3', at('03:02')))
    expect(taken).toMatchObject({ status: 'recovering', owner: { user: 'U3' }, quietUntil: at('03:06') })
  })

  it('does not change hands by a second click', () => {
    expect(later(acknowledged, acknowledges('U2', when)).owner?.user).toBe('U1')
  })
})

describe('Escalate', () => {
  it('goes to the level that was asked for, with who and why', () => {
    expect(effectsOf(open, escalates('U1', 2, when, 'customers complain'))).toEqual([
      { kind: 'page', level: 2, why: 'asked-by-person', at: when, by: 'U1', reason: 'customers complain' },
      { kind: 'show' },
      {
        kind: 'reply',
        say: { say: 'escalated', level: 2, why: 'asked-by-person', by: 'U1', reason: 'customers complain' },
      },
    ])
    expect(later(open, escalates('U1', 2, when)).escalation).toEqual({
      level: 2,
      since: when,
      why: 'asked-by-person',
      by: 'U1',
      next: { due: at('04:03'), level: 3, why: 'level-2-lasts' },
    })
  })

  it('clips a long reason', () => {
    expect(effectsOf(open, escalates('U1', 2, when, 'x'.repeat(3000)))[0]).toMatchObject({ reason: 'x'.repeat(500) })
  })

  it.each([
    ['delivered twice, asks once', 2, 2, 'ignored: already-at-top', 2],
    ['to the third level from the second', 2, 3, 'a person asked', 3],
    ['to the second level by somebody who did not see the third', 3, 2, 'ignored: already-at-top', 3],
    ['beyond the third level', 3, 3, 'ignored: already-at-top', 3],
  ] as const)('%s', (_title, first, second, expected, level) => {
    const climbed = later(open, escalates('U1', first, at('03:01')))
    expect(because(climbed, escalates('U2', second, at('03:01')))).toBe(expected)
    expect(later(climbed, escalates('U2', second, at('03:01'))).escalation.level).toBe(level)
  })
})

describe('Resolve', () => {
  it('ends an incident that still rings, by name', () => {
    expect(resolved).toMatchObject({ status: 'resolved', resolved: { at: at('03:02'), by: 'U1' } })
    expect(effectsOf(open, resolves('U1', when))).toEqual([
      { kind: 'show' },
      { kind: 'reply', say: { say: 'resolved', by: 'U1' } },
      { kind: 'archive' },
    ])
  })
})

describe('a rollback modal', () => {
  it('is filled by whoever reads evidence', () => {
    expect(effectsOf(open, opensModal('U1', when, 'V7'))).toEqual([
      { kind: 'fill-modal', viewId: 'V7', hash: 'h1', user: 'U1', role: 'api' },
    ])
  })

  it('that was opened long ago gives way when too many wait', () => {
    const many = later(open, ...Array.from({ length: 12 }, (_, n) => opensModal('U1', when, `V${n}`)))
    const waiting = many.pending.flatMap(({ effect }) => (effect.kind === 'fill-modal' ? effect.viewId : []))
    expect(waiting).toEqual(['V2', 'V3', 'V4', 'V5', 'V6', 'V7', 'V8', 'V9', 'V10', 'V11'])
  })
})
