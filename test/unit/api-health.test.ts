import { describe, expect, it } from 'vitest'
import { HealthAnswer } from '../../api/schemas.ts'
import { aPrice, aSnapshot, createApiWorld, ethereum, throttled } from '../support/api-world.ts'
import { later } from '../support/builders.ts'

describe('health', () => {
  it('is ok while every price is fresh', async () => {
    const api = createApiWorld()
    api.at(2)
    const { status, headers, body } = await api.ask('/health')
    expect([status, headers['cache-control']]).toEqual([200, 'no-store'])
    expect(HealthAnswer.parse(body)).toMatchObject({
      status: 'ok',
      reasons: [],
      prices: [
        { currency: 'usd', state: 'fresh', ageSeconds: 120 },
        { currency: 'jpy', state: 'fresh' },
        { currency: 'eur', state: 'fresh' },
      ],
      table: 'read',
    })
  })

  it('is degraded, with 200, when prices are stale', async () => {
    const api = createApiWorld()
    api.at(7)
    const { status, body } = await api.ask('/health')
    expect([status, body.status]).toEqual([200, 'degraded'])
    expect(body.reasons).toContain('prices in usd are 7 min old; up to 5 min they are fresh')
  })

  it('is down, with 503, when no price is young enough to be served', async () => {
    const api = createApiWorld()
    api.at(61)
    const { status, headers, body } = await api.ask('/health')
    expect([status, body.status, headers['retry-after']]).toEqual([503, 'down', '60'])
    expect(body.reasons).toContain('prices in jpy are 61 min old; beyond 60 min they are not served')
  })

  it('is degraded when one currency has stopped', async () => {
    const api = createApiWorld()
    api.facts.snapshots.usd = aSnapshot('usd', aPrice({ updatedAt: later(70) }))
    api.facts.snapshots.eur = aSnapshot('eur', aPrice({ updatedAt: later(70) }))
    api.at(71)
    expect((await api.ask('/health')).body).toMatchObject({
      status: 'degraded',
      reasons: ['prices in jpy are 71 min old; beyond 60 min they are not served'],
    })
  })

  it('is degraded when some coins got no new price', async () => {
    const api = createApiWorld()
    for (const currency of ['usd', 'jpy', 'eur'])
      api.facts.snapshots[currency] = aSnapshot(currency, aPrice({ updatedAt: later(10) }), ethereum)
    api.at(11)
    const { body } = await api.ask('/health')
    expect(body.status).toBe('degraded')
    expect(body.reasons[0]).toBe('1 of 2 coins in usd did not get a new price')
  })

  it('is degraded while prices come from memory', async () => {
    const api = createApiWorld()
    await api.get('/health')
    api.facts.tableFails = throttled()
    api.at(1)
    expect((await api.ask('/health')).body).toMatchObject({
      status: 'degraded',
      reasons: ['the table cannot be read, prices come from memory'],
      table: 'unreadable',
    })
  })

  it('is down when the table cannot be read and nothing is in memory, or when there has never been a price', async () => {
    const unread = await createApiWorld({ tableFails: throttled() }).ask('/health')
    expect([unread.status, unread.body.status]).toEqual([503, 'down'])
    expect(unread.body.reasons).toContain('prices in usd cannot be read')
    const empty = await createApiWorld({ snapshots: {} }).ask('/health')
    expect([empty.status, empty.body.reasons[0]]).toEqual([503, 'there are no prices in usd yet'])
  })
})
