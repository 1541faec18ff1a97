import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { longerCache } from '../../bot/remedy/longer-cache.ts'
import { otherProvider } from '../../bot/remedy/other-provider.ts'
import { remedies } from '../../bot/remedy/remedies.ts'
import { updateLessOften } from '../../bot/remedy/update-less-often.ts'
import { undoing, type Write, type WriteOf } from '../../bot/remedy/write.ts'
import { readServiceSettings } from '../../common/service-settings.ts'
import { at } from '../support/incident-builders.ts'

describe('a plan', () => {
  it.each([
    ['nothing is stored, so the default counts', updateLessOften, {}, 5, 10, null],
    ['it is stored', updateLessOften, { updateEveryMinutes: 7 }, 7, 10, 7],
    ['it is out of bounds, so the bound counts', updateLessOften, { updateEveryMinutes: 1 }, 5, 10, 1],
    [
      'it cannot be understood, so the default counts',
      otherProvider,
      { provider: 'third' },
      'first',
      'second',
      'third',
    ],
    ['the cache', longerCache, { cacheTtlMinutes: 3 }, 3, 10, 3],
    ['the provider', otherProvider, { provider: 'first' }, 'first', 'second', 'first'],
  ])('%s', (_what, remedy, settings, from, to, expected) => {
    const plan = remedy.plan({ settings })
    expect(plan).toMatchObject({ possible: true, from, to, write: { target: 'settings', expect: expected, write: to } })
  })

  it.each([
    ['as long already', updateLessOften, { updateEveryMinutes: 10 }, { why: 'already-so', now: 10 }],
    ['longer already', longerCache, { cacheTtlMinutes: 60 }, { why: 'already-so', now: 60 }],
    ['the other one already', otherProvider, { provider: 'second' }, { why: 'already-so', now: 'second' }],
    ['a value that could not be put back', updateLessOften, { updateEveryMinutes: {} }, { why: 'settings-unreadable' }],
    ['settings that could not be read', longerCache, undefined, { why: 'settings-unreadable' }],
  ])('there is none for %s', (_what, remedy, settings, why) => {
    expect(remedy.plan(settings ? { settings } : {})).toEqual({ possible: false, ...why })
  })
})

describe('what proves it', () => {
  const applied = (...updates: string[]) => ({ at: at('03:02'), to: 10, updates })
  it.each([
    ['no update yet', [], { is: 'not-yet', because: 'no-update' }],
    ['one', [at('03:10')], { is: 'not-yet', because: 'one-update' }],
    ['two too close', [at('03:05'), at('03:10')], { is: 'not-yet', because: 'too-often' }],
    ['two ten minutes apart', [at('03:10'), at('03:20:20')], { is: 'proven', shows: { minutesApart: 10 } }],
    ['the last two count', [at('03:05'), at('03:10'), at('03:20')], { is: 'proven', shows: { minutesApart: 10 } }],
  ] as const)('less often: %s', (_what, updates, verdict) => {
    expect(updateLessOften.verify(applied(...updates), { updates: [] })).toEqual(verdict)
  })

  it('less often: updates that cannot be read prove nothing', () => {
    expect(updateLessOften.verify(applied(), {})).toEqual({ is: 'not-yet', because: 'not-readable' })
  })

  it.each([
    ['an old price of it', [{ at: at('03:00'), source: 'coinbase' }], { is: 'not-yet', because: 'no-update' }],
    [
      'a new one of the first',
      [{ at: at('03:05'), source: 'coingecko' }],
      { is: 'not-yet', because: 'no-price-of-it' },
    ],
    ['a new one of it', [{ at: at('03:05'), source: 'coinbase' }], { is: 'proven', shows: { source: 'coinbase' } }],
    ['not readable', undefined, { is: 'not-yet', because: 'not-readable' }],
  ])('the other source: %s', (_what, updates, verdict) => {
    expect(otherProvider.verify({ at: at('03:02'), to: 'second', updates: [] }, updates ? { updates } : {})).toEqual(
      verdict,
    )
  })
})

type SettingsWrite = WriteOf<'settings'>

/** What the table does with a write: nothing, unless what is expected stands there. */
function written(
  item: Record<string, unknown>,
  { field, expect: expected, write }: SettingsWrite,
): Record<string, unknown> {
  if ((item[field] ?? null) !== expected) return item
  const { [field]: _old, ...others } = item
  return write === null ? others : { ...others, [field]: write }
}

const stored = fc.record(
  {
    updateEveryMinutes: fc.integer({ min: -5, max: 90 }),
    cacheTtlMinutes: fc.integer({ min: -5, max: 90 }),
    provider: fc.constantFrom('first', 'second', 'third'),
  },
  { requiredKeys: [] },
)

const ofSettings = remedies.filter(({ reads }) => reads === 'settings')
const settingsWrite = (write: Write | undefined) => {
  if (write?.target !== 'settings') throw new Error('not about the settings')
  return write
}

describe.each(ofSettings)('$name, whatever is stored', (remedy) => {
  it('changes what it says, and undoing it returns to exactly what was before', () => {
    fc.assert(
      fc.property(stored, (item) => {
        const plan = remedy.plan({ settings: item })
        if (!plan.possible) return
        const write = settingsWrite(plan.write)
        const changed = written(item, write)
        expect(remedy.now({ settings: changed }, {})).toBe(plan.to)
        expect(written(changed, settingsWrite(undoing(write, undefined)))).toEqual(item)
        // Done twice it changes nothing more.
        expect(written(changed, write)).toEqual(changed)
      }),
    )
  })

  it('leaves a change of somebody else alone, and other fields in any case', () => {
    fc.assert(
      fc.property(stored, stored, (seen, now) => {
        const plan = remedy.plan({ settings: seen })
        if (!plan.possible) return
        const write = settingsWrite(plan.write)
        const { field, expect: expected } = write
        const after = written(now, write)
        if ((now[field] ?? null) !== expected) expect(after).toEqual(now)
        const { settings } = readServiceSettings({ ...after, [field]: undefined })
        expect(settings).toEqual(readServiceSettings({ ...now, [field]: undefined }).settings)
      }),
    )
  })
})
