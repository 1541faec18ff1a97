import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide } from '../../bot/incident/decide.ts'
import { Incident } from '../../bot/incident/incident.ts'
import { offered } from '../../bot/incident/when-remedy-asked.ts'
import {
  acknowledges,
  at,
  because,
  clears,
  effectsOf,
  fires,
  later,
  minute,
  play,
  resolves,
  type Step,
  story,
} from '../support/incident-builders.ts'
import { aPlan, asksRemedy, asksUndo, looks, remedyReports } from '../support/remedy-builders.ts'

const open = play(fires('ExternalApiErrorAlarm', at('03:00')))
const asked = later(open, asksRemedy('U1', at('03:02')))
const inForce = later(asked, remedyReports('apply-remedy', { is: 'changed' }, at('03:02:05')))
const remedy = (incident: Incident) => incident.remedies?.[0]
const saidOf = (incident: Incident, event: Step) =>
  effectsOf(incident, event).flatMap((effect) =>
    effect.kind === 'reply' && effect.say.say === 'remedy' ? [effect.say.told] : [],
  )

describe('what is offered', () => {
  const names = (incident: Incident) => offered(incident).map(({ name, direction }) => `${direction} ${name}`)
  const all = ['apply update-less-often', 'apply longer-cache', 'apply other-provider']

  it.each([
    ['the source fails', open, all],
    ['prices are old', play(fires('PricesStaleAlarm', at('03:00'))), all],
    ['the table is asked too much', play(fires('DynamoDBThrottleAlarm', at('03:00'))), ['apply disable-key']],
    ['it is on its way', asked, all.slice(1)],
    ['it is in force', inForce, ['undo update-less-often', ...all.slice(1)]],
    ['the alarm is quiet', later(inForce, clears('ExternalApiErrorAlarm', at('03:05'))), ['undo update-less-often']],
    ['a person closed the incident', later(inForce, resolves('U1', at('03:05'))), ['undo update-less-often']],
    [
      'it was undone',
      later(inForce, asksUndo('U1', at('03:05')), remedyReports('undo-remedy', { is: 'changed' }, at('03:06'))),
      all,
    ],
  ])('%s', (_what, incident, expected) => {
    expect(names(incident)).toEqual(expected)
  })
})

describe('asked for', () => {
  it('it is written on condition of what was seen, and the incident is theirs', () => {
    expect(effectsOf(open, asksRemedy('U1', at('03:02')))[0]).toEqual({
      kind: 'apply-remedy',
      name: 'update-less-often',
      press: `apply-${at('03:02')}`,
      write: { target: 'settings', field: 'updateEveryMinutes', expect: null, write: 10 },
    })
    expect(asked).toMatchObject({ status: 'acknowledged', owner: { user: 'U1', at: at('03:02') } })
  })

  it('who has it keeps it', () => {
    expect(later(open, acknowledges('U2', at('03:01')), asksRemedy('U1', at('03:02'))).owner?.user).toBe('U2')
  })

  it.each([
    ['the same press again', asked, asksRemedy('U1', at('03:02')), 'already-done'],
    ['another press meanwhile', asked, asksRemedy('U2', at('03:03')), 'remedy-running'],
    ['another press after it', inForce, asksRemedy('U2', at('03:03')), 'remedy-in-force'],
    ['undo of what was never applied', open, asksUndo('U1', at('03:03')), 'remedy-not-in-force'],
    ['undo while it is applied', asked, asksUndo('U1', at('03:03')), 'remedy-running'],
    [
      'an alarm that is quiet',
      later(open, clears('ExternalApiErrorAlarm', at('03:01'))),
      asksRemedy('U1', at('03:02')),
      'remedy-not-offered',
    ],
    [
      'an incident that is over',
      later(open, resolves('U1', at('03:01'))),
      asksRemedy('U1', at('03:02')),
      'remedy-not-offered',
    ],
  ])('refused by name: %s', (_what, incident, event, why) => {
    expect(because(incident, event)).toBe(`ignored: ${why}`)
  })

  it.each([
    ['somebody was first', { why: 'changed-meanwhile', now: 15 }],
    ['AWS refuses', { why: 'aws-refused', message: 'AccessDeniedException: no' }],
    ['nobody knows', { why: 'no-answer', message: 'TimeoutError' }],
  ] as const)('not applied: %s', (_what, refused) => {
    const report = remedyReports('apply-remedy', { is: 'refused', ...refused }, at('03:03'))
    expect(saidOf(asked, report)).toEqual([
      { what: 'refused', direction: 'apply', by: 'U1', name: 'update-less-often', from: 5, to: 10, ...refused },
    ])
    const failed = later(asked, report)
    expect(remedy(failed)).toMatchObject({ status: 'failed', why: refused.why })
    expect(offered(failed)[0]).toEqual({ name: 'update-less-often', direction: 'apply' })
  })
})

