import { describe, expect, it } from 'vitest'
import { adviceFor } from '../../bot/incident/advice-for.ts'
import type { Health } from '../../bot/incident/health.ts'
import type { Incident } from '../../bot/incident/incident.ts'
import { type AdviceFacts, type Criterion, comesFirst, rollbackAdvice } from '../../bot/incident/rollback-advice.ts'
import { aFunction, anEvidence, anIncident, aQuietIncident, aRollback, later, noon } from '../support/builders.ts'
import { anErrorShape, deployedAt } from '../support/change-builders.ts'

const health = (change: Partial<Health> = {}): Health => ({
  from: later(-3),
  to: noon,
  calls: 400,
  errors: 4,
  requests: 500,
  p95: 0.3,
  before: { until: later(-60), p95: 0.2 },
  ...change,
})
const judged = (change: Partial<AdviceFacts> = {}) =>
  rollbackAdvice({ deployment: deployedAt(-60), alarmAt: noon, now: later(1), health: health(), ...change })
const only =
  (wanted: Criterion['criterion']) =>
  (change: Partial<AdviceFacts>): Criterion | undefined =>
    judged(change).find(({ criterion }) => criterion === wanted)
const justDeployed = only('just-deployed')
const errors = only('errors')
const p95 = only('p95')
const complaints = only('complaints')

it('every criterion has its numbers', () => {
  expect(judged()).toEqual([
    { criterion: 'just-deployed', is: 'not-met', minutesAfter: 60 },
    { criterion: 'errors', is: 'not-met', calls: 400, percent: 1 },
    { criterion: 'p95', is: 'not-met', now: 0.3, before: 0.2 },
    { criterion: 'complaints', is: 'not-known' },
  ])
})

describe('within ten minutes of a deployment, after the automatic rollback had its time', () => {
  const deployment = deployedAt(-7, { status: 'InProgress' })
  const automatic = (state: 'running' | 'succeeded' | 'failed') => ({ deployment: 'd-undo', of: 'd--7', state })
  it.each([
    ['three minutes after the alarm', { deployment, now: later(3) }, { is: 'met', minutesAfter: 7 }],
    [
      'a minute before that, CodeDeploy has one still',
      { deployment, now: later(2) },
      { is: 'not-met', minutesAfter: 7, waitMinutes: 1 },
    ],
    ['at the alarm, it has three', { deployment, now: noon }, { is: 'not-met', minutesAfter: 7, waitMinutes: 3 }],
    [
      'CodeDeploy takes back nothing that it has finished',
      { deployment: deployedAt(-7), now: noon },
      { is: 'met', minutesAfter: 7 },
    ],
    ['ten minutes are within', { deployment: deployedAt(-10), now: later(3) }, { is: 'met', minutesAfter: 10 }],
    ['eleven are not', { deployment: deployedAt(-11), now: later(3) }, { is: 'not-met', minutesAfter: 11 }],
    [
      'the time counts from the end of the deployment',
      { deployment: deployedAt(-14, { completedAt: later(-8) }), now: later(3) },
      { is: 'met', minutesAfter: 8 },
    ],
    [
      'an alarm while it is under way',
      { deployment: deployedAt(-2, { completedAt: later(4) }), now: later(5) },
      { is: 'met', minutesAfter: 0 },
    ],
    [
      'CodeDeploy is taking it back',
      { deployment, now: later(4), automatic: automatic('running') },
      { is: 'not-met', minutesAfter: 7, taken: true },
    ],
    [
      'it has',
      { deployment, now: later(4), automatic: automatic('succeeded') },
      { is: 'not-met', minutesAfter: 7, taken: true },
    ],
    [
      'it could not, so nobody waits',
      { deployment, now: later(1), automatic: automatic('failed') },
      { is: 'met', minutesAfter: 7 },
    ],
    ['the alarm came first', { deployment: deployedAt(1) }, { is: 'not-met' }],
    ['no deployment is known', { deployment: undefined }, { is: 'not-known' }],
  ])('%s', (_title, change, expected) => {
    expect(justDeployed(change)).toEqual({ criterion: 'just-deployed', ...expected })
  })
})

