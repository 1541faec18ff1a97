import { describe, expect, it } from 'vitest'
import { moment } from '../../common/time.ts'
import type { PriceSource } from '../../updater/price-source.ts'
import type { Held, PricesTable } from '../../updater/prices-table.ts'
import { createUpdateDue, type UpdateDueDeps } from '../../updater/update-due.ts'
import { keptMeter } from '../support/kept-meter.ts'
import { anEthereum, aPrice, aSnapshot } from '../support/price-builders.ts'
import { createQuietLog } from '../support/quiet-log.ts'
import { createVirtualWall } from '../support/virtual-wall.ts'

const coins = ['bitcoin', 'ethereum']

/** A source that answers each question as it is told; the last answer holds for all that follow. */
const sourceOf = (
  name: string,
  ...answers: readonly (Awaited<ReturnType<PriceSource['ask']>> | 'prices')[]
): PriceSource & { asked: string[] } => {
  const asked: string[] = []
  return {
    name,
    asked,
    ask: async ({ currency, at }) => {
      const answer = answers[Math.min(asked.push(currency), answers.length) - 1] ?? 'prices'
      if (answer !== 'prices') return answer
      const made = { updatedAt: at, source: name }
      return { ok: true, prices: [aPrice(made), anEthereum(made)], dropped: [], missing: [] }
    },
  }
}
const down = { ok: false, reason: 'unavailable', status: 503, dropped: [] } as const

/** A run at 03:05 with a table that holds prices of 03:00, unless told. */
function world(change: Partial<UpdateDueDeps> & { settings?: object; held?: Held; now?: string } = {}) {
  const { settings, held = { snapshot: aSnapshot([aPrice(), anEthereum()]), revision: 7 }, now, ...deps } = change
  const wall = createVirtualWall()
  const log = createQuietLog()
  const meter = keptMeter()
  const clock = { now: () => new Date(now ?? '2026-11-23T03:05:00.000Z') }
  const table: PricesTable = {
    load: async (currencies) => ({ held: new Map(currencies.map((each) => [each, held])), settings }),
    save: async () => 'saved',
  }
  const sources = { first: sourceOf('coingecko'), second: sourceOf('coinbase') }
  const run = createUpdateDue({
    world: { wall, log, meter, clock },
    table,
    history: { add: async () => ({ prices: 0 }) },
    openSources: async () => sources,
    coins,
    currencies: ['usd', 'jpy'],
    limits: { attemptMs: 5_000, backoffMs: 500 },
    budgetMs: 40_000,
    random: () => 0.5,
    ...deps,
  })
  const said = (level: string) => log.lines.filter((line) => line.level === level).map(({ message }) => message)
  return { run, wall, log, meter, said, sources }
}

describe('a run that goes well', () => {
  it('tells every metric, zeros too, and answers what it updated', async () => {
    const { run, meter, said, sources } = world()
    expect(await run()).toEqual({ updated: ['usd', 'jpy'], failed: [], skipped: false })
    expect(meter.values).toEqual({
      ExternalApiCalls: [1, 1],
      ExternalApiErrors: [0, 0],
      ExternalApiLatency: [0, 0],
      PricesDropped: [0],
      FallbackUsed: [0],
      HistoryFailures: [0],
      PriceAge: [0],
      DynamoDBQueryLatency: [0],
    })
    expect(meter.units).toMatchObject({
      ExternalApiLatency: 'ms',
      DynamoDBQueryLatency: 'ms',
      PriceAge: 's',
      ExternalApiCalls: 'count',
    })
    expect([said('info'), said('warn'), said('error')]).toEqual([['the run is over'], [], []])
    expect(sources.second.asked).toEqual([])
  })

  it('leaves a call out when the interval says so, and tells nothing but the age', async () => {
    const { run, meter, sources } = world({ settings: { updateEveryMinutes: 10 } })
    expect(await run()).toEqual({ updated: [], failed: [], skipped: true })
    expect(meter.values).toEqual({ PriceAge: [300] })
    expect(sources.first.asked).toEqual([])
  })

  it('says what it did not take of the settings as it stands', async () => {
    const { run, log } = world({ settings: { updateEveryMinutes: 1, provider: 'third' } })
    expect((await run()).skipped).toBe(false)
    expect(log.lines.filter(({ level }) => level === 'warn')).toMatchObject([
      {
        message: 'a setting was not taken as it stands',
        details: { problem: 'provider is neither first nor second, first is used' },
      },
      { message: 'a setting was not taken as it stands', details: { problem: 'updateEveryMinutes is 1, 5 is used' } },
    ])
  })
})