describe('its proof', () => {
  it('updates ten minutes apart', () => {
    const proven = later(
      inForce,
      looks(at('03:11'), 10, at('03:10')),
      minute(at('03:21')),
      looks(at('03:21'), 10, at('03:20')),
    )
    expect(remedy(proven)).toMatchObject({ status: 'proven', shows: { minutesApart: 10 } })
    expect(story(proven).slice(-3)).toEqual(['remedy-asked', 'remedy-applied', 'remedy-proven'])
  })

  it('is looked for each minute, by one look at a time', () => {
    expect(inForce.pending.filter(({ effect }) => effect.kind === 'verify-remedies')).toHaveLength(1)
    const looked = later(inForce, looks(at('03:03'), 10, at('03:00')))
    expect(looked.pending.map(({ effect }) => effect.kind)).not.toContain('verify-remedies')
    expect(effectsOf(looked, minute(at('03:04')))).toContainEqual({ kind: 'verify-remedies' })
  })

  it('has an end, with what was missing', () => {
    const before = later(inForce, looks(at('03:37'), 10, at('03:10')))
    expect(remedy(before)).toMatchObject({ status: 'applied', missing: 'one-update' })
    const after = later(before, minute(at('03:38')))
    expect(saidOf(after, looks(at('03:38'), 10, at('03:10')))).toEqual([
      { what: 'not-proven', because: 'one-update', minutes: 36, name: 'update-less-often', from: 5, to: 10 },
    ])
  })

  it('ends even if nobody can look', () => {
    expect(remedy(later(inForce, minute(at('03:41'))))).toMatchObject({ status: 'not-proven', missing: 'not-readable' })
  })

  it('a value that somebody changed is told, and is not ours to undo', () => {
    const seen = looks(at('03:03'), 20, at('03:00'))
    expect(saidOf(inForce, seen)).toEqual([{ what: 'overtaken', now: 20, name: 'update-less-often', from: 5, to: 10 }])
    expect(because(later(inForce, seen), asksUndo('U1', at('03:04')))).toBe('ignored: remedy-not-in-force')
  })

  it('a look that began before the change judges nothing', () => {
    const early = looks(at('03:02:10'), 5, at('03:00'), at('03:02:03'))
    expect(remedy(later(inForce, early))).toEqual(remedy(inForce))
  })

  it('keeps the incident from ending by itself, but not for ever', () => {
    const quiet = later(inForce, clears('ExternalApiErrorAlarm', at('03:05')), minute(at('03:11')))
    expect(quiet.status).toBe('recovering')
    const proven = later(
      quiet,
      looks(at('03:12'), 10, at('03:10')),
      minute(at('03:21')),
      looks(at('03:21'), 10, at('03:20')),
    )
    expect(later(proven, minute(at('03:22'))).status).toBe('resolved')
    expect(later(quiet, minute(at('03:41'))).status).toBe('resolved')
  })
})

describe('undone', () => {
  const undoing = later(inForce, asksUndo('U2', at('03:05')))

  it('what stood before is written, on condition that it stands as we left it', () => {
    expect(effectsOf(inForce, asksUndo('U2', at('03:05')))[0]).toMatchObject({
      kind: 'undo-remedy',
      write: { field: 'updateEveryMinutes', expect: 10, write: null },
    })
    const undone = later(undoing, remedyReports('undo-remedy', { is: 'changed' }, at('03:06')))
    expect(remedy(undone)).toMatchObject({ status: 'undone', undone: { by: 'U2' } })
    expect(because(undone, asksUndo('U2', at('03:05')))).toBe('ignored: already-done')
  })

  it.each([
    ['somebody changed it', { why: 'changed-meanwhile', now: 7 }, 'overtaken'],
    ['AWS refuses', { why: 'aws-refused' }, 'applied'],
  ] as const)('not undone: %s', (_what, refused, status) => {
    const report = remedyReports('undo-remedy', { is: 'refused', ...refused }, at('03:06'))
    expect(remedy(later(undoing, report))).toMatchObject({ status })
    expect(saidOf(undoing, report)).toMatchObject([{ what: 'refused', direction: 'undo', by: 'U2', ...refused }])
  })

  it('after the end of the incident too', () => {
    const over = later(inForce, resolves('U1', at('03:05')), asksUndo('U2', at('03:10')))
    const undone = later(over, remedyReports('undo-remedy', { is: 'changed' }, at('03:11')))
    expect(undone.status).toBe('resolved')
    expect(remedy(undone)?.status).toBe('undone')
  })
})

