import { describe, expect, it } from 'vitest'
import { mostAlarms } from '../../bot/incident/alarm-record.ts'
import type { Ignored } from '../../bot/incident/decide.ts'
import type { Incident } from '../../bot/incident/incident.ts'
import {
  acknowledges,
  asksRollback,
  at,
  clears,
  escalates,
  fires,
  functionEvidence,
  later,
  minute,
  play,
  playAll,
  readsEvidence,
  reports,
  resolves,
  type Step,
} from '../support/incident-builders.ts'

const alarm = 'LambdaErrorAlarm'
const open = play(fires(alarm, at('03:00')))
const known = later(open, readsEvidence(at('03:00:10'), { functions: { api: functionEvidence() } }))
const crowded = play(...Array.from({ length: mostAlarms }, (_, n) => fires(`Check${n}`, at('03:00'))))
const when = at('03:05')
const live = { version: '42', weights: {}, revisionId: 'r42' }

describe('every reason to do nothing has its name', () => {
  // `evidence-missing` is said by the modal, never by a decision.
  const rows: [string, Exclude<Ignored, 'evidence-missing'>, Incident | undefined, Step][] = [
    ['a click on an incident that is gone', 'nothing-open', undefined, acknowledges('U1', when)],
    ['a notification delivered twice', 'already-known', open, fires(alarm, at('03:00'))],
    ['a notification overtaken by a newer one', 'older-than-known', open, clears(alarm, at('02:59'))],
    ['one alarm more than an incident keeps', 'too-many-alarms', crowded, fires('OneMore', when)],
    ['a second Acknowledge', 'already-acknowledged', later(open, acknowledges('U1', when)), acknowledges('U2', when)],
    ['a click after the end', 'already-resolved', later(open, resolves('U1', when)), resolves('U2', when)],
    ['a second Escalate', 'already-at-top', later(open, escalates('U1', 3, when)), escalates('U2', 3, when)],
    ['a sweep with nothing to do', 'nothing-due', open, minute(at('03:01'))],
    [
      'a report delivered twice',
      'already-done',
      open,
      { type: 'effect-done', at: when, effect: '99', outcome: { is: 'done' } },
    ],
    [
      'a rollback asked twice',
      'rollback-running',
      later(open, asksRollback('U1', when)),
      asksRollback('U2', at('03:06')),
    ],
    [
      'Resolve during a rollback',
      'rollback-running',
      later(open, asksRollback('U1', when)),
      resolves('U2', at('03:06')),
    ],
    ['a rollback after the alarm cleared', 'alarm-clear', later(open, clears(alarm, when)), asksRollback('U1', when)],
    [
      'a rollback where no deployment can be the cause',
      'no-function',
      play(fires('DynamoDBThrottleAlarm', at('03:00'))),
      asksRollback('U1', when),
    ],
    [
      'a rollback of the function that is not concerned',
      'no-function',
      open,
      asksRollback('U1', when, { role: 'updater' }),
    ],
    ['a rollback to a version that was deleted', 'target-missing', known, asksRollback('U1', when, { to: '7' })],
    [
      'a rollback to the version that serves already',
      'equals-current',
      known,
      asksRollback('U1', when, { now: { ...live, version: '41' } }),
    ],
    [
      'a rollback of an alias that somebody has moved',
      'alias-moved',
      known,
      asksRollback('U1', when, { now: { ...live, revisionId: 'r43' } }),
    ],
  ]

  it.each(rows)('%s: %s', (_title, reason, incident, step) => {
    expect(playAll([step], incident).last).toEqual({ because: reason, ignored: true })
  })
})

describe('a report', () => {
  it('strikes its effect off, once', () => {
    const shown = reports('show', { is: 'shown', channel: 'C1', ts: '1.2', look: 1 }, when)
    const up = later(open, shown)
    expect(up.message).toEqual({ channel: 'C1', ts: '1.2' })
    expect(up.pending.map(({ effect }) => effect.kind)).toEqual(['read-evidence', 'show-card'])
  })

  it('of an old drawing asks for a new one', () => {
    const changed = later(open, acknowledges('U1', when))
    const drawn = later(changed, reports('show', { is: 'shown', channel: 'C1', ts: '1.2', look: 1 }, when))
    expect(drawn.pending.map(({ effect }) => effect.kind)).toEqual(['read-evidence', 'show-card', 'reply', 'show'])
  })

  it('that a reply went out leaves the rest as it is', () => {
    const taken = later(open, acknowledges('U1', when))
    const { last } = playAll([reports('reply', { is: 'done' }, when)], taken)
    expect(last).toMatchObject({ because: 'reply is done', effects: [] })
  })
})
