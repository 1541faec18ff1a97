import { describe, expect, it } from 'vitest'
import type { RollbackResult } from '../../bot/incident/rollback.ts'
import {
  acknowledges,
  asksRollback,
  at,
  because,
  clears,
  effectsOf,
  fires,
  later,
  minute,
  pendingId,
  play,
  resolves,
  worker,
} from '../support/incident-builders.ts'

const errors = 'LambdaErrorAlarm'
const asked = play(fires(errors, at('03:00'), { value: 12 }), asksRollback('U1', at('03:05')))
const stopAsked = worker('start-rollback', { is: 'stop-asked', deployment: 'd-42', own: false }, at('03:05:10'))
const stopping = later(asked, stopAsked)
const clear = worker('start-rollback', { is: 'clear', from: '42', aliasRevision: 'r42' }, at('03:05:10'))
const moving = later(asked, clear)
const moved = worker('move-alias', { is: 'moved', from: '42' }, at('03:05:20'))
const verifying = later(moving, moved)

describe('the worker refuses', () => {
  const refusing = (result: Omit<Extract<RollbackResult, { is: 'refused' }>, 'is'>) =>
    worker('start-rollback', { is: 'refused', ...result }, at('03:05:10'))

  it.each(['function-busy', 'target-missing', 'equals-current', 'alias-moved'] as const)(
    '%s leaves the incident free for another try',
    (why) => {
      const free = later(asked, refusing({ why }))
      expect(free.rollback).toBeUndefined()
      expect(free.timeline.at(-1)).toMatchObject({ what: 'rollback-refused', about: why })
      expect(effectsOf(asked, refusing({ why, now: '43' }))).toEqual([
        { kind: 'show' },
        { kind: 'reply', say: { say: 'rollback-refused', by: 'U1', why, role: 'api', to: '41', now: '43' } },
        { kind: 'read-evidence' },
      ])
      expect(because(free, asksRollback('U1', at('03:06')))).toBe('a person asked for a rollback')
    },
  )

  it('the alias moved between the check and the move: free too', () => {
    const raced = later(moving, worker('move-alias', { is: 'refused', why: 'alias-moved' }, at('03:05:20')))
    expect(raced.rollback).toBeUndefined()
    expect(raced.escalation.level).toBe(1)
  })

  it('a refusal of AWS is a failure, told with the commands to do it by hand, and escalates at once', () => {
    const message = 'AccessDenied: not allowed'
    const no = refusing({ why: 'aws-refused', message })
    expect(effectsOf(asked, no)).toEqual([
      { kind: 'show' },
      { kind: 'reply', say: { say: 'rollback-failed', why: 'aws-refused', role: 'api', to: '41', message } },
      { kind: 'page', level: 2, why: 'rollback-failed', at: at('03:05:10') },
      { kind: 'show' },
      { kind: 'reply', say: { say: 'escalated', level: 2, why: 'rollback-failed' } },
    ])
    const failed = later(asked, no)
    expect(failed).toMatchObject({ rollback: { status: 'failed', why: 'aws-refused' }, escalation: { level: 2 } })
    expect(failed.timeline.at(-2)).toMatchObject({
      what: 'rollback-failed',
      about: 'aws-refused: AccessDenied: not allowed',
    })
    expect(because(failed, asksRollback('U1', at('03:06')))).toBe('a person asked for a rollback')
  })

  it.each([
    ['the move', later(moving, worker('move-alias', { is: 'refused', why: 'aws-refused' }, at('03:05:20')))],
    ['the proof', later(verifying, worker('verify-rollback', { is: 'refused', why: 'aws-refused' }, at('03:05:30')))],
    [
      'the question',
      later(stopping, worker('check-deployment', { is: 'refused', why: 'aws-refused' }, at('03:05:30'))),
    ],
  ])('a refusal of AWS during %s is a failure', (_title, failed) => {
    expect(failed).toMatchObject({ rollback: { status: 'failed' }, escalation: { level: 2, why: 'rollback-failed' } })
  })

  it('a report of a step after the end of the rollback moves nothing', () => {
    const over = { ...moving, rollback: { ...stopping.rollback, status: 'failed' as const } } as typeof moving
    expect(later(over, moved).rollback?.status).toBe('failed')
  })
})

