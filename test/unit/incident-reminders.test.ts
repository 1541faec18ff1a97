import { describe, expect, it } from 'vitest'
import type { Incident } from '../../bot/incident/incident.ts'
import {
  acknowledges,
  asksRollback,
  at,
  because,
  clears,
  effectsOf,
  fires,
  holds,
  isStillOnIt,
  later,
  minute,
  play,
  takesOver,
  worker,
} from '../support/incident-builders.ts'

const since = (severity: 'Critical' | 'High' | 'Medium') =>
  play(fires('Unlisted', at('03:00'), { severity }), acknowledges('U1', at('03:05')))
const reminder = (incident: Incident, when: string) =>
  effectsOf(incident, minute(when)).flatMap((effect) =>
    effect.kind === 'reply' && effect.say.say === 'reminder' ? [effect.say] : [],
  )

describe('an owner who does nothing is reminded', () => {
  it.each([
    ['Critical after 15 minutes', 'Critical', at('03:19:59'), at('03:20')],
    ['High after half an hour', 'High', at('03:34:59'), at('03:35')],
  ] as const)('%s', (_what, severity, before, due) => {
    const owned = since(severity)
    expect(reminder(owned, before)).toEqual([])
    expect(reminder(owned, due)).toEqual([
      { say: 'reminder', owner: 'U1', minutes: severity === 'High' ? 30 : 15, isLast: false },
    ])
  })

  it('Medium never', () => {
    expect(reminder(since('Medium'), at('08:00'))).toEqual([])
  })

  it('three times, the last time together with the people on call', () => {
    let incident = since('Critical')
    const told: boolean[] = []
    for (const when of ['03:20', '03:35', '03:50', '04:05', '05:00']) {
      told.push(...reminder(incident, at(when)).map(({ isLast }) => isLast))
      incident = later(incident, minute(at(when)))
    }
    expect(told).toEqual([false, false, true])
  })

  it.each([['asks for time', holds('U1', at('03:19')), at('03:34')]])(
    'a quarter of an hour after the owner %s',
    (_what, sign, due) => {
      const critical = play(fires('LambdaErrorAlarm', at('03:14')), acknowledges('U1', at('03:15')))
      const heard = later(critical, sign)
      expect(reminder(heard, at('03:33:59'))).toEqual([])
      expect(reminder(heard, due)).toHaveLength(1)
    },
  )

  it('a quarter of an hour after the answer, which counts once', () => {
    const reminded = later(since('Critical'), minute(at('03:20')))
    const answered = later(reminded, isStillOnIt('U1', at('03:22')))
    expect(because(answered, isStillOnIt('U1', at('03:22')))).toBe('ignored: already-done')
    expect(reminder(answered, at('03:36:59'))).toEqual([])
    expect(reminder(answered, at('03:37'))).toMatchObject([{ minutes: 15, isLast: false }])
  })

  it('not while a rollback runs, nor while the alarm is quiet', () => {
    const api = play(fires('LambdaErrorAlarm', at('03:00')), acknowledges('U1', at('03:01')))
    expect(reminder(later(api, asksRollback('U1', at('03:02'))), at('03:25'))).toEqual([])
    expect(reminder(later(api, clears('LambdaErrorAlarm', at('03:10'))), at('03:17'))).toEqual([])
  })

  it('what the bot does in the name of the owner is no sign of the owner', () => {
    const unread = { is: 'checked', aliasReadBack: true, priceAnswered: true, requests: 0 } as const
    const refused = play(
      fires('LambdaErrorAlarm', at('03:00')),
      acknowledges('U1', at('03:01')),
      asksRollback('U1', at('03:02')),
      worker('start-rollback', { is: 'clear', from: '42', aliasRevision: 'r42' }, at('03:07')),
      worker('move-alias', { is: 'moved', from: '42' }, at('03:08')),
      worker('verify-rollback', unread, at('03:13')),
      asksRollback('U3', at('03:14')),
      worker('start-rollback', { is: 'refused', why: 'function-busy' }, at('03:15')),
    )
    expect(refused).not.toHaveProperty('rollback')
    expect(reminder(refused, at('03:16:59'))).toEqual([])
    expect(reminder(refused, at('03:17'))).toMatchObject([{ owner: 'U1' }])
  })

  it('whoever takes over is reminded instead', () => {
    const taken = later(since('Critical'), takesOver('U2', at('03:19')))
    expect(reminder(taken, at('03:20'))).toEqual([])
    expect(reminder(taken, at('03:34'))).toMatchObject([{ owner: 'U2' }])
  })

  it('nobody else can answer for the owner', () => {
    expect(because(since('Critical'), isStillOnIt('U2', at('03:21')))).toBe('ignored: not-the-owner')
  })
})
