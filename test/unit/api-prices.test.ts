import { describe, expect, it } from 'vitest'
import { Problem } from '../../api/problem.ts'
import { aPrice, aSnapshot, createApiWorld, ethereum, throttled } from '../support/api-world.ts'
import { later, noon } from '../support/builders.ts'

describe('a price', () => {
  it('says how old it is, and for how long it stays fresh', async () => {
    const api = createApiWorld()
    api.at(3)
    expect(await api.ask('/v1/prices/bitcoin?currency=jpy')).toMatchObject({
      status: 200,
      headers: { age: '180', 'cache-control': 'private, max-age=120', 'content-type': 'application/json' },
      body: {
        id: 'bitcoin',
        symbol: 'btc',
        name: 'Bitcoin',
        currency: 'jpy',
        price: 15_190_000,
        change24hPercent: 1.9,
        updatedAt: noon,
        ageSeconds: 180,
        stale: false,
        source: 'coingecko',
      },
    })
  })

  it.each([
    [5, 'fresh up to five minutes', { status: 200, body: { stale: false, ageSeconds: 300 } }],
    [5.1, 'stale from then on', { status: 200, body: { stale: true, ageSeconds: 306 } }],
    [60, 'served up to an hour', { status: 200, body: { stale: true, ageSeconds: 3600 } }],
    [61, 'and then refused', { status: 503, headers: { 'retry-after': '60' }, body: { ageSeconds: 3660 } }],
  ])('after %s minutes: %s', async (minutes, _rule, answer) => {
    const api = createApiWorld()
    api.at(minutes)
    expect(await api.ask('/v1/prices/bitcoin')).toMatchObject(answer)
  })

  it('stays fresh for longer when operators say so', async () => {
    const api = createApiWorld({ settings: { updateEveryMinutes: 10, cacheTtlMinutes: 10, provider: 'first' } })
    api.at(9)
    expect(await api.ask('/v1/prices/bitcoin')).toMatchObject({
      headers: { 'cache-control': 'private, max-age=60' },
      body: { stale: false, ageSeconds: 540 },
    })
  })

  it('is never younger than new, whatever the clocks say', async () => {
    const api = createApiWorld()
    api.at(-1)
    expect((await api.ask('/v1/prices/bitcoin')).body).toMatchObject({ ageSeconds: 0, stale: false })
  })

  it('of a coin that is not known is a 404 that names it', async () => {
    const { status, headers, body } = await createApiWorld().ask('/v1/prices/no-such-coin')
    expect([status, headers['content-type']]).toEqual([404, 'application/problem+json'])
    expect(Problem.parse(body)).toMatchObject({
      type: 'urn:crypto-watch:problem:unknown-coin',
      status: 404,
      unknown: ['no-such-coin'],
      requestId: 'r-1',
    })
  })

  it.each(['constructor', '__proto__', 'toString'])('of %s is no coin either', async (id) => {
    expect((await createApiWorld().ask(`/v1/prices/${id}`)).status).toBeGreaterThanOrEqual(400)
  })
})

describe('many prices', () => {
  it('bitcoin and ethereum in usd and jpy, with one request', async () => {
    const { status, body } = await createApiWorld().ask('/v1/prices?ids=bitcoin,ethereum&currency=usd,jpy')
    expect(status).toBe(200)
    expect(body.prices.map(({ id, currency, price }: Record<string, unknown>) => [id, currency, price])).toEqual([
      ['bitcoin', 'usd', 98_000],
      ['bitcoin', 'jpy', 15_190_000],
      ['ethereum', 'usd', 3_900],
      ['ethereum', 'jpy', 604_500],
    ])
    expect(body).toMatchObject({ unknown: [], unavailable: [] })
  })

  it('without a name are all there are', async () => {
    const { body } = await createApiWorld().ask('/v1/prices')
    expect(body.prices.map(({ id }: { id: string }) => id)).toEqual(['bitcoin', 'ethereum'])
  })

  it('by symbol, in capitals too, and both ways at once without repeats', async () => {
    const { body } = await createApiWorld().ask('/v1/prices?symbols=BTC&ids=bitcoin')
    expect(body.prices).toHaveLength(1)
  })

  it('every coin with a symbol answers, when two have the same', async () => {
    const twin = aPrice({ id: 'bitcoin-twin', price: 1 })
    const api = createApiWorld({ snapshots: { usd: aSnapshot('usd', aPrice(), twin) } })
    expect((await api.ask('/v1/prices?symbols=btc')).body.prices).toHaveLength(2)
  })

  it('lists coins that are not known and answers those that are', async () => {
    expect((await createApiWorld().ask('/v1/prices?ids=bitcoin,nope&symbols=eth,xyz')).body).toMatchObject({
      prices: [{ id: 'bitcoin' }, { id: 'ethereum' }],
      unknown: ['nope', 'xyz'],
    })
  })

  it('is a 404 when none is known', async () => {
    const { status, body } = await createApiWorld().ask('/v1/prices?ids=nope')
    expect([status, body.unknown]).toEqual([404, ['nope']])
  })

  it('tells which coin has no price young enough, and lets nobody keep that answer', async () => {
    const api = createApiWorld({
      snapshots: { usd: aSnapshot('usd', aPrice({ updatedAt: later(59) }), ethereum) },
    })
    api.at(61)
    expect(await api.ask('/v1/prices')).toMatchObject({
      status: 200,
      headers: { age: '120', 'cache-control': 'private, max-age=0' },
      body: {
        prices: [{ id: 'bitcoin', stale: false }],
        unavailable: [{ id: 'ethereum', currency: 'usd', ageSeconds: 3660 }],
      },
    })
  })

  it('a coin that one currency lacks is unavailable in it', async () => {
    const { body } = await createApiWorld().ask('/v1/prices?ids=ethereum&currency=usd,eur')
    expect(body).toMatchObject({
      prices: [{ currency: 'usd' }],
      unavailable: [{ id: 'ethereum', currency: 'eur' }],
    })
  })
})