describe('the sources', () => {
  it('the second stands in for the first, currency by currency, and only attempts at the first are measured', async () => {
    const first = sourceOf('coingecko', down)
    first.ask = async ({ currency, at }) => {
      first.asked.push(currency)
      if (currency === 'jpy') return down
      return { ok: true, prices: [aPrice({ updatedAt: at })], dropped: ['ethereum'], missing: [] }
    }
    const second = sourceOf('coinbase', down, 'prices')
    const { run, meter, log } = world({ openSources: async () => ({ first, second }) })
    expect(await run()).toEqual({ updated: ['usd', 'jpy'], failed: [], skipped: false })
    expect(meter.values).toMatchObject({
      ExternalApiCalls: [1, 1, 1, 1],
      ExternalApiErrors: expect.arrayContaining([0, 1, 1, 1]),
      FallbackUsed: [1],
      PricesDropped: [1],
    })
    const warned = log.lines.filter(({ level }) => level === 'warn')
    expect(warned.map(({ message }) => message).sort()).toEqual([
      'External API ERROR: coinbase gave no prices in jpy, unavailable',
      'External API ERROR: coingecko gave no prices in jpy, unavailable',
      'External API ERROR: coingecko gave no prices in jpy, unavailable',
      'External API ERROR: coingecko gave no prices in jpy, unavailable',
      'prices that cannot be used were dropped',
      'the other price source was used',
    ])
    expect(warned.map(({ details }) => details)).toEqual(
      expect.arrayContaining([
        { provider: 'coingecko', currency: 'jpy', reason: 'unavailable', status: 503, attempt: 3 },
        { provider: 'coingecko', currency: 'usd', count: 1, coins: ['ethereum'] },
        { currency: 'jpy', provider: 'coinbase', instead: 'coingecko: unavailable' },
      ]),
    )
  })

  it('that both fail are an answer, not an error', async () => {
    const sources = { first: sourceOf('coingecko', down), second: sourceOf('coinbase', down) }
    const { run, meter, said } = world({ openSources: async () => sources })
    expect(await run()).toEqual({
      updated: [],
      failed: [
        { currency: 'usd', why: 'no-source-answered' },
        { currency: 'jpy', why: 'no-source-answered' },
      ],
      skipped: false,
    })
    expect(meter.values).toMatchObject({ PriceAge: [300], FallbackUsed: [0], HistoryFailures: [0] })
    expect(said('error')).toEqual([])
  })

  it('change their order when the settings say so', async () => {
    const { run, meter, sources } = world({ settings: { provider: 'second' } })
    await run()
    expect([sources.first.asked, sources.second.asked]).toEqual([[], ['usd', 'jpy']])
    expect(meter.values).toMatchObject({ ExternalApiCalls: [1, 1], ExternalApiErrors: [0, 0], FallbackUsed: [0] })
  })

  it('a wait that the first one asks for is kept, as long as the second can still be asked', async () => {
    const busy = (retryAfterMs: number) => ({ ...down, reason: 'rate-limited', status: 429, retryAfterMs }) as const
    const patient = { first: sourceOf('coingecko', busy(30_000), 'prices'), second: sourceOf('coinbase') }
    const kept = world({ openSources: async () => patient, currencies: ['usd'] })
    const started = kept.wall.now().getTime()
    await kept.run()
    expect(kept.wall.now().getTime() - started).toBe(30_000)
    expect([patient.first.asked, patient.second.asked]).toEqual([['usd', 'usd'], []])

    const tooLong = { first: sourceOf('coingecko', busy(30_001)), second: sourceOf('coinbase') }
    const given = world({ openSources: async () => tooLong, currencies: ['usd'] })
    expect((await given.run()).updated).toEqual(['usd'])
    expect([tooLong.first.asked, tooLong.second.asked]).toEqual([['usd'], ['usd']])
  })

  it('that hang to the end leave time for both within the budget', async () => {
    const wall = createVirtualWall()
    const hanging = (name: string): PriceSource => ({
      name,
      ask: async ({ limitMs }) => {
        wall.jump(limitMs)
        return { ok: false, reason: 'timed-out', dropped: [] }
      },
    })
    const log = createQuietLog()
    const { run } = world({
      world: { wall, log, meter: keptMeter(), clock: { now: () => new Date('2026-11-23T03:05:00.000Z') } },
      openSources: async () => ({ first: hanging('coingecko'), second: hanging('coinbase') }),
      currencies: ['usd'],
      budgetMs: 12_000,
    })
    const started = wall.now().getTime()
    expect((await run()).failed).toEqual([{ currency: 'usd', why: 'no-source-answered' }])
    expect(wall.now().getTime() - started).toBeLessThanOrEqual(12_000)
    const tried = log.lines.flatMap(({ details }) =>
      'attempt' in details && 'provider' in details ? [details.provider] : [],
    )
    expect(tried).toEqual(['coingecko', 'coinbase'])
  })
})