describe('without an answer', () => {
  it.each([
    ['a change', asked, minute(at('03:23')), { status: 'failed', why: 'no-answer' }],
    ['an undo', later(inForce, asksUndo('U2', at('03:03'))), minute(at('03:24')), { status: 'applied' }],
  ])('%s is told as unknown and taken back', (_what, incident, event, left) => {
    const after = later(incident, event)
    expect(remedy(after)).toMatchObject(left)
    expect(saidOf(incident, event)).toMatchObject([{ what: 'refused', why: 'no-answer' }])
    expect(after.pending.map(({ effect }) => effect.kind)).not.toContain('undo-remedy')
    expect(after.pending.map(({ effect }) => effect.kind)).not.toContain('apply-remedy')
  })
})

it('a row of before there were remedies is read as it was', () => {
  expect(Incident.parse(JSON.parse(JSON.stringify(open)))).toEqual(open)
  expect('remedies' in open).toBe(false)
  expect(Incident.parse(JSON.parse(JSON.stringify(inForce)))).toEqual(inForce)
})

/** Whatever happens in whatever order: presses by two people, answers of every kind, looks, minutes, the end. */
const happening = fc.constantFrom<(when: string) => Step>(
  (when) => asksRemedy('U1', when),
  (when) => asksUndo('U2', when),
  (when) => answers('apply-remedy', when, true),
  (when) => answers('apply-remedy', when, false),
  (when) => answers('undo-remedy', when, true),
  (when) => answers('undo-remedy', when, false),
  (when) => looksOr(when, 10),
  (when) => looksOr(when, 20),
  (when) => minute(when),
  (when) => resolves('U1', when),
  (when) => fires('ExternalApiErrorAlarm', when),
)
const none = (when: string): ReturnType<typeof minute> => ({
  type: 'effect-done',
  at: when,
  effect: 'none',
  outcome: { is: 'done' },
})
const isPending = (incident: Incident, kind: string) => incident.pending.some(({ effect }) => effect.kind === kind)
const ifPending =
  (kind: string, step: Step, when: string): Step =>
  (incident) =>
    isPending(incident, kind) && typeof step === 'function' ? step(incident) : none(when)
const answers = (kind: 'apply-remedy' | 'undo-remedy', when: string, isDone: boolean): Step =>
  ifPending(
    kind,
    remedyReports(kind, isDone ? { is: 'changed' } : { is: 'refused', why: 'changed-meanwhile' }, when),
    when,
  )
const looksOr = (when: string, setting: number): Step => ifPending('verify-remedies', looks(when, setting, when), when)

describe('whatever happens', () => {
  const runs = fc.array(happening, { maxLength: 40 })
  const clock = (n: number) => new Date(Date.parse(at('03:01')) + n * 60_000).toISOString()

  it('replaying any event changes nothing, and at most one change of a remedy is on its way', () => {
    fc.assert(
      fc.property(runs, (list) => {
        let incident: Incident = open
        for (const [n, make] of list.entries()) {
          const step = make(clock(n))
          const event = typeof step === 'function' ? step(incident) : step
          const decision = decide(incident, event)
          if ('ignored' in decision) continue
          incident = decision.incident
          const again = decide(incident, event)
          if (event.type === 'remedy-asked' || event.type === 'effect-done') expect(again).toHaveProperty('ignored')
          const changes = incident.pending.filter(({ effect }) => /^(apply|undo)-remedy$/.test(effect.kind))
          expect(changes.length).toBeLessThanOrEqual(1)
          expect((incident.remedies ?? []).length).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  it('what is in force can always be undone, and by the value that was there before', () => {
    fc.assert(
      fc.property(runs, (list) => {
        let incident: Incident = open
        for (const [n, make] of list.entries()) incident = later(incident, make(clock(n)))
        if (!offered(incident).some(({ direction }) => direction === 'undo')) return
        const [effect] = effectsOf(incident, asksUndo('U3', clock(60)))
        expect(effect).toMatchObject({ kind: 'undo-remedy', write: { expect: aPlan.to, write: aPlan.write.expect } })
      }),
    )
  })
})