describe('errors of 3 % or more', () => {
  it.each([
    ['3 %', health({ errors: 12 }), { is: 'met', calls: 400, percent: 3 }],
    ['just below', health({ errors: 11 }), { is: 'not-met', calls: 400, percent: 2.75 }],
    ['of too few calls', health({ calls: 19, errors: 19 }), { is: 'not-known', calls: 19 }],
    ['not read', undefined, { is: 'not-known' }],
  ])('%s', (_title, seen, expected) => {
    expect(errors({ health: seen })).toEqual({ criterion: 'errors', ...expected })
  })
})

describe('p95 twice what it was in the 24 h before the deployment', () => {
  const { p95: _p95, ...silent } = health()
  const { before: _before, ...young } = health()
  it.each([
    ['twice', health({ p95: 0.4 }), { is: 'met', now: 0.4, before: 0.2 }],
    ['almost', health({ p95: 0.39 }), { is: 'not-met', now: 0.39, before: 0.2 }],
    ['of too few requests', health({ p95: 4, requests: 19 }), { is: 'not-known', now: 4, before: 0.2 }],
    ['nobody asks', silent, { is: 'not-known', before: 0.2 }],
    ['nobody asked before', young, { is: 'not-known', now: 0.3 }],
    ['not read', undefined, { is: 'not-known' }],
  ])('%s', (_title, seen, expected) => {
    expect(p95({ health: seen })).toEqual({ criterion: 'p95', ...expected })
  })
})

describe('customers who write in', () => {
  it.each([
    [1, { is: 'met', count: 1 }],
    [0, { is: 'not-met', count: 0 }],
    [undefined, { is: 'not-known' }],
  ])('%s', (count, expected) => {
    expect(complaints({ complaints: count })).toEqual({ criterion: 'complaints', ...expected })
  })
})

describe('what the message says of it', () => {
  const api = aFunction({ deployments: [deployedAt(-60)] })
  const evidence = anEvidence({ functions: { api }, health: health({ errors: 40 }) })
  const met = (incident: Incident) =>
    adviceFor(incident)
      .filter(({ is }) => is === 'met')
      .map(({ criterion }) => criterion)

  it('what is met', () => {
    expect(met(anIncident({ evidence }))).toEqual(['errors'])
    const complaints = { count: 3, since: noon, last: { by: 'U1', at: noon }, presses: [] }
    expect(met(anIncident({ evidence, complaints }))).toEqual(['errors', 'complaints'])
  })

  const busy = 'ProvisionedThroughputExceededException: too many'
  it.each<[string, Incident]>([
    ['a rollback is under way', anIncident({ evidence, rollback: aRollback() })],
    ['one has been made', anIncident({ evidence, rollback: aRollback({ status: 'not-proven' }) })],
    ['it is quiet', aQuietIncident({ evidence })],
    ['nothing is known yet', anIncident()],
    [
      'nothing was deployed in the day before',
      anIncident({ evidence: { ...evidence, functions: { api: aFunction({ deployments: [deployedAt(-1500)] }) } } }),
    ],
    [
      'nothing is known to have been deployed',
      anIncident({ evidence: { ...evidence, functions: { api: aFunction({ deployments: [] }) } } }),
    ],
    [
      'there is nothing to go back to',
      anIncident({ evidence: { ...evidence, functions: { api: { ...api, versions: [{ version: '42' }] } } } }),
    ],
    [
      'the cause is elsewhere',
      anIncident({ evidence: { ...evidence, errors: { from: noon, top: [anErrorShape(busy)], isWhole: true } } }),
    ],
  ])('nothing while %s', (_title, incident) => {
    expect(adviceFor(incident)).toEqual([])
  })

  it('the automatic rollback comes first', () => {
    const just = {
      ...evidence,
      functions: { api: aFunction({ deployments: [deployedAt(-7, { status: 'InProgress' })] }) },
    }
    expect(adviceFor(anIncident({ evidence: { ...just, readAt: later(1) } })).some(comesFirst)).toBe(true)
    expect(adviceFor(anIncident({ evidence: { ...just, readAt: later(3) } })).some(comesFirst)).toBe(false)
    expect(met(anIncident({ evidence: { ...just, readAt: later(3) } }))).toEqual(['just-deployed', 'errors'])
  })
})
