import { describe, expect, it } from 'vitest'
import {
  asksRollback,
  at,
  because,
  clears,
  deployment,
  deploymentChanges,
  effectsOf,
  fires,
  functionEvidence,
  later,
  minute,
  pendingId,
  play,
  readsEvidence,
  worker,
} from '../support/incident-builders.ts'

const errors = 'LambdaErrorAlarm'
const asked = play(fires(errors, at('03:00')), asksRollback('U1', at('03:05')))
const stopAsked = worker('start-rollback', { is: 'stop-asked', deployment: 'd-42', own: false }, at('03:05:10'))
const stopping = later(asked, stopAsked)
const clear = worker('start-rollback', { is: 'clear', from: '42', aliasRevision: 'r42' }, at('03:05:10'))
const moving = later(asked, clear)
const moved = worker('move-alias', { is: 'moved', from: '42' }, at('03:05:20'))
const verifying = later(moving, moved)

describe('nothing is in the way', () => {
  it('the alias is moved at once, on condition of the revision just read', () => {
    const read = worker('start-rollback', { is: 'clear', from: '42', aliasRevision: 'r43' }, at('03:05:10'))
    expect(effectsOf(asked, read)).toEqual([
      { kind: 'move-alias', role: 'api', from: '42', to: '41', aliasRevision: 'r43' },
      { kind: 'show' },
    ])
    expect(moving.rollback).toMatchObject({ status: 'moving', stepAt: at('03:05:10') })
  })
})

describe('a deployment is under way', () => {
  it('it is stopped, told, and asked about', () => {
    expect(stopping.rollback).toMatchObject({ status: 'stopping', deployment: 'd-42', stepAt: at('03:05:10') })
    expect(stopping.timeline.at(-1)).toMatchObject({ what: 'deployment-stopped', about: 'd-42' })
    expect(effectsOf(asked, stopAsked)).toEqual([
      { kind: 'show' },
      { kind: 'reply', say: { say: 'deployment-stopping', deployment: 'd-42', own: false } },
      { kind: 'check-deployment', role: 'api', deployment: 'd-42' },
    ])
  })

  it('while it still runs the sweep asks again, and one question waits at a time', () => {
    const read = later(stopping, readsEvidence(at('03:05:25')))
    expect(because(read, minute(at('03:05:30')))).toBe('ignored: nothing-due')
    const waits = later(read, worker('check-deployment', { is: 'still-running' }, at('03:05:30')))
    expect(waits.rollback?.status).toBe('stopping')
    expect(pendingId(waits, 'check-deployment')).toBeUndefined()
    expect(because(waits, minute(at('03:06')))).toBe('there is something to look at')
    const again = later(waits, minute(at('03:06')), minute(at('03:07')))
    expect(again.pending.filter(({ effect }) => effect.kind === 'check-deployment')).toHaveLength(1)
  })

  it('an event of CodeDeploy asks at once', () => {
    const waits = later(stopping, worker('check-deployment', { is: 'still-running' }, at('03:05:30')))
    expect(effectsOf(waits, deploymentChanges(at('03:05:40')))).toEqual([
      { kind: 'check-deployment', role: 'api', deployment: 'd-42' },
      { kind: 'read-evidence' },
    ])
  })

  it('when it has ended, the alias is moved by its new revision', () => {
    const ended = worker('check-deployment', { is: 'ended', aliasRevision: 'r44' }, at('03:06'))
    expect(effectsOf(stopping, ended)[0]).toMatchObject({ kind: 'move-alias', to: '41', aliasRevision: 'r44' })
    expect(later(stopping, ended).rollback).toMatchObject({ status: 'moving', aliasRevision: 'r44' })
  })

  it('the undoing that our own stop set off is no automatic rollback', () => {
    const undo = deployment('d-43', '42', '41', at('03:05:15'), { undoes: 'd-42', status: 'InProgress' })
    const evidence = { functions: { api: functionEvidence({ deployments: [undo] }) } }
    expect(later(stopping, readsEvidence(at('03:05:30'), evidence)).automaticRollback).toBeUndefined()
  })
})

describe('the alias has moved', () => {
  it('it is told, and the proof begins', () => {
    expect(verifying.rollback).toMatchObject({ status: 'verifying', movedAt: at('03:05:20') })
    expect(verifying.timeline.at(-1)).toMatchObject({ what: 'alias-moved', by: 'U1', about: 'v42 → v41' })
    const effects = effectsOf(moving, moved)
    expect(effects).toContainEqual({
      kind: 'reply',
      say: { say: 'alias-moved', role: 'api', from: '42', to: '41' },
    })
    expect(effects).toContainEqual({
      kind: 'verify-rollback',
      role: 'api',
      to: '41',
      alarm: errors,
      since: at('03:05:20'),
    })
  })

  it('the clear of the alarm asks for the other half of the proof', () => {
    expect(effectsOf(verifying, clears(errors, at('03:07')))).toContainEqual({
      kind: 'verify-rollback',
      role: 'api',
      to: '41',
      alarm: errors,
      since: at('03:05:20'),
    })
    expect(effectsOf(moving, clears(errors, at('03:07'))).map(({ kind }) => kind)).toEqual(['show', 'reply'])
  })
})
