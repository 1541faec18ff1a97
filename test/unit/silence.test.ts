import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Bulletin, isLiveBulletin } from '../../bot/bulletin/bulletin.ts'
import { decideBulletin } from '../../bot/bulletin/decide.ts'
import type { BulletinEvent } from '../../bot/bulletin/event.ts'
import { goesToSilence, knows, overlap, ringingOn, type SilenceFacts, silencesOf } from '../../bot/bulletin/silence.ts'
import type { AlarmState } from '../../bot/incident/alarm-record.ts'
import { decide } from '../../bot/incident/decide.ts'
import { plus } from '../../common/time.ts'
import { anAlarm, anIncident, aResolvedIncident, byName, quiet } from '../support/builders.ts'
import {
  aSilence,
  aSilenceBulletin,
  aSilencedAlarm,
  minutePasses,
  shows,
  tell,
  waitingIn,
} from '../support/bulletin-builders.ts'
import { alarm, at, clears, fires } from '../support/incident-builders.ts'

const errors = 'LambdaErrorAlarm'
const because = (bulletin: Bulletin | undefined, event: BulletinEvent) => decideBulletin(bulletin, event).because

const asks = (when: string, change: object = {}): BulletinEvent => ({
  type: 'silence-asked',
  at: when,
  of: 'api',
  reason: 'moving the gateway',
  by: 'U1',
  press: 'V1',
  until: plus(when, 3_600_000),
  ...change,
})
const hears = (state: AlarmState, changedAt: string, when = changedAt, name = errors): BulletinEvent => ({
  type: 'alarm-silenced',
  at: when,
  service: 'api',
  alarm: alarm(name, state, changedAt),
})
const ends = (when: string, press = 'V1'): BulletinEvent => ({ type: 'silence-end-asked', at: when, by: 'U2', press })
const handsOn = (when: string, incidents = {}): BulletinEvent => ({
  type: 'silence-handed-on',
  at: when,
  press: 'V1',
  incidents,
})
const factsOf = ({ facts }: Bulletin): SilenceFacts => {
  if (facts.kind !== 'silence') throw new Error('no silence')
  return facts
}
const begun = tell(undefined, asks(at('03:00')))
const tellsEnd = ({ pending }: Bulletin): BulletinEvent => ({
  type: 'effect-done',
  at: at('04:00'),
  effect: pending.find(({ effect }) => effect.kind === 'tell-end')?.id ?? 'none',
  outcome: { is: 'done' },
})

describe('a silence that begins', () => {
  it('is a message of the alerts channel, with an end', () => {
    expect(begun).toMatchObject({
      id: 'silence-api',
      channel: 'alerts',
      facts: { of: 'api', by: 'U1', from: at('03:00'), until: at('04:00'), alarms: {} },
    })
    expect(waitingIn(begun)).toEqual(['show'])
  })

  it('begins once, however often it is asked for, and not beside another', () => {
    expect(because(begun, asks(at('03:01')))).toBe('already-known')
    expect(because(begun, asks(at('03:01'), { press: 'V2' }))).toBe('already-silenced')
  })

  it('waits until the one before has told its end', () => {
    const over = tell(begun, shows(at('03:00')), minutePasses(at('04:00')))
    const next = asks(at('04:01'), { press: 'V2' })
    expect(because(over, next)).toBe('not-closed-yet')
    const handed = tell(over, handsOn(at('04:00')))
    expect(because(handed, next)).toBe('not-closed-yet')
    const told = tell(handed, shows(at('04:00')), tellsEnd)
    expect(isLiveBulletin(told)).toBe(false)
    const second = tell(told, next)
    expect(second).toMatchObject({ facts: { press: 'V2', alarms: {} }, openedAt: at('04:01') })
    expect(second).not.toHaveProperty('message')
    expect(Number(second.pending[0]?.id)).toBeGreaterThan(told.effects)
  })
})