describe('our own table', () => {
  const broken = async () => Promise.reject(new Error('the table is gone'))

  it('that cannot be read keeps nobody from writing new prices', async () => {
    let reads = 0
    const { run, said } = world({
      table: {
        load: async (currencies) => {
          reads += 1
          if (reads === 1) throw new Error('throttled')
          return {
            held: new Map(currencies.map((each) => [each, { snapshot: undefined, revision: undefined }])),
            settings: undefined,
          }
        },
        save: async () => 'saved',
      },
    })
    expect((await run()).updated).toEqual(['usd', 'jpy'])
    expect(said('error')).toEqual(['the prices table cannot be read, default settings are used'])
  })

  it('that cannot be written for any currency is an error of the run, after the metrics', async () => {
    const loads = { held: new Map(), settings: undefined }
    const { run, meter, said } = world({ table: { load: async () => loads, save: broken } })
    await expect(run()).rejects.toThrow('No currency could be saved.')
    expect(meter.values).toMatchObject({ ExternalApiCalls: [1, 1], HistoryFailures: [0] })
    expect(said('error')).toEqual([
      'prices could not be saved',
      'prices could not be saved',
      'there is no price at all',
    ])
  })

  it('that fails for one currency does not lose the others', async () => {
    const { run } = world({
      table: {
        load: async () => ({ held: new Map(), settings: undefined }),
        save: async ({ currency }) => (currency === 'usd' ? broken() : 'saved'),
      },
    })
    expect(await run()).toEqual({
      updated: ['jpy'],
      failed: [{ currency: 'usd', why: 'table-failed' }],
      skipped: false,
    })
  })

  it('whose history cannot be written keeps the snapshot, counts, and ends the run as an error', async () => {
    const saved: string[] = []
    const { run, meter, log } = world({
      table: {
        load: async () => ({ held: new Map(), settings: undefined }),
        save: async ({ currency }) => {
          saved.push(currency)
          return 'saved'
        },
      },
      history: { add: async (_currency, prices) => ({ prices: prices.length, error: new Error('throttled') }) },
    })
    await expect(run()).rejects.toThrow('4 prices could not be added to the history.')
    expect(saved).toEqual(['usd', 'jpy'])
    expect(meter.values).toMatchObject({ HistoryFailures: [4], PriceAge: [0] })
    expect(log.lines).toContainEqual({
      level: 'error',
      message: 'prices could not be added to the history',
      details: { currency: 'usd', prices: 2, error: 'Error: throttled' },
    })
  })

  it('gets only prices into the history that stand in the snapshot', async () => {
    const added: string[] = []
    const newerBitcoin = aPrice({ updatedAt: moment(Date.parse('2026-11-23T03:06:00.000Z')) })
    const { run } = world({
      held: { snapshot: aSnapshot([newerBitcoin, anEthereum()]), revision: 7 },
      currencies: ['usd'],
      history: {
        add: async (currency, prices) => {
          added.push(...prices.map(({ id }) => `${currency} ${id}`))
          return { prices: 0 }
        },
      },
    })
    await run()
    expect(added).toEqual(['usd ethereum'])
  })

  it('that cannot be read at all, while no source answers: the age is not known, and not made up', async () => {
    const sources = { first: sourceOf('coingecko', down), second: sourceOf('coinbase', down) }
    const table: PricesTable = { load: broken, save: broken }
    const { run, meter, said } = world({ table, openSources: async () => sources })
    expect((await run()).updated).toEqual([])
    expect(meter.values.PriceAge).toBeUndefined()
    expect(said('error')).toEqual([
      'the prices table cannot be read, default settings are used',
      'nobody knows how old the newest price is',
    ])
  })

  it('without a single price has no age, and that is an error in the log', async () => {
    const sources = { first: sourceOf('coingecko', down), second: sourceOf('coinbase', down) }
    const { run, meter, said } = world({
      held: { snapshot: undefined, revision: undefined },
      openSources: async () => sources,
    })
    await run()
    expect(meter.values.PriceAge).toBeUndefined()
    expect(said('error')).toEqual(['there is no price at all'])
  })
})

it('a surprise in one currency is thrown when the others are through', async () => {
  const first = sourceOf('coingecko')
  const usual = first.ask
  first.ask = async (question) => {
    if (question.currency === 'usd') throw new Error('a bug')
    return usual(question)
  }
  const { run, meter, log } = world({ openSources: async () => ({ first, second: sourceOf('coinbase') }) })
  await expect(run()).rejects.toThrow('a bug')
  expect(meter.values.PriceAge).toEqual([0])
  expect(log.lines.at(-1)).toMatchObject({ message: 'the run is over', details: { updated: ['jpy'] } })
})
