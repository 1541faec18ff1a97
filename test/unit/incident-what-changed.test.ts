import { describe, expect, it } from 'vitest'
import type { SeenChange } from '../../bot/incident/seen-change.ts'
import { isOfOther, suspicionOf, whatChanged } from '../../bot/incident/what-changed.ts'
import { later, noon } from '../support/builders.ts'
import { aDeployment, anAliasMove, aSetting, deployedAt } from '../support/change-builders.ts'

const versions = [
  { version: '42', commit: 'abc1234', author: 'Chie Mori', subject: 'parse faster' },
  { version: '41', commit: '0123456' },
]
const functions = (...deployments: ReturnType<typeof deployedAt>[]) => ({ api: { versions, deployments } })
const ids = (list: readonly SeenChange[]) =>
  list.map((change) => (change.what === 'by-hand' ? change.field : change.id))

describe('what changed around an alarm', () => {
  it('is everything from a day before it on, nearest first', () => {
    const { list, more } = whatChanged(
      {
        functions: {
          api: { versions, deployments: [deployedAt(-7), deployedAt(-1440)] },
          updater: { versions: [], deployments: [deployedAt(-90), deployedAt(-1441)] },
        },
        logged: [aSetting(12), aSetting(-3), anAliasMove(-30), aSetting(-2000)],
      },
      noon,
    )
    expect(ids(list)).toEqual(['press--3', 'd--7', 'press-12', 'api-20261122T030000Z/-30', 'd--90', 'd--1440'])
    expect(more).toBe(0)
  })

  it('a deployment has its author, its commit, and both commits to compare', () => {
    expect(whatChanged({ functions: functions(deployedAt(-7)) }, noon).list).toEqual([
      {
        what: 'deployment',
        role: 'api',
        id: 'd--7',
        at: later(-7),
        status: 'Succeeded',
        from: '41',
        to: '42',
        author: 'Chie Mori',
        commit: 'abc1234',
        subject: 'parse faster',
        commits: { older: '0123456', newer: 'abc1234' },
      },
    ])
  })

  it('CodeDeploy undoing one is nobody’s commit, and the older of both commits still comes first', () => {
    const undoing = deployedAt(-2, { id: 'd-undo', from: '42', to: '41', undoes: 'd--7' })
    const [found] = whatChanged({ functions: functions(undoing) }, noon).list
    expect(found).toMatchObject({ undoes: 'd--7', commits: { older: '0123456', newer: 'abc1234' } })
    expect(found).not.toHaveProperty('author')
    expect(found).not.toHaveProperty('subject')
  })

  it('an alias that a rollback moved can be compared too', () => {
    const { list } = whatChanged({ functions: functions(), logged: [anAliasMove(-30)] }, noon)
    expect(list).toMatchObject([{ what: 'alias', commits: { older: '0123456', newer: 'abc1234' } }])
  })

  it('eight are kept, and the rest is counted', () => {
    const logged = Array.from({ length: 11 }, (_, index) => aSetting(-index - 1))
    const { list, more } = whatChanged({ functions: {}, logged }, noon)
    expect(ids(list).at(0)).toBe('press--1')
    expect(ids(list).at(-1)).toBe('press--8')
    expect(more).toBe(3)
  })

  it('nothing known is nothing changed', () => {
    expect(whatChanged({ functions: { api: undefined } }, noon)).toEqual({ list: [], more: 0 })
  })
})

describe('a setting that somebody changed by hand', () => {
  const byHand = (value: unknown, changedBy: unknown, ...logged: ReturnType<typeof aSetting>[]) =>
    whatChanged({ functions: {}, logged, settings: { updateEveryMinutes: { value, changedBy } } }, noon).list.filter(
      ({ what }) => what === 'by-hand',
    )
  const told = (now: string | number | null, logged: number | null = 10) => [
    { what: 'by-hand', field: 'updateEveryMinutes', logged, now },
  ]

  it.each([
    ['it stands at something else', 15, 'press--3', told(15)],
    ['with one command that replaced the whole item, mark and all', 15, undefined, told(15)],
    ['it was taken away', undefined, 'press--3', told(null)],
    ['it stands at what nobody understands', { every: 15 }, 'press--3', told('{"every":15}')],
    ['it is as the log wrote it', 10, 'press--3', []],
    ['somebody put back the same by hand', 10, undefined, []],
    ['the bot has changed it since, and the log does not show it yet', 15, 'press-of-somebody', []],
  ])('%s', (_title, value, changedBy, expected) => {
    expect(byHand(value, changedBy, aSetting(-3), aSetting(-20, { to: 7 }))).toEqual(expected)
  })

  it('is told however long ago the log wrote it, because nobody knows when it was', () => {
    expect(byHand(15, 'press--5000', aSetting(-5000))).toEqual(told(15))
  })

  it('after an undo, is compared with what the undo put back', () => {
    expect(byHand(15, 'press--3', aSetting(-3, { from: 10, to: null }))).toEqual(told(15, null))
    expect(byHand(undefined, 'press--3', aSetting(-3, { from: 10, to: null }))).toEqual([])
  })

  it('a setting that the bot never touched is whatever people want', () => {
    expect(byHand(15, undefined)).toEqual([])
  })

  it('a setting that could not be read says nothing', () => {
    expect(whatChanged({ functions: {}, logged: [aSetting(-3)] }, noon).list).toHaveLength(1)
  })
})

describe('the one rule: how likely a change is the cause', () => {
  const judged = { id: 'api-20261123T030000Z', alarmAt: noon, ringing: 'api' } as const
  const byHand = { what: 'by-hand', field: 'cacheTtlMinutes', logged: 10, now: 15 } as const
  it.each<[string, SeenChange, string]>([
    ['of the ringing function, half an hour before', aDeployment(-30), 'likely'],
    ['a minute earlier', aDeployment(-31), 'possible'],
    ['a day before', aDeployment(-1440), 'possible'],
    ['a minute earlier than that', aDeployment(-1441), 'unlikely'],
    ['after the alarm', aDeployment(1), 'unlikely'],
    ['of the other function, shortly before: one step less', aDeployment(-5, { role: 'updater' }), 'possible'],
    ['of the other function, hours before: one step less', aDeployment(-300, { role: 'updater' }), 'unlikely'],
    ['of the other function, after the alarm', aDeployment(5, { role: 'updater' }), 'unlikely'],
    ['a rollback in another incident', anAliasMove(-5), 'likely'],
    ['a rollback in this one, however soon', anAliasMove(0, { incident: judged.id }), 'unlikely'],
    ['a setting that the API tells its clients', aSetting(-5, { field: 'cacheTtlMinutes' }), 'likely'],
    ['a setting that only steers the updater', aSetting(-5), 'possible'],
    ['a remedy of this incident', aSetting(0, { incident: judged.id, field: 'cacheTtlMinutes' }), 'unlikely'],
    ['changed by hand, nobody knows when', byHand, 'possible'],
    ['the same, of the other function', { ...byHand, field: 'provider' }, 'unlikely'],
  ])('%s', (_title, change, verdict) => {
    expect(suspicionOf(change, judged)).toBe(verdict)
  })

  it('where no function of ours rings, none is the other one', () => {
    const ofTable = { ...judged, ringing: undefined }
    expect(suspicionOf(aDeployment(-5), ofTable)).toBe('likely')
    expect(suspicionOf(aDeployment(-5, { role: 'updater' }), ofTable)).toBe('likely')
    expect(isOfOther(aDeployment(-5), undefined)).toBe(false)
  })
})
