import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { versionsNamed } from '../../common/incident-versions.ts'
import type { Functions } from '../../infra/release/aws-functions.ts'
import { createReleaseDeps } from '../../infra/release/deps.ts'
import { prune, type VersionsSeen, versionsToPrune } from '../../infra/release/prune.ts'
import { aFunction, anEvidence, anIncident, aRollback } from '../support/builders.ts'
import { createQuietLog } from '../support/quiet-log.ts'
import { createVirtualWall } from '../support/virtual-wall.ts'

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => String(from + index))

describe('which versions go', () => {
  const seen = (change: Partial<VersionsSeen> = {}): VersionsSeen => ({
    published: numbers(1, 20),
    aliases: [{ version: '20', weights: {} }],
    named: [],
    keep: ['1'],
    ...change,
  })

  it('all but the newest ten and the one of the stack', () => {
    expect(versionsToPrune(seen())).toEqual(['2', '3', '4', '5', '6', '7', '8', '9', '10'])
  })

  it.each([
    ['none of ten', { published: numbers(11, 20) }, []],
    ['by number, in whatever order they are listed', { published: ['$LATEST', ...numbers(1, 12).toReversed()] }, ['2']],
    ['not what an alias points at', { aliases: [{ version: '2', weights: { '3': 0.1 } }] }, numbers(4, 10)],
    [
      'not what an alias besides live points at',
      {
        aliases: [
          { version: '20', weights: {} },
          { version: '9', weights: {} },
        ],
      },
      ['2', '3', '4', '5', '6', '7', '8', '10'],
    ],
    ['not what an incident names', { named: ['4', '5', '99'] }, ['2', '3', '6', '7', '8', '9', '10']],
    ['not what belongs to the stack', { keep: ['3'] }, ['1', '2', '4', '5', '6', '7', '8', '9', '10']],
  ])('%s', (_, change, expected) => {
    expect(versionsToPrune(seen(change))).toEqual(expected)
  })

  it('whatever is there: what must stay stays, and at most what is beyond the newest ten goes', () => {
    const version = fc.integer({ min: 1, max: 60 }).map(String)
    const some = fc.array(version, { maxLength: 8 })
    const alias = fc.record({ version, weights: fc.dictionary(version, fc.double({ min: 0, max: 1 }), { maxKeys: 1 }) })
    const world = fc.record({
      published: fc.uniqueArray(
        fc.oneof({ weight: 20, arbitrary: version }, { weight: 1, arbitrary: fc.constantFrom('$LATEST', '', 'live') }),
        { maxLength: 60 },
      ),
      aliases: fc.array(alias, { maxLength: 3 }),
      named: some,
      keep: some,
    })
    fc.assert(
      fc.property(world, (all) => {
        const gone = versionsToPrune(all)
        const real = all.published.filter((each) => Number(each) > 0).map(Number)
        const stays = [
          ...all.named,
          ...all.keep,
          ...all.aliases.flatMap((each) => [each.version, ...Object.keys(each.weights)]),
        ]
        for (const each of gone) {
          expect(stays).not.toContain(each)
          expect(real).toContain(Number(each))
          expect(real.filter((other) => other > Number(each)).length).toBeGreaterThanOrEqual(10)
        }
        expect(new Set(gone).size).toBe(gone.length)
        // And nothing else stays.
        for (const each of real)
          if (real.filter((other) => other > each).length >= 10 && !stays.includes(String(each)))
            expect(gone).toContain(String(each))
      }),
      { numRuns: 500 },
    )
  })
})

describe('what an incident names', () => {
  const deployment = { id: 'd-1', status: 'Succeeded', createdAt: '2026-11-23T03:00:00.000Z' }
  const incident = anIncident({
    evidence: anEvidence({
      functions: {
        api: aFunction({
          alias: { version: '41', weights: { '42': 0.1 }, revisionId: 'r' },
          deployments: [{ ...deployment, from: '39', to: '40' }, deployment],
          left: ['37'],
        }),
        updater: aFunction({ alias: { version: '15', weights: {}, revisionId: 'r' }, deployments: [], left: [] }),
      },
    }),
    rollback: aRollback({ role: 'api', from: '42', to: '36' }),
  })

  it('is where the alias pointed, what was deployed, what a rollback is about and what one left', () => {
    expect(versionsNamed(incident, 'api').toSorted()).toEqual(['36', '37', '39', '40', '41', '42'])
    expect(versionsNamed(incident, 'updater')).toEqual(['15'])
  })

  it('is nothing before there is evidence, and no guess where the record cannot be understood', () => {
    expect(versionsNamed(anIncident(), 'api')).toEqual([])
    expect(() => versionsNamed({ ...incident, evidence: { functions: { api: { alias: 41 } } } }, 'api')).toThrow()
    expect(() => versionsNamed(undefined, 'api')).toThrow()
  })
})

describe('pruning', () => {
  function deps(change: Partial<Functions> & { named?: () => Promise<string[]> } = {}) {
    const wall = createVirtualWall()
    const asked: string[] = []
    const { named = async () => ['2'], ...functions } = change
    const real = createReleaseDeps(
      { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' },
      { clock: wall, wall, log: createQuietLog() },
      'prod',
    )
    return {
      asked,
      deps: {
        ...real,
        incidents: { versions: named },
        functions: {
          ...real.functions,
          published: async () => numbers(1, 14),
          aliases: async () => [{ version: '14', weights: {} }],
          remove: async (_: string, version: string) => {
            asked.push(version)
            return 'removed' as const
          },
          ...functions,
        },
      },
    }
  }

  it('deletes what nobody needs', async () => {
    const { deps: all, asked } = deps()
    expect(await prune(all, 'api', ['1'])).toEqual({ is: 'pruned', removed: ['3', '4'], left: [] })
    expect(asked).toEqual(['3', '4'])
  })

  it.each([
    ['incidents', { named: () => Promise.reject(new Error('no right')) }],
    ['aliases', { aliases: () => Promise.reject(new Error('no right')) }],
    ['versions', { published: () => Promise.reject(new Error('no right')) }],
  ])('deletes nothing when the %s cannot be read', async (_, change) => {
    const { deps: all, asked } = deps(change)
    expect(await prune(all, 'api', ['1'])).toEqual({
      is: 'nothing-pruned',
      because: 'what is still needed could not be read (Error: no right)',
    })
    expect(asked).toEqual([])
  })

  it('takes it as it comes when a version is in use again or gone, and stops when AWS refuses', async () => {
    const inUse = deps({ remove: async (_, version) => (version === '3' ? 'in-use' : 'gone') })
    expect(await prune(inUse.deps, 'api', ['1'])).toEqual({ is: 'pruned', removed: [], left: ['3', '4'] })
    const refused = deps({
      remove: async (_, version) => {
        if (version === '4') throw new Error('no right')
        return 'removed'
      },
    })
    expect(await prune(refused.deps, 'api', ['1'])).toEqual({
      is: 'stopped',
      removed: ['3'],
      because: 'v4 could not be deleted (Error: no right)',
    })
  })

  it.each(['$LATEST', '', 'live', '0', '1.5', '42 '])('never asks Lambda to delete "%s"', async (version) => {
    const wall = createVirtualWall()
    const { functions } = createReleaseDeps(
      { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' },
      { clock: wall, wall, log: createQuietLog() },
      'prod',
    )
    await expect(functions.remove('crypto-watch-api-function', version)).rejects.toThrow('is no published version')
  })
})
