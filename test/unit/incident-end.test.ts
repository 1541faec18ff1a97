import { describe, expect, it } from 'vitest'
import {
  acknowledges,
  at,
  because,
  clears,
  effectsOf,
  escalates,
  fires,
  happenings,
  later,
  losesData,
  minute,
  pendingId,
  play,
  reports,
  resolves,
} from '../support/incident-builders.ts'

const errors = 'LambdaErrorAlarm'
const gateway = 'ApiGateway5xxAlarm'
const open = play(fires(errors, at('03:00')), acknowledges('U1', at('03:02')))
const recovering = later(open, clears(errors, at('03:10')))
const resolved = later(recovering, minute(at('03:15')))

describe('the alarm clears', () => {
  it('and five quiet minutes begin', () => {
    expect(effectsOf(open, clears(errors, at('03:10')))).toEqual([
      { kind: 'show' },
      { kind: 'reply', say: { say: 'recovering', until: at('03:15') } },
    ])
    expect(recovering).toMatchObject({ status: 'recovering', quietUntil: at('03:15') })
    expect(recovering.escalation.next).toEqual({ nothingDue: 'recovering' })
  })

  it('nothing recovers while another alarm rings', () => {
    const half = later(open, fires(gateway, at('03:05')), clears(errors, at('03:10')))
    expect(half.status).toBe('acknowledged')
    expect(half.quietUntil).toBeUndefined()
    expect(later(half, clears(gateway, at('03:12')))).toMatchObject({ status: 'recovering', quietUntil: at('03:17') })
  })

  it('a second clear does not make the quiet time longer', () => {
    expect(later(recovering, clears(gateway, at('03:13')))).toMatchObject({
      status: 'recovering',
      quietUntil: at('03:15'),
    })
  })

  it.each([
    ['a second before the end of the quiet time nothing is due', '03:14:59', 'ignored: nothing-due'],
    ['at its end the incident is over', '03:15', 'it stayed quiet'],
  ])('%s', (_title, when, expected) => {
    expect(because(recovering, minute(at(when)))).toBe(expected)
  })

  it('firing within the quiet time goes on where it was', () => {
    const again = later(recovering, fires(errors, at('03:14')), minute(at('03:15')))
    expect(again.status).toBe('acknowledged')
    expect(again.quietUntil).toBeUndefined()
    expect(again.ringingSince).toBe(at('03:00'))
  })

  it('firing within the quiet time of an incident that nobody took is open again', () => {
    const nobodys = play(fires(errors, at('03:00')), clears(errors, at('03:01')), fires(errors, at('03:02')))
    expect(nobodys.status).toBe('open')
  })
})

describe('the end', () => {
  it('is shown, told and archived', () => {
    expect(effectsOf(recovering, minute(at('03:15')))).toEqual([
      { kind: 'show' },
      { kind: 'reply', say: { say: 'resolved' } },
      { kind: 'archive' },
    ])
    expect(resolved).toMatchObject({ status: 'resolved', resolved: { at: at('03:15') }, archived: false })
    expect(resolved.quietUntil).toBeUndefined()
    expect(resolved.escalation.next).toEqual({ nothingDue: 'resolved' })
    expect(resolved.timeline.at(-1)).toMatchObject({ what: 'resolved', from: 'recovering' })
  })

  it('is archived once its copy stands under its own key', () => {
    expect(later(resolved, reports('archive', { is: 'done' }, at('03:16'))).archived).toBe(true)
  })

  it('closed by a person while the alarm rings: its clear is noted and nothing is told', () => {
    const closed = later(open, resolves('U2', at('03:05')))
    expect(closed.resolved).toEqual({ at: at('03:05'), by: 'U2' })
    expect(effectsOf(closed, clears(errors, at('03:06')))).toEqual([])
    const cleared = later(closed, clears(errors, at('03:06')))
    expect(cleared).toMatchObject({ status: 'resolved', resolved: { at: at('03:05'), by: 'U2' } })
    expect(cleared.timeline.at(-1)).toMatchObject({ what: 'alarm-cleared', from: 'resolved' })
  })

  it.each([
    ['a clear and a click of Resolve, in this order', [clears(errors, at('03:05')), resolves('U2', at('03:05:01'))]],
    ['a click of Resolve and a clear, in this order', [resolves('U2', at('03:05')), clears(errors, at('03:05:01'))]],
    ['a click, then an alarm without data', [resolves('U2', at('03:05')), losesData(errors, at('03:05:01'))]],
    ['a click, then a late click of Acknowledge', [resolves('U2', at('03:05')), acknowledges('U3', at('03:05:01'))]],
    ['a click, then a late sweep', [resolves('U2', at('03:05')), minute(at('03:20'))]],
  ])('%s, crossing, leave it resolved', (_title, steps) => {
    expect(later(open, ...steps).status).toBe('resolved')
  })
})

describe('firing again after the end', () => {
  const again = (when: string) => later(resolved, fires(errors, at(when)))

  it.each([
    ['a minute later', '03:16'],
    ['half an hour later to the second', '03:45'],
  ])('%s reopens the same incident, its owner kept', (_title, when) => {
    expect(again(when)).toMatchObject({
      id: 'api-20261123T030000Z',
      status: 'acknowledged',
      owner: { user: 'U1' },
      reopened: 1,
      openedAt: at('03:00'),
      ringingSince: at(when),
      archived: false,
    })
    expect(again(when).resolved).toBeUndefined()
    expect(happenings(again(when)).slice(-2)).toEqual(['alarm-fired', 'reopened'])
  })

  it('reopening is told in the thread', () => {
    expect(effectsOf(resolved, fires(errors, at('03:20')))).toEqual([
      { kind: 'show' },
      { kind: 'reply', say: { say: 'reopened', alarm: errors } },
      { kind: 'read-evidence' },
    ])
  })

  it('reopening keeps the level', () => {
    const climbed = later(
      open,
      escalates('U1', 2, at('03:05')),
      resolves('U1', at('03:10')),
      fires(gateway, at('03:30')),
    )
    expect(climbed).toMatchObject({ status: 'acknowledged', escalation: { level: 2, since: at('03:05') } })
  })

  it('reopening takes back an archiving that has not happened yet', () => {
    expect(pendingId(resolved, 'archive')).toBeDefined()
    expect(pendingId(again('03:20'), 'archive')).toBeUndefined()
  })

  it('the response time of an incident that nobody took counts from the reopening', () => {
    const nobodys = play(fires(gateway, at('03:00')), clears(gateway, at('03:02')), minute(at('03:07')))
    expect(later(nobodys, fires('Unlisted', at('03:30'), { severity: 'Low' })).escalation.next).toEqual({
      due: at('03:45'),
      level: 2,
      why: 'not-acknowledged',
    })
  })

  it('more than half an hour later a new incident begins, with nothing of the old one', () => {
    const next = again('03:45:01')
    expect(next).toMatchObject({ id: 'api-20261123T034501Z', status: 'open', reopened: 0, effects: 3 })
    expect(next.owner).toBeUndefined()
    expect(Object.keys(next.alarms)).toEqual([errors])
  })

  it('more than half an hour later a clear opens nothing', () => {
    const closed = later(open, resolves('U2', at('03:05')))
    expect(because(closed, clears(errors, at('04:00')))).toBe('ignored: nothing-open')
  })
})