describe('what it has on record', () => {
  const rang = tell(begun, hears('ALARM', at('03:05')))

  it('is one alarm, with its first time, how often it rang, and how it stands', () => {
    const often = tell(
      rang,
      hears('OK', at('03:07')),
      hears('ALARM', at('03:09')),
      hears('INSUFFICIENT_DATA', at('03:11')),
    )
    expect(factsOf(often).alarms[errors]).toMatchObject({
      firstAt: at('03:05'),
      firedAt: at('03:09'),
      fired: 2,
      ringing: true,
      service: 'api',
    })
  })

  it.each<[string, BulletinEvent, string]>([
    ['the same again', hears('ALARM', at('03:05'), at('03:06')), 'already-known'],
    ['what came late', hears('OK', at('03:04'), at('03:06')), 'older-than-known'],
    ['the end of what it does not know', hears('OK', at('03:06'), at('03:06'), 'other'), 'not-silenced'],
    ['an alarm after its time', hears('ALARM', at('03:59'), at('04:00'), 'other'), 'not-silenced'],
  ])('%s changes nothing', (_, event, why) => {
    expect(because(rang, event)).toBe(why)
  })

  it('learns that an alarm is over until it has handed on what rings', () => {
    const over = tell(rang, minutePasses(at('04:00')))
    expect(because(over, hears('OK', at('04:00')))).toBe('a silenced alarm changed')
    expect(because(tell(over, handsOn(at('04:00'))), hears('OK', at('04:00')))).toBe('not-silenced')
  })

  it('is forty alarms at most', () => {
    const names = Array.from({ length: 40 }, (_, index) => `a${index}`)
    const full = tell(begun, ...names.map((name) => hears('ALARM', at('03:05'), at('03:05'), name)))
    expect(because(full, hears('ALARM', at('03:06')))).toBe('silence-full')
    expect(because(full, hears('OK', at('03:06'), at('03:06'), 'a7'))).toBe('a silenced alarm changed')
  })
})

describe('the end', () => {
  const rang = tell(begun, shows(at('03:00')), hears('ALARM', at('03:05')), shows(at('03:05')))

  it('comes with the first minute after its time, and is told when what rings is handed on', () => {
    expect(because(rang, minutePasses(at('03:59')))).toBe('nothing-due')
    const over = tell(rang, minutePasses(at('04:02')))
    expect(factsOf(over).ended).toEqual({ at: at('04:00') })
    expect([waitingIn(over), isLiveBulletin(over)]).toEqual([['show'], true])
    const handed = tell(over, handsOn(at('04:02'), { [errors]: 'api-1' }))
    expect(waitingIn(handed)).toEqual(['show', 'tell-end'])
    expect(because(handed, handsOn(at('04:03')))).toBe('already-done')
    expect(handed.endedAt).toBe(at('04:02'))
    expect(isLiveBulletin(tell(handed, shows(at('04:03')), tellsEnd))).toBe(false)
  })

  it('comes early where somebody wants it, and the button of an older silence ends no newer one', () => {
    expect(because(rang, ends(at('03:10'), 'V0'))).toBe('not-silenced')
    const over = tell(rang, ends(at('03:10')))
    expect(factsOf(over).ended).toEqual({ at: at('03:10'), by: 'U2' })
    expect(because(over, ends(at('03:11')))).toBe('not-silenced')
    expect(because(over, hears('ALARM', at('03:11'), at('03:11'), 'other'))).toBe('not-silenced')
  })

  it('hands on what rings, with its true time, and people have theirs from the end on', () => {
    const over = tell(rang, hears('INSUFFICIENT_DATA', at('03:50')), minutePasses(at('04:00')))
    const [handed] = ringingOn(factsOf(over), at('04:00'))
    expect(handed).toMatchObject({
      service: 'api',
      alarm: { name: errors, state: 'ALARM', silenced: { firedAt: at('03:05'), until: at('04:00') } },
    })
    if (!handed) throw new Error('nothing rings')
    const decision = decide(undefined, { type: 'alarm-changed', at: at('04:00'), ...handed })
    if ('ignored' in decision) throw new Error(decision.because)
    const { alarms, ringingSince, escalation } = decision.incident
    expect(ringingSince).toBe(at('04:00'))
    expect(alarms[errors]).toMatchObject({ firedAt: at('03:05'), silencedUntil: at('04:00'), fired: 1 })
    expect(escalation.next).toMatchObject({ due: at('04:15'), level: 2 })
    const again = decide(decision.incident, { type: 'alarm-changed', at: at('04:01'), ...handed })
    expect(again.because).toBe('already-known')
  })

  it('is no excuse for what fires anew after it', () => {
    const [handed] = ringingOn(factsOf(rang), at('04:00'))
    if (!handed) throw new Error('nothing rings')
    const opened = decide(undefined, { type: 'alarm-changed', at: at('04:00'), ...handed })
    const cleared = decide('ignored' in opened ? undefined : opened.incident, clears(errors, at('04:01')))
    const anew = decide('ignored' in cleared ? undefined : cleared.incident, fires(errors, at('04:02')))
    if ('ignored' in anew) throw new Error(anew.because)
    expect(anew.incident.alarms[errors]).toMatchObject({ firedAt: at('04:02') })
    expect(anew.incident.alarms[errors]).not.toHaveProperty('silencedUntil')
  })
})