describe('what was understood wrongly', () => {
  it.each([
    ['/v1/prices?currency=xyz', '"xyz" is not kept; there are usd, jpy, eur'],
    ['/v1/prices/bitcoin?currency=gbp', '"gbp" is not kept'],
    ['/v1/prices?currency=usd,doge', '"doge" is not kept'],
    ['/v1/prices?ids=bit%20coin', '"bit coin" is not a coin id such as bitcoin'],
    ['/v1/prices?ids=,', 'names none'],
    ['/v1/prices?symbols=b%3Ctc', '"b<tc" is not a symbol'],
    [`/v1/prices?ids=${Array.from({ length: 101 }, (_, n) => `c${n}`).join(',')}`, 'names 101 ids; at most 100'],
    ['/v1/prices?id=bitcoin', '"id" is no parameter of this request; it takes ids, symbols, currency'],
    ['/v1/coins?page=2', '"page" is no parameter of this request; it takes none'],
    ['/v1/prices/bitcoin/history?interval=2m', '"2m" is no interval; there are 5m, 1h, 1d'],
    ['/v1/prices/bitcoin/history?limit=0', '"0" is too few; 1 at least'],
    ['/v1/prices/bitcoin/history?limit=many', '"many" is no number'],
    ['/v1/prices/bitcoin/history?limit=5000', '"5000" is too many'],
    ['/v1/prices/bitcoin/history?from=yesterday', '"yesterday" is no date or time'],
    ['/v1/prices/bitcoin/history?from=2026-11-23&to=2026-11-22', 'is not before to'],
    ['/v1/prices/bitcoin/history?from=2026-01-01', 'history is kept for 30 days'],
    ['/v1/prices/bitcoin/history?cursor=abc', 'is no cursor of ours'],
  ])('%#: %s', async (url, said) => {
    const { status, headers, body } = await createApiWorld().ask(url)
    expect([status, headers['content-type']]).toEqual([400, 'application/problem+json'])
    expect(Problem.parse(body).detail).toContain(said)
  })

  it('several at once are all named, a long value is cut', async () => {
    const { body } = await createApiWorld().ask(`/v1/prices?currency=xyz&ids=${'%20'.repeat(2)}a%20${'b'.repeat(300)}`)
    expect(body.detail).toContain('"xyz"')
    expect(body.detail).toContain('bbb…"')
    expect(body.detail.length).toBeLessThan(300)
  })
})

describe('an answer that the client has already', () => {
  it('is 304 with its age, until a price or its freshness changes', async () => {
    const api = createApiWorld()
    const { headers } = await api.get('/v1/prices?ids=bitcoin')
    const etag = String(headers?.etag)
    const again = () => api.get('/v1/prices?ids=bitcoin', { 'If-None-Match': `"other", ${etag}` })

    api.at(2)
    expect(await again()).toEqual({
      statusCode: 304,
      headers: { etag, age: '120', 'cache-control': 'private, max-age=180' },
      body: '',
    })
    // It is stale now, which the copy of the client does not say.
    api.at(6)
    expect((await again()).statusCode).toBe(200)
  })

  it('is answered anew when a newer price has come, at the same amount too', async () => {
    const api = createApiWorld()
    const { headers } = await api.get('/v1/prices/bitcoin')
    api.facts.snapshots.usd = aSnapshot('usd', aPrice({ updatedAt: later(4) }))
    api.at(4)
    expect((await api.get('/v1/prices/bitcoin', { 'if-none-match': String(headers?.etag) })).statusCode).toBe(200)
  })

  it('is told apart from the answer to another question', async () => {
    const api = createApiWorld()
    const etags = await Promise.all(
      [
        '/v1/prices',
        '/v1/prices?ids=bitcoin',
        '/v1/prices?currency=jpy',
        '/v1/coins',
        '/v1/prices/bitcoin/history',
      ].map(async (url) => (await api.get(url)).headers?.etag),
    )
    expect(new Set(etags).size).toBe(5)
  })
})

