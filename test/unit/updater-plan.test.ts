import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Price, PriceSnapshot } from '../../common/prices.ts'
import { joinPrices, planUpdate } from '../../updater/plan-update.ts'
import { anEthereum, aPrice, aSnapshot } from '../support/price-builders.ts'

const coins = ['bitcoin', 'ethereum']
const later = '2026-11-23T03:05:00.000Z'
const earlier = '2026-11-23T02:55:00.000Z'

describe('what is written after a run', () => {
  it('the first run writes what it fetched', () => {
    expect(planUpdate(undefined, [aPrice(), anEthereum()], coins, 'usd')).toEqual({
      currency: 'usd',
      updatedAt: '2026-11-23T03:00:00.000Z',
      revision: 1,
      prices: { bitcoin: aPrice(), ethereum: anEthereum() },
    })
  })

  it('newer prices take the place of older ones', () => {
    const fetched = [aPrice({ price: 99_000, updatedAt: later }), anEthereum({ price: 4_000, updatedAt: later })]
    expect(planUpdate(aSnapshot([aPrice(), anEthereum()]), fetched, coins, 'usd')).toEqual({
      currency: 'usd',
      updatedAt: later,
      revision: 8,
      prices: { bitcoin: fetched[0], ethereum: fetched[1] },
    })
  })

  it('a coin that the run did not bring keeps its price and its time', () => {
    const bitcoin = aPrice({ updatedAt: later })
    expect(planUpdate(aSnapshot([aPrice(), anEthereum()]), [bitcoin], coins, 'usd')).toMatchObject({
      updatedAt: later,
      prices: { bitcoin, ethereum: anEthereum() },
    })
  })

  it('a late run brings only what is newer than what stands there', () => {
    const held = aSnapshot([aPrice({ updatedAt: later }), anEthereum({ updatedAt: earlier })], { updatedAt: later })
    const late = [aPrice({ price: 1 }), anEthereum({ price: 3_950 })]
    expect(planUpdate(held, late, coins, 'usd')).toEqual({
      currency: 'usd',
      updatedAt: later,
      revision: 8,
      prices: { bitcoin: aPrice({ updatedAt: later }), ethereum: anEthereum({ price: 3_950 }) },
    })
  })

  it('a coin that is not configured any more goes', () => {
    const fetched = [aPrice({ updatedAt: later })]
    expect(planUpdate(aSnapshot([aPrice(), anEthereum()]), fetched, ['bitcoin'], 'usd')).toMatchObject({
      prices: { bitcoin: fetched[0] },
    })
    const next = planUpdate(aSnapshot([aPrice(), anEthereum()]), fetched, ['bitcoin'], 'usd')
    expect(next !== 'nothing-newer' && Object.keys(next.prices)).toEqual(['bitcoin'])
  })

  it('a price that lost its 24 h change does not keep the old one', () => {
    const { change24hPercent, ...without } = aPrice({ updatedAt: later, source: 'coinbase' })
    expect(change24hPercent).toBe(1.5)
    expect(planUpdate(aSnapshot([aPrice()]), [without], coins, 'usd')).toMatchObject({ prices: { bitcoin: without } })
  })

  it.each([
    ['the same again', [aPrice(), anEthereum()]],
    ['an older price', [aPrice({ price: 1, updatedAt: earlier })]],
    ['nothing', []],
  ])('%s is nothing newer', (_what, fetched) => {
    expect(planUpdate(aSnapshot([aPrice(), anEthereum()]), fetched, coins, 'usd')).toBe('nothing-newer')
  })

  it('the same moment written in two ways is the same moment', () => {
    const held = aSnapshot([aPrice({ updatedAt: '2026-11-23T03:05:00Z' })])
    expect(planUpdate(held, [aPrice({ updatedAt: '2026-11-23T03:04:59.999Z' })], coins, 'usd')).toBe('nothing-newer')
  })
})

const someCoins = ['bitcoin', 'ethereum', 'solana']
const anyPrice = (id: string): fc.Arbitrary<Price> =>
  fc
    .record({
      // Few moments and few sources, so that ties are frequent.
      minute: fc.integer({ min: 0, max: 4 }),
      price: fc.constantFrom(1, 2, 3),
      source: fc.constantFrom('coingecko', 'coinbase'),
    })
    .map(({ minute, price, source }) => aPrice({ id, price, source, updatedAt: `2026-11-23T03:0${minute}:00.000Z` }))
const anyPrices = fc
  .record(Object.fromEntries(someCoins.map((id) => [id, anyPrice(id)])), { requiredKeys: [] })
  .map((prices) => prices as Record<string, Price>)

describe('joining prices', () => {
  it('does not depend on the order, on grouping, or on repeats', () => {
    fc.assert(
      fc.property(anyPrices, anyPrices, anyPrices, (a, b, c) => {
        expect(joinPrices(a, b)).toEqual(joinPrices(b, a))
        expect(joinPrices(joinPrices(a, b), c)).toEqual(joinPrices(a, joinPrices(b, c)))
        expect(joinPrices(a, a)).toEqual(a)
        expect(joinPrices(joinPrices(a, b), b)).toEqual(joinPrices(a, b))
      }),
    )
  })

  it('runs in any order, one of them even twice, end in the same snapshot, up to its revision', () => {
    const anyRuns = fc.array(anyPrices, { minLength: 1, maxLength: 5 })
    const endOf = (runs: readonly Record<string, Price>[]) =>
      runs.reduce<PriceSnapshot | undefined>((held, run) => {
        const next = planUpdate(held, Object.values(run), someCoins, 'usd')
        return next === 'nothing-newer' ? held : next
      }, undefined)
    const said = (snapshot: PriceSnapshot | undefined) => snapshot && { ...snapshot, revision: 0 }
    fc.assert(
      fc.property(anyRuns, fc.infiniteStream(fc.nat()), (runs, order) => {
        const keyed = runs.map((run) => ({ run, key: order.next().value ?? 0 }))
        const shuffled = keyed.toSorted((a, b) => a.key - b.key).map(({ run }) => run)
        expect(said(endOf([...shuffled, ...runs.slice(0, 1)]))).toEqual(said(endOf(runs)))
      }),
    )
  })
})
