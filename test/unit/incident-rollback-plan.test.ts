import { describe, expect, it } from 'vitest'
import type { FunctionEvidence } from '../../bot/incident/evidence.ts'
import { planRollback, verdictOf } from '../../bot/incident/rollback-plan.ts'
import { at, deployment, functionEvidence } from '../support/incident-builders.ts'

const planFor = (rest: Partial<FunctionEvidence>, alarmAt = at('03:00')) =>
  planRollback('api', functionEvidence(rest), alarmAt)
const live = (version: string, weights: Record<string, number> = {}) => ({ version, weights, revisionId: 'r1' })
const ago = '2026-11-20T02:00:00.000Z'
const d40 = deployment('d-40', '39', '40', '2026-11-18T02:00:00.000Z')
const d41 = deployment('d-41', '40', '41', ago)
const d42 = deployment('d-42', '41', '42', at('02:50'))
const kept = (...numbers: string[]) => numbers.map((version) => ({ version }))

describe('the whole plan', () => {
  it('back to the version before the deployment at fault', () => {
    const versions = [{ version: '42', commit: 'abcdef1', author: 'yui' }, ...kept('41', '40')]
    expect(planFor({ versions })).toEqual({
      possible: true,
      role: 'api',
      from: '42',
      to: '41',
      aliasRevision: 'r42',
      verdict: 'likely',
      deployment: { id: 'd-42', status: 'Succeeded', createdAt: at('02:50'), from: '41', to: '42' },
      minutesBefore: 10,
      current: { version: '42', commit: 'abcdef1', author: 'yui' },
      goesAway: [{ version: '42', commit: 'abcdef1', author: 'yui' }],
      others: ['40'],
    })
  })

  it('a deployment that CodeDeploy has just undone is named; the versions before it are innocent', () => {
    const undoing = deployment('d-43', '42', '41', at('02:57'), { undoes: 'd-42' })
    const versions = [{ version: '42', commit: 'abcdef1', author: 'yui' }, ...kept('41', '40')]
    expect(planFor({ alias: live('41'), versions, deployments: [undoing, d42, d41] })).toEqual({
      possible: false,
      why: 'already-undone',
      now: '41',
      undone: { version: '42', commit: 'abcdef1', author: 'yui' },
    })
  })

  it('an alarm that came before the deployment is told by negative minutes', () => {
    expect(planFor({}, at('02:40'))).toMatchObject({ minutesBefore: -10, verdict: 'unlikely' })
  })

  it('every version in between goes away', () => {
    const leap = deployment('d-45', '41', '45', at('02:50'))
    const plan = planFor({ alias: live('45'), versions: kept('46', '45', '44', '42', '41'), deployments: [leap, d41] })
    expect(plan).toMatchObject({ from: '45', to: '41', goesAway: kept('45', '44', '42') })
  })

  it('a version that Lambda no longer lists goes away by its number', () => {
    expect(planFor({ versions: kept('41', '40') })).toMatchObject({ current: { version: '42' }, goesAway: [] })
  })
})