describe('whether an alarm goes to the silence', () => {
  const ringing = { [errors]: aSilencedAlarm({ changedAt: at('03:05') }) }
  const over = { [errors]: aSilencedAlarm({ changedAt: at('03:07'), state: 'OK', ringing: false }) }
  const ended = { at: at('03:30'), by: 'U2' }
  const handedOn = { at: at('03:31'), incidents: {} }
  const event = (name: string, changedAt: string, now = changedAt, service = 'api') => ({
    service,
    at: now,
    alarm: alarm(name, 'ALARM', changedAt),
  })
  const firing = event(errors, at('03:20'))

  it.each<[string, boolean, Parameters<typeof goesToSilence>]>([
    ['fires while it runs', true, [aSilence(), undefined, firing]],
    ['fires while all is silenced', true, [aSilence({ of: 'all' }), undefined, firing]],
    [
      'is of another service',
      false,
      [aSilence(), undefined, event('DynamoDBThrottleAlarm', at('03:20'), at('03:20'), 'table')],
    ],
    [
      'is of no service of ours',
      false,
      [aSilence({ of: 'all' }), undefined, event('disk', at('03:20'), at('03:20'), 'disk')],
    ],
    ['clears', false, [aSilence(), undefined, { ...firing, alarm: alarm(errors, 'OK', at('03:20')) }]],
    ['comes at the very end', false, [aSilence(), undefined, event(errors, at('03:59'), at('04:00'))]],
    ['comes after somebody ended it', false, [aSilence({ ended }), undefined, event(errors, at('03:29'), at('03:30'))]],
    ['has an open incident to join', false, [aSilence(), anIncident(), firing]],
    ['would reopen an incident', true, [aSilence(), aResolvedIncident(), firing]],
    [
      'is known to the incident that was closed',
      false,
      [aSilence(), aResolvedIncident({ alarms: byName(quiet(anAlarm(), at('03:20'))) }), firing],
    ],
    [
      'is told at the end that is just coming',
      true,
      [aSilence({ ended, alarms: ringing }), undefined, event(errors, at('03:05'), at('03:31'))],
    ],
    ['fires anew after the end', false, [aSilence({ ended, alarms: ringing }), undefined, event(errors, at('03:31'))]],
    [
      'should have been told five minutes ago',
      false,
      [aSilence({ ended, alarms: ringing }), undefined, event(errors, at('03:05'), at('03:35'))],
    ],
    [
      'was handed on',
      false,
      [aSilence({ ended, handedOn, alarms: ringing }), undefined, event(errors, at('03:05'), at('03:32'))],
    ],
    [
      'comes again long after it was told to be over',
      true,
      [aSilence({ ended, handedOn, alarms: over }), undefined, event(errors, at('03:05'), at('05:00'))],
    ],
  ])('one that %s: %s', (_, goes, asked) => {
    expect(goesToSilence(...asked)).toBe(goes)
  })

  it('a silence of all and one of a service are about the same alarms', () => {
    expect([overlap('api', 'all'), overlap('all', 'table'), overlap('api', 'api'), overlap('api', 'table')]).toEqual([
      true,
      true,
      true,
      false,
    ])
    expect([silencesOf('updater'), silencesOf('disk-full'), silencesOf('drill')]).toEqual([['updater', 'all'], [], []])
  })
})