describe('a rollback takes too long', () => {
  it('a deployment that does not stop within ten minutes fails it, and developers are asked', () => {
    expect(later(stopping, minute(at('03:15:10'))).rollback?.status).toBe('stopping')
    const late = later(stopping, acknowledges('U1', at('03:06')), minute(at('03:15:11')))
    expect(late.rollback).toMatchObject({ status: 'failed', why: 'took-too-long' })
    expect(late.escalation.level).toBe(2)
    expect(late.pending.map(({ effect }) => effect)).toContainEqual({
      kind: 'reply',
      say: { say: 'rollback-failed', why: 'took-too-long', role: 'api', to: '41', deployment: 'd-42' },
    })
  })

  it('its unanswered question is taken back, so that it cannot push on the next rollback', () => {
    const question = pendingId(stopping, 'check-deployment') ?? ''
    const next = later(stopping, minute(at('03:16')), asksRollback('U2', at('03:17')))
    const answer = { is: 'rollback', result: { is: 'ended', aliasRevision: 'r44' } } as const
    expect(because(next, { type: 'effect-done', at: at('03:18'), effect: question, outcome: answer })).toBe(
      'ignored: already-done',
    )
    expect(next.rollback?.status).toBe('requested')
  })

  it('a proof that cannot be read for eight minutes is not proven', () => {
    expect(later(verifying, minute(at('03:13:20'))).rollback?.status).toBe('verifying')
    const late = later(verifying, minute(at('03:13:21')))
    expect(late.rollback).toMatchObject({
      status: 'not-proven',
      proof: { alarm: errors, before: 12, requests: 0, aliasReadBack: false, priceAnswered: false },
    })
    expect(because(verifying, minute(at('03:13:21')))).toContain('a rollback took too long')
  })

  it('nor is one whose alarm had no value when it was asked for', () => {
    const unmeasured = play(fires(errors, at('03:00')), asksRollback('U1', at('03:05')), clear, moved)
    expect(later(unmeasured, minute(at('03:13:21'))).rollback?.proof).not.toHaveProperty('before')
  })

  it('what was read of the proof before is kept', () => {
    const checked = { is: 'checked', aliasReadBack: true, priceAnswered: true, value: 9, requests: 7 } as const
    const half = later(verifying, worker('verify-rollback', checked, at('03:07')), minute(at('03:14')))
    expect(half.rollback).toMatchObject({ status: 'not-proven', proof: { after: 9, requests: 7, priceAnswered: true } })
  })
})

describe('no end while a rollback is outstanding', () => {
  it.each([
    ['asked for', asked],
    ['stopping a deployment', stopping],
    ['moving the alias', moving],
    ['being proven', verifying],
  ])('%s: neither quiet minutes nor a person end the incident', (_title, incident) => {
    expect(because(incident, resolves('U1', at('03:06')))).toBe('ignored: rollback-running')
    const quiet = later(incident, clears(errors, at('03:06')), minute(at('03:11')))
    expect(quiet.status).toBe('recovering')
  })

  it('given up in quiet, it ends in the same minute', () => {
    const quiet = later(verifying, clears(errors, at('03:07')), minute(at('03:13:21')))
    expect(quiet).toMatchObject({ status: 'resolved', rollback: { status: 'not-proven' } })
    expect(because(quiet, minute(at('03:13:21')))).toBe('ignored: nothing-due')
  })
  it('failed in quiet, it goes up to the developers in that minute and ends in the next', () => {
    const quiet = later(stopping, clears(errors, at('03:07')))
    const late = later(quiet, minute(at('03:16')))
    expect(late).toMatchObject({ status: 'recovering', escalation: { level: 2, why: 'rollback-failed' } })
    expect(because(late, minute(at('03:16')))).toBe('ignored: nothing-due')
    expect(later(late, minute(at('03:17')))).toMatchObject({ status: 'resolved', escalation: { level: 2 } })
  })
})
