import { describe, expect, it } from 'vitest'
import { parseDescription } from '../../bot/incident/evidence.ts'
import { type Incident, incidentId, serviceOf } from '../../bot/incident/incident.ts'
import {
  asksRollback,
  at,
  because,
  clears,
  deployment,
  effectsOf,
  fires,
  functionEvidence,
  later,
  minute,
  play,
  reading,
  readsEvidence,
  resolves,
} from '../support/incident-builders.ts'

const errors = 'LambdaErrorAlarm'
const open = play(fires(errors, at('03:00')))

describe("a version's description", () => {
  it.each([
    [
      'commit, author and subject',
      'abcdef1 by yui: Faster parsing',
      { commit: 'abcdef1', author: 'yui', subject: 'Faster parsing' },
    ],
    [
      'a whole commit id',
      `${'a'.repeat(40)} by Yui Sato: x`,
      { commit: 'a'.repeat(40), author: 'Yui Sato', subject: 'x' },
    ],
    ['a subject with colons', 'abcdef1 by yui: fix: a: b', { commit: 'abcdef1', author: 'yui', subject: 'fix: a: b' }],
    ['the first line of a subject', 'abcdef1 by yui: one\ntwo', { commit: 'abcdef1', author: 'yui', subject: 'one' }],
    ['no subject', 'abcdef1 by yui', { commit: 'abcdef1', author: 'yui' }],
    ['an empty subject', 'abcdef1 by yui: ', { commit: 'abcdef1', author: 'yui' }],
    ['a subject that begins on the next line', 'abcdef1 by yui: \ntwo', { commit: 'abcdef1', author: 'yui' }],
    ['too short a commit', 'abc by yui: x', { subject: 'abc by yui: x' }],
    ['written by hand', 'Published from the console', { subject: 'Published from the console' }],
    ['long and by hand', 'x'.repeat(900), { subject: 'x'.repeat(200) }],
    ['nothing', '', {}],
  ])('%s', (_title, text, expected) => {
    expect(parseDescription(text)).toEqual(expected)
  })
})

describe('an incident id', () => {
  it('holds service and opening time, whatever the service is called', () => {
    expect(incidentId('api', '2026-11-23T03:00:00.123Z')).toBe('api-20261123T030000Z')
    expect(serviceOf(incidentId('order-queue-age', at('03:00')))).toBe('order-queue-age')
  })
})

describe('evidence', () => {
  it('brings the numbers of the alarms that ring, and the message is drawn again', () => {
    const read = readsEvidence(at('03:00:10'), { readings: [reading(errors, 14.2, at('03:00:10'))] })
    expect(later(open, read).alarms[errors]?.value).toBe(14.2)
    expect(effectsOf(open, read)).toEqual([{ kind: 'show' }])
  })

  it('says nothing about alarms that are quiet, unlisted or not measured', () => {
    const mixed = later(open, fires('Unlisted', at('03:00:01')), clears(errors, at('03:00:02')))
    const read = later(mixed, readsEvidence(at('03:00:10'), { readings: [reading(errors, 14.2, at('03:00:10'))] }))
    expect(read.alarms).toEqual(mixed.alarms)
    expect(read.evidence?.readAt).toBe(at('03:00:10'))
  })

  it('that comes after the end changes nothing', () => {
    const over = later(open, resolves('U1', at('03:01')))
    expect(effectsOf(over, readsEvidence(at('03:02')))).toEqual([])
    expect(later(over, readsEvidence(at('03:02'))).evidence).toBeUndefined()
  })

  it.each([
    ['when none was read yet', open, '03:01', true],
    ['not before a minute is almost over', later(open, readsEvidence(at('03:00:10'))), '03:01:04', false],
    ['a minute later', later(open, readsEvidence(at('03:00:10'))), '03:01:05', true],
    [
      'not when the alarm is quiet',
      later(open, readsEvidence(at('03:00:10')), clears(errors, at('03:01'))),
      '03:02',
      false,
    ],
  ])('is read again by the sweep %s', (_title, incident, when, isRead) => {
    const idle = { ...incident, pending: [] }
    expect(effectsOf(idle, minute(at(when)))).toEqual(isRead ? [{ kind: 'read-evidence' }] : [])
  })
})

describe('evidence that cannot be read for minutes', () => {
  const read = later(open, readsEvidence(at('03:02')))
  const show = { kind: 'show' }
  const isTold = (incident: Incident, when: string) =>
    effectsOf(incident, minute(at(when))).filter(({ kind }) => kind === 'show')

  it.each([
    ['none within five minutes', open, '03:04:59', []],
    ['none in five minutes', open, '03:05', [show]],
    ['some, within five minutes of it', read, '03:06:59', []],
    ['some, and none in five minutes since', read, '03:07', [show]],
    ['some before it rang again', later(read, clears(errors, at('03:03')), fires(errors, at('03:08'))), '03:12:59', []],
    ['some, and it no longer rings', later(read, clears(errors, at('03:03'))), '03:07:30', []],
  ])('%s: the message is drawn anew, or not', (_title, incident, when, drawn) => {
    expect(isTold({ ...incident, pending: [] }, when)).toEqual(drawn)
  })

  it('is told once, until something is read again', () => {
    const late = later(read, minute(at('03:07')))
    expect(late.evidenceIsLate).toBe(true)
    expect(because({ ...read, pending: [] }, minute(at('03:07')))).toContain('nothing could be read for minutes')
    expect(isTold({ ...late, pending: [] }, '03:09')).toEqual([])
    const again = later(late, readsEvidence(at('03:09')))
    expect(again).not.toHaveProperty('evidenceIsLate')
    expect(isTold({ ...again, pending: [] }, '03:14')).toEqual([show])
  })
})

describe("CodeDeploy's own rollback", () => {
  const undo = (when: string, status = 'InProgress', undoes = 'd-42') =>
    deployment('d-43', '42', '41', when, { undoes, status })
  const knows = (...deployments: ReturnType<typeof undo>[]) =>
    readsEvidence(at('03:05'), { functions: { updater: functionEvidence({ deployments }) } })

  it('is told when it begins and when it ends', () => {
    expect(effectsOf(open, knows(undo(at('03:01'))))).toEqual([
      { kind: 'show' },
      { kind: 'reply', say: { say: 'automatic-rollback', state: 'running', deployment: 'd-43', of: 'd-42' } },
    ])
    const begun = later(open, knows(undo(at('03:01'))), minute(at('03:07')))
    expect(later(begun, knows(undo(at('03:01'), 'Succeeded'))).automaticRollback).toEqual({
      deployment: 'd-43',
      of: 'd-42',
      state: 'succeeded',
    })
  })

  it.each([
    ['half an hour before the incident counts', knows(undo(at('02:30'))), true],
    ['earlier than that is an old story', knows(undo('2026-11-23T02:29:59.000Z')), false],
    ['a deployment of a person is none', knows(deployment('d-42', '41', '42', at('03:01'))), false],
    ['no deployments at all', readsEvidence(at('03:05')), false],
  ])('%s', (_title, step, isKnown) => {
    expect(later(open, step).automaticRollback !== undefined).toBe(isKnown)
  })

  it('of several, the newest counts', () => {
    const older = { ...undo(at('03:01'), 'Failed', 'd-40'), id: 'd-41' }
    expect(later(open, knows(older, undo(at('03:02')))).automaticRollback?.deployment).toBe('d-43')
  })

  it('is told while a person rolls another deployment back', () => {
    const asked = later(open, asksRollback('U1', at('03:04')))
    expect(later(asked, knows(undo(at('03:01')))).automaticRollback?.of).toBe('d-42')
  })
})