describe('the table', () => {
  it('is read once for a thousand requests that come at once to a cold function', async () => {
    const api = createApiWorld()
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, (_, n) => api.get(n % 2 === 0 ? '/v1/prices/bitcoin' : '/v1/prices?ids=ethereum')),
    )
    expect(answers.every(({ statusCode }) => statusCode === 200)).toBe(true)
    expect(api.reads.snapshots).toBe(1)
  })

  it('is asked again after ten seconds', async () => {
    const api = createApiWorld()
    await api.get('/v1/prices/bitcoin')
    api.at(9.9 / 60)
    await api.get('/v1/prices/bitcoin')
    expect(api.reads.snapshots).toBe(1)
    api.at(10 / 60)
    await api.get('/v1/prices/bitcoin')
    expect(api.reads.snapshots).toBe(2)
  })

  it('that throttles is replaced by what is in memory, while that is younger than an hour', async () => {
    const api = createApiWorld()
    await api.get('/v1/prices/bitcoin')
    api.facts.tableFails = throttled()
    for (const [minutes, status] of [
      [1, 200],
      [6, 200],
      [60, 200],
      [61, 503],
    ] as const) {
      api.at(minutes)
      expect([minutes, (await api.ask('/v1/prices/bitcoin')).status]).toEqual([minutes, status])
    }
    expect(api.log.lines.filter(({ level }) => level === 'warn').map(({ message }) => message)).toContain(
      'the prices table could not be read, the copy in memory answers',
    )
  })

  it('that fails is not asked by every request', async () => {
    const api = createApiWorld()
    await api.get('/v1/prices/bitcoin')
    api.facts.tableFails = throttled()
    api.at(1)
    for (let n = 0; n < 20; n += 1) await api.get('/v1/prices/bitcoin')
    expect(api.reads.snapshots).toBe(2)
  })

  it('that throttles a cold function is a 503 that asks for patience', async () => {
    const api = createApiWorld({ tableFails: throttled() })
    const { status, headers, body } = await api.ask('/v1/prices/bitcoin')
    expect([status, headers['retry-after'], Problem.parse(body).type]).toEqual([
      503,
      '5',
      'urn:crypto-watch:problem:prices-unreadable',
    ])
  })

  it('that fails in a way nobody expects is an error of the function, logged and thrown', async () => {
    const api = createApiWorld({ tableFails: new TypeError('prices is not iterable') })
    await expect(api.get('/v1/prices/bitcoin')).rejects.toThrow('prices is not iterable')
    expect(api.log.lines).toContainEqual({
      level: 'error',
      message: 'a request failed',
      details: { requestId: 'r-1', route: 'getPrice', error: 'TypeError: prices is not iterable' },
    })
  })

  it('without prices yet is a 503', async () => {
    const api = createApiWorld({ snapshots: {} })
    for (const url of ['/v1/prices', '/v1/prices/bitcoin', '/v1/prices/bitcoin/history', '/v1/coins'])
      expect((await api.ask(url)).body).toMatchObject({ type: 'urn:crypto-watch:problem:no-prices-yet', status: 503 })
  })
})

it('what the gateway would never send is an error', async () => {
  await expect(createApiWorld().handler({ Records: [] })).rejects.toThrow()
})

it('an unknown path and another method are 404', async () => {
  const api = createApiWorld()
  expect((await api.ask('/v2/prices')).body.type).toBe('urn:crypto-watch:problem:not-found')
  const posted = await api.handler({ httpMethod: 'POST', resource: '/v1/prices', path: '/v1/prices', headers: null })
  expect(JSON.parse(posted.body).detail).toContain('nothing to POST at /v1/prices')
})

it('coins and currencies are listed', async () => {
  expect((await createApiWorld().ask('/v1/coins')).body).toEqual({
    coins: [
      { id: 'bitcoin', symbol: 'btc', name: 'Bitcoin' },
      { id: 'ethereum', symbol: 'eth', name: 'Ethereum' },
    ],
    currencies: ['usd', 'jpy', 'eur'],
  })
})
