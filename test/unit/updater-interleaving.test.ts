import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Price, PriceSnapshot } from '../../common/prices.ts'
import { savePrices } from '../../updater/save-prices.ts'
import { aPrice } from '../support/price-builders.ts'
import { createQuietLog } from '../support/quiet-log.ts'

const coins = ['bitcoin', 'ethereum', 'solana']

/** A table of one item with the conditional write; it throws when a price would go back in time. */
function createTable() {
  let item: PriceSnapshot | undefined
  return {
    read: () => ({ snapshot: item, revision: item?.revision }),
    save(next: PriceSnapshot, revision: unknown) {
      if (item?.revision !== revision) return 'changed-meanwhile' as const
      for (const [id, { updatedAt }] of Object.entries(item?.prices ?? {}))
        if (Date.parse(next.prices[id]?.updatedAt ?? '') < Date.parse(updatedAt) || next.prices[id] === undefined)
          throw new Error(`The price of ${id} would go back from ${updatedAt}.`)
      item = next
      return 'saved' as const
    },
    item: () => item,
  }
}

const anyRun = fc
  .array(fc.record({ id: fc.constantFrom(...coins), minute: fc.integer({ min: 0, max: 9 }), price: fc.nat(3) }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((prices) =>
    prices.map(({ id, minute, price }) => aPrice({ id, price, updatedAt: `2026-11-23T03:0${minute}:00.000Z` })),
  )
  // A run brings each coin once.
  .map((prices): Price[] => [...new Map(prices.map((price) => [price.id, price])).values()])

it('in whatever order the reads and writes of overlapping runs fall, no price ever goes back in time', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.array(anyRun, { minLength: 1, maxLength: 4 }), async (scheduler, runs) => {
      const table = createTable()
      const log = createQuietLog()
      const steps = {
        read: scheduler.scheduleFunction(async (_currency: string) => table.read()),
        save: scheduler.scheduleFunction(async (next: PriceSnapshot, revision: unknown) => table.save(next, revision)),
        log,
      }
      const ends = runs.map((fetched) => savePrices(steps, { currency: 'usd', coins, fetched, held: undefined }))
      await scheduler.waitFor(Promise.all(ends))

      // Each of them found its way, and for each coin the newest price that any of them brought stands there.
      for (const { outcome } of await Promise.all(ends)) expect(['saved', 'nothing-newer']).toContain(outcome)
      for (const id of coins) {
        const brought = runs.flat().filter((price) => price.id === id)
        const newest = brought
          .map(({ updatedAt }) => updatedAt)
          .sort()
          .at(-1)
        expect(table.item()?.prices[id]?.updatedAt).toBe(newest)
      }
      expect(log.lines).toEqual([])
    }),
  )
})

it('the table of this test does refuse a price that goes back', () => {
  const table = createTable()
  const at = (updatedAt: string, revision: number) => ({
    currency: 'usd',
    updatedAt,
    revision,
    prices: { bitcoin: aPrice({ updatedAt }) },
  })
  expect(table.save(at('2026-11-23T03:05:00.000Z', 1), undefined)).toBe('saved')
  expect(table.save(at('2026-11-23T03:06:00.000Z', 1), undefined)).toBe('changed-meanwhile')
  expect(() => table.save(at('2026-11-23T03:00:00.000Z', 2), 1)).toThrow('would go back')
})

it('a run that loses every race says so, and a snapshot that cannot be understood is replaced', async () => {
  const log = createQuietLog()
  const lost = await savePrices(
    { read: async () => ({ snapshot: undefined, revision: 3 }), save: async () => 'changed-meanwhile', log },
    { currency: 'usd', coins, fetched: [aPrice()], held: undefined },
  )
  expect(lost).toEqual({ outcome: 'changed-meanwhile' })

  const written: unknown[] = []
  const replaced = await savePrices(
    {
      read: async () => ({ snapshot: undefined, revision: 'seven', problem: 'prices: expected record' }),
      save: async (...save) => {
        written.push(save)
        return 'saved'
      },
      log,
    },
    { currency: 'usd', coins, fetched: [aPrice()], held: undefined },
  )
  expect(replaced).toMatchObject({ outcome: 'saved', standing: [aPrice()] })
  expect(written).toEqual([
    [{ currency: 'usd', updatedAt: '2026-11-23T03:00:00.000Z', revision: 1, prices: { bitcoin: aPrice() } }, 'seven'],
  ])
  expect(log.lines).toEqual([
    {
      level: 'error',
      message: 'a snapshot cannot be understood and is replaced',
      details: { currency: 'usd', problem: 'prices: expected record' },
    },
  ])
})

it('a write whose answer was lost stands there all the same', async () => {
  const table = createTable()
  let answers = 0
  const saved = await savePrices(
    {
      read: async () => table.read(),
      // The client wrote, did not hear of it, and wrote again.
      save: async (next, revision) => {
        table.save(next, revision)
        answers += 1
        return table.save(next, revision)
      },
      log: createQuietLog(),
    },
    { currency: 'usd', coins, fetched: [aPrice()], held: undefined },
  )
  expect(saved).toMatchObject({ outcome: 'nothing-newer', standing: [aPrice()] })
  expect(answers).toBe(1)
})
