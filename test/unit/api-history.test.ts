import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lastOfEach, pageOf } from '../../api/get-history.ts'
import { intervals } from '../../api/schemas.ts'
import type { HistoryPoint } from '../../common/prices.ts'
import { minutes, moment } from '../../common/time.ts'
import { createApiWorld } from '../support/api-world.ts'
import { later, noon } from '../support/builders.ts'

/** A price every five minutes since midnight in UTC, three hours before noon in Tokyo. */
const everyFiveMinutes: HistoryPoint[] = Array.from({ length: 36 }, (_, n) => ({
  at: later(-180 + n * 5),
  price: 1_000 + n,
}))

describe('history', () => {
  it('is the last day, a point for each update, unless told otherwise', async () => {
    const { status, headers, body } = await createApiWorld({ history: everyFiveMinutes }).ask(
      '/v1/prices/bitcoin/history',
    )
    expect([status, headers['cache-control']]).toEqual([200, 'private, max-age=60'])
    expect(body).toMatchObject({
      id: 'bitcoin',
      currency: 'usd',
      interval: '5m',
      from: '2026-11-22T03:00:00.000Z',
      to: noon,
      next: null,
    })
    expect(body.points).toHaveLength(36)
    expect(body.points[0]).toEqual({ at: '2026-11-23T00:00:00.000Z', price: 1_000 })
  })

  it('by the hour is the last price of each hour', async () => {
    const api = createApiWorld({ history: everyFiveMinutes })
    const { body } = await api.ask('/v1/prices/bitcoin/history?interval=1h&from=2026-11-23&to=2026-11-23T03:00:00Z')
    expect(body.points).toEqual([
      { at: '2026-11-23T00:55:00.000Z', price: 1_011 },
      { at: '2026-11-23T01:55:00.000Z', price: 1_023 },
      { at: '2026-11-23T02:55:00.000Z', price: 1_035 },
    ])
  })

  it('takes times of any zone, and the end is not included', async () => {
    const api = createApiWorld({ history: everyFiveMinutes })
    const zoned = encodeURIComponent('2026-11-23T09:00:00+09:00')
    const { body } = await api.ask(`/v1/prices/bitcoin/history?from=${zoned}&to=2026-11-23T00:10:00Z`)
    expect(body.points.map(({ price }: HistoryPoint) => price)).toEqual([1_000, 1_001])
  })

  it('comes in pages that a cursor continues', async () => {
    const api = createApiWorld({ history: everyFiveMinutes })
    const url = '/v1/prices/bitcoin/history?from=2026-11-23&to=2026-11-23T03:00:00Z&limit=20'
    const first = (await api.ask(url)).body
    expect([first.points.length, first.points.at(-1).price]).toEqual([20, 1_019])
    const second = (await api.ask(`${url}&cursor=${first.next}`)).body
    expect([second.points.length, second.points[0].price, second.next]).toEqual([16, 1_020, null])
    // No page reads more than it shows.
    expect(api.reads.history).toEqual([
      { from: '2026-11-23T00:00:00.000Z', to: '2026-11-23T01:40:00.000Z' },
      { from: '2026-11-23T01:40:00.000Z', to: '2026-11-23T03:00:00.000Z' },
    ])
  })

  it('refuses a cursor of another query', async () => {
    const api = createApiWorld({ history: everyFiveMinutes })
    const { body } = await api.ask('/v1/prices/bitcoin/history?from=2026-11-23&limit=1')
    const { status, body: refused } = await api.ask(
      `/v1/prices/bitcoin/history?from=2026-11-22&to=2026-11-23&cursor=${body.next}`,
    )
    expect([status, refused.detail]).toEqual([400, expect.stringContaining('cursor: it belongs to another query')])
  })

  it('of a coin that is not known is a 404', async () => {
    expect((await createApiWorld().ask('/v1/prices/nope/history')).status).toBe(404)
  })

  it('that was sent already is 304', async () => {
    const api = createApiWorld({ history: everyFiveMinutes })
    const url = '/v1/prices/bitcoin/history?from=2026-11-23&to=2026-11-23T03:00:00Z'
    const { headers } = await api.get(url)
    expect((await api.get(url, { 'if-none-match': String(headers?.etag) })).statusCode).toBe(304)
  })
})

const stepOf = { '5m': minutes(5), '1h': minutes(60), '1d': minutes(24 * 60) }
const start = Date.parse('2026-11-01T00:00:00.000Z')
const span = minutes(5 * 24 * 60)

it('page by page is the same as all at once, whatever the interval, the limit and the gaps', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: span - 1 }), { maxLength: 120 }),
      fc.constantFrom(...intervals),
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 0, max: span - 1 }),
      (offsets, interval, limit, cut) => {
        const points = offsets.toSorted((a, b) => a - b).map((offset, price) => ({ at: moment(start + offset), price }))
        const range = { from: moment(start + Math.min(cut, span / 2)), to: moment(start + span) }
        const within = ({ from, to }: { from: string; to: string }) => points.filter(({ at }) => at >= from && at < to)
        const paged: HistoryPoint[] = []
        let cursor: string | undefined
        do {
          const page = pageOf(range, interval, limit, cursor)
          const shown = lastOfEach(within(page), stepOf[interval])
          expect(shown.length).toBeLessThanOrEqual(limit)
          paged.push(...shown)
          cursor = page.to < range.to ? page.to : undefined
        } while (cursor !== undefined)
        expect(paged).toEqual(lastOfEach(within(range), stepOf[interval]))
      },
    ),
    { numRuns: 60 },
  )
})