describe('whatever happens', () => {
  const names = [errors, 'LambdaThrottleAlarm', 'other']
  const move = fc.record({
    what: fc.constantFrom('ALARM', 'ALARM', 'OK', 'INSUFFICIENT_DATA', 'again', 'end', 'minute', 'hand on'),
    name: fc.constantFrom(...names),
    afterMs: fc.constantFrom(0, 1_000, 60_000, 60_000, 300_000),
    lateMs: fc.constantFrom(0, 0, 0, 20_000, 60_000),
  })

  /** The rules as the doors follow them: what was told to incidents by the end, and the newest state of each alarm. */
  function live(list: readonly { what: string; name: string; afterMs: number; lateMs: number }[]) {
    let now = at('03:00')
    let bulletin = tell(undefined, asks(now, { until: plus(now, 15 * 60_000) }))
    const announced = new Map<string, string>()
    const newest = new Map<string, { state: string; changedAt: string }>()
    const steps: Bulletin[] = [bulletin]
    const apply = (event: BulletinEvent) => {
      const decision = decideBulletin(bulletin, event)
      if (!('ignored' in decision)) bulletin = decision.bulletin
      steps.push(bulletin)
    }
    const announce = (name: string, changedAt: string) => {
      if ((announced.get(name) ?? '') < changedAt) announced.set(name, changedAt)
    }
    const change = (name: string, state: AlarmState, changedAt: string) => {
      if ((newest.get(name)?.changedAt ?? '') < changedAt) newest.set(name, { state, changedAt })
      const told = { service: 'api', at: now, alarm: alarm(name, state, changedAt) }
      const goes = goesToSilence(factsOf(bulletin), undefined, told)
      if (goes || state !== 'ALARM') apply({ type: 'alarm-silenced', ...told })
      if (state === 'ALARM' && !(goes && knows(factsOf(bulletin), told.alarm))) announce(name, changedAt)
    }
    const close = () => {
      apply(minutePasses(now))
      if (!factsOf(bulletin).ended || factsOf(bulletin).handedOn) return
      for (const { alarm: each } of ringingOn(factsOf(bulletin), now)) announce(each.name, each.changedAt)
      apply(handsOn(now))
    }
    for (const { what, name, afterMs, lateMs } of list) {
      now = plus(now, afterMs)
      if (what === 'end') apply(ends(now))
      else if (what === 'minute') apply(minutePasses(now))
      else if (what === 'hand on') close()
      else if (what === 'again') {
        const last = newest.get(name)
        if (last) change(name, last.state as AlarmState, last.changedAt)
      } else change(name, what as AlarmState, plus(now, -lateMs))
    }
    now = plus(now, 4 * 3_600_000)
    close()
    return { bulletin, announced, newest, steps }
  }
  const lives = fc.array(move, { maxLength: 40, size: 'max' }).map(live)

  it('no alarm is lost: what rings last was told to an incident, in the silence or at its end', () => {
    fc.assert(
      fc.property(lives, ({ announced, newest }) => {
        for (const [name, { state, changedAt }] of newest)
          if (state === 'ALARM') expect([name, announced.get(name)]).toEqual([name, changedAt])
      }),
      { numRuns: 5_000 },
    )
  })

  it('it ends, tells its end once, and is what the table takes at every step', () => {
    fc.assert(
      fc.property(lives, ({ bulletin, steps }) => {
        expect(factsOf(bulletin)).toMatchObject({ ended: {}, handedOn: {} })
        expect(waitingIn(bulletin).filter((kind) => kind === 'tell-end')).toHaveLength(1)
        for (const step of steps.filter((each, index) => each !== steps[index - 1]))
          expect(Bulletin.safeParse(step).error).toBeUndefined()
      }),
      { numRuns: 300 },
    )
  })

  it('what is told again changes nothing', () => {
    const event = hears('ALARM', at('03:05'))
    const once = tell(begun, event)
    expect(tell(once, event)).toBe(once)
    expect(tell(aSilenceBulletin(), event, event).look).toBe(2)
  })
})
