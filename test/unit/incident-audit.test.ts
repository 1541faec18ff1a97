import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  acknowledges,
  asksRollback,
  at,
  clears,
  escalates,
  fires,
  holds,
  later,
  minute,
  opensModal,
  play,
  resolves,
  type Step,
  takesOver,
  worker,
} from '../support/incident-builders.ts'
import { live, moves } from '../support/incident-world.ts'

const open = play(fires('LambdaErrorAlarm', at('03:00')))
const lastOf = (incident: typeof open) => incident.actions?.at(-1)

describe('what anybody does is kept with before and after', () => {
  it.each([
    [
      'acknowledged',
      acknowledges('U1', at('03:01')),
      {
        by: 'U1',
        did: 'acknowledged',
        before: { status: 'open' },
        after: { status: 'acknowledged', owner: 'U1' },
      },
    ],
    [
      'escalated, with the reason',
      escalates('U1', 2, at('03:01'), 'I need help'),
      { by: 'U1', about: 'I need help', before: { level: 1 }, after: { level: 2 } },
    ],
    [
      'held',
      holds('U1', at('03:05'), 'wait'),
      { by: 'U1', about: 'wait', before: {}, after: { heldUntil: at('03:20') } },
    ],
    ['resolved', resolves('U1', at('03:01')), { by: 'U1', before: { status: 'open' }, after: { status: 'resolved' } }],
    [
      'gone up by itself',
      minute(at('03:15')),
      { by: 'bot', did: 'minute-passed', before: { level: 1 }, after: { level: 2 } },
    ],
    [
      'cleared by CloudWatch',
      clears('LambdaErrorAlarm', at('03:10')),
      { by: 'aws', about: 'LambdaErrorAlarm OK', before: { status: 'open' }, after: { status: 'recovering' } },
    ],
  ])('%s', (_what, event, expected) => {
    expect(lastOf(later(open, event))).toMatchObject(expected)
  })

  it('taken over: from whom to whom', () => {
    const taken = later(open, acknowledges('U1', at('03:01')), takesOver('U2', at('03:02')))
    expect(lastOf(taken)).toEqual({
      at: at('03:02'),
      by: 'U2',
      did: 'taken-over',
      before: { owner: 'U1' },
      after: { owner: 'U2' },
    })
  })

  it('a rollback step by step, by the person who asked and the performer that did it', () => {
    const moved = later(
      open,
      asksRollback('U1', at('03:01')),
      worker('start-rollback', { is: 'clear', from: '42', aliasRevision: 'r42' }, at('03:02')),
      worker('move-alias', { is: 'moved', from: '42' }, at('03:03')),
    )
    expect(moved.actions?.slice(-3).map(({ by, after }) => [by, after?.rollback])).toEqual([
      ['U1', 'requested v42 → v41'],
      ['aws', 'moving v42 → v41'],
      ['aws', 'verifying v42 → v41'],
    ])
  })

  it('what is due by itself is the bot’s, whoever did something at that moment', () => {
    const late = later(open, opensModal('U1', at('03:16')))
    expect(late.actions?.slice(1)).toEqual([
      {
        at: at('03:16'),
        by: 'bot',
        did: 'minute-passed',
        about: 'not-acknowledged',
        before: { level: 1 },
        after: { level: 2 },
      },
    ])
    const call = (press: string): Step => ({ type: 'customer-reported', at: at('03:02'), by: 'U1', press })
    const owned = play(fires('ApiGateway5xxAlarm', at('03:00')), acknowledges('U1', at('03:01')))
    const third = later(owned, call('1'), call('2'), call('3'))
    expect(third.actions?.slice(-2).map(({ by, about, after }) => [by, about, after])).toEqual([
      ['U1', undefined, { complaints: 3 }],
      ['bot', 'customers-complain', { level: 2 }],
    ])
  })

  it('opening a window is no action, and nothing that changes nothing', () => {
    expect(later(open, opensModal('U1', at('03:01'))).actions).toEqual(open.actions)
    expect(later(open, minute(at('03:01'))).actions).toEqual(open.actions)
  })
})

it('whatever happens: before is what the action before left, and after is how it stands', () => {
  let seen = 0
  fc.assert(
    fc.property(moves({ maxLength: 120 }), (list) => {
      let known: Record<string, unknown> = {}
      let id: string | undefined
      for (const { before, after } of live(list)) {
        if (!after) continue
        if (after.id !== id) known = {}
        id = after.id
        const isNew = before?.id !== after.id
        const fresh = isNew ? (after.actions ?? []) : (after.actions ?? []).slice(before?.actions?.length ?? 0)
        if (after.actionsLeftOut) return
        for (const action of fresh) {
          for (const [key, value] of Object.entries(action.before ?? {})) expect(known[key]).toEqual(value)
          for (const key of Object.keys(action.before ?? {})) delete known[key]
          known = { ...known, ...action.after }
          seen += 1
        }
        expect(known).toMatchObject({ status: after.status, level: after.escalation.level })
        expect(isDeepStrictEqual(known.owner, after.owner?.user)).toBe(true)
      }
    }),
    { numRuns: 100 },
  )
  expect(seen).toBeGreaterThan(300)
})