describe('the target', () => {
  const undo = (status: string) => deployment('d-43', '42', '41', at('03:01'), { undoes: 'd-42', status })
  const rows: [string, Partial<FunctionEvidence>, string, string][] = [
    ['is never a version that an earlier rollback left', { left: ['41'] }, '42', '40'],
    [
      'after CodeDeploy undid a deployment long before the alarm, is found from the one before',
      {
        alias: live('41'),
        deployments: [undo('Succeeded'), deployment('d-42', '41', '42', '2026-11-22T02:00:00.000Z'), d41, d40],
      },
      '41',
      '40',
    ],
    [
      'is never a version that CodeDeploy has undone',
      {
        alias: live('43'),
        versions: kept('43', '42', '41', '40'),
        deployments: [deployment('d-44', '42', '43', at('02:55')), undo('Succeeded'), d42, d41],
      },
      '43',
      '41',
    ],
    [
      'does not mind an undoing of what CodeDeploy no longer lists',
      { deployments: [{ ...undo('Succeeded'), undoes: 'd-7' }, d42, d41] },
      '42',
      '41',
    ],
    [
      'of a canary is the main version, its weights cleared',
      { alias: live('41', { '42': 0.1 }), deployments: [{ ...d42, status: 'InProgress' }, d41] },
      '42',
      '41',
    ],
    [
      'of a canary whose undoing failed half-way is the main version too',
      { alias: live('41', { '42': 0.1 }), deployments: [undo('Failed'), { ...d42, status: 'Stopped' }, d41] },
      '42',
      '41',
    ],
    [
      'after a rollback by hand, is before the deployment that is served now',
      { alias: live('41'), deployments: [d42, d41, d40], left: ['42'] },
      '41',
      '40',
    ],
    [
      'after somebody moved the alias back by hand, is before the deployment that is served now',
      { alias: live('40'), versions: kept('42', '41', '40', '39'), deployments: [d42, d41, d40] },
      '40',
      '39',
    ],
    [
      'may be a version whose undoing failed',
      {
        alias: live('43'),
        versions: kept('43', '42', '41'),
        deployments: [deployment('d-44', '42', '43', at('02:55')), undo('Failed'), d42],
      },
      '43',
      '42',
    ],
    [
      'when CodeDeploy knows nothing, is the version before by number',
      { alias: live('41'), versions: kept('42', '41', '40', '39'), deployments: [] },
      '41',
      '40',
    ],
    [
      'when CodeDeploy cannot say from where, too',
      { deployments: [{ id: 'd-42', status: 'Succeeded', createdAt: at('02:50'), to: '42' }] },
      '42',
      '41',
    ],
    [
      'skips deployments that say nothing of versions',
      { deployments: [{ id: 'd-9', status: 'Failed', createdAt: at('02:58') }, d42, d41] },
      '42',
      '41',
    ],
  ]

  it.each(rows)('%s', (_title, evidence, from, to) => {
    expect(planFor(evidence)).toMatchObject({ possible: true, from, to })
  })

  it('others are all that serve nothing, for a person to pick', () => {
    const versions = kept('42', '41', '40', '39', '38')
    expect(planFor({ alias: live('41', { '42': 0.1 }), versions })).toMatchObject({ others: ['40', '39', '38'] })
  })
})

describe('a deployment under way', () => {
  it.each(['Created', 'Queued', 'InProgress', 'Baking', 'Ready'])('%s has to be stopped first', (status) => {
    const canary = { ...d42, status }
    expect(planFor({ alias: live('41', { '42': 0.1 }), deployments: [canary, d41] })).toMatchObject({
      underWay: canary,
    })
  })

  it.each(['Succeeded', 'Failed', 'Stopped'])('%s is over', (status) => {
    expect(planFor({ deployments: [{ ...d42, status }, d41] })).not.toHaveProperty('underWay')
  })
})

describe('no rollback to offer', () => {
  it.each<[string, Partial<FunctionEvidence>, object]>([
    [
      'the first version ever',
      { alias: live('1'), versions: kept('1'), deployments: [] },
      { possible: false, why: 'no-previous-version', now: '1' },
    ],
    [
      'every earlier version was left by a rollback',
      { left: ['41', '40', '39'] },
      { possible: false, why: 'no-previous-version', now: '42' },
    ],
    [
      'the target was deleted, and no version is picked instead',
      { versions: kept('42', '40'), deployments: [d42] },
      { possible: false, why: 'target-missing', now: '42', to: '41' },
    ],
    [
      'the target was deleted, and everything before it',
      { versions: kept('42'), deployments: [d42] },
      { possible: false, why: 'target-missing', now: '42', to: '41' },
    ],
  ])('%s', (_title, evidence, refused) => {
    expect(planFor(evidence)).toEqual(refused)
  })
})

describe('how likely a deployment is the cause', () => {
  it.each([
    ['a millisecond before the deployment', '2026-11-23T02:49:59.999Z', 'unlikely'],
    ['with the deployment', at('02:50'), 'likely'],
    ['thirty minutes after', at('03:20'), 'likely'],
    ['a second later than that', at('03:20:01'), 'possible'],
    ['a day after', '2026-11-24T02:50:00.000Z', 'possible'],
    ['a second later than that', '2026-11-24T02:50:01.000Z', 'unlikely'],
  ])('an alarm %s', (_title, alarmAt, verdict) => {
    expect(verdictOf(d42.createdAt, alarmAt)).toBe(verdict)
  })

  it('without a deployment that CodeDeploy knows, possible', () => {
    expect(planFor({ deployments: [] })).toMatchObject({ verdict: 'possible' })
  })
})
