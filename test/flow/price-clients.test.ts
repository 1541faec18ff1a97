import { afterEach, describe, expect, it } from 'vitest'
import { Problem } from '../../api/problem.ts'
import { sampleKey } from '../../sandbox/cloud/gateway/api-keys.ts'
import * as client from '../support/price-api-client.ts'
import { type Story, startStory } from '../support/story.ts'

let story: Story
afterEach(() => story.stop())

/** Where and with which key the generated client asks. */
const at = (key: string | undefined = sampleKey) => ({
  baseUrl: story.addresses.prices,
  headers: key === undefined ? {} : { 'x-api-key': key },
})
/** The same request without the client, for what only the wire shows. */
const raw = (path: string, headers: Record<string, string> = { 'x-api-key': sampleKey }) =>
  fetch(`${story.addresses.prices}${path}`, { headers })

async function problemOf(answer: Response) {
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  return Problem.parse(await answer.json())
}

describe('a client with a key', () => {
  it('asks for bitcoin and ethereum in usd and jpy', async () => {
    story = await startStory()
    const answer = await client.listPrices({ ids: 'bitcoin,ethereum', currency: 'usd,jpy' }, at())
    if (answer.status !== 200) throw new Error(`It answered ${answer.status}.`)
    expect(answer.data.prices.map(({ id, currency }) => `${id} ${currency}`)).toEqual([
      'bitcoin usd',
      'bitcoin jpy',
      'ethereum usd',
      'ethereum jpy',
    ])
    for (const price of answer.data.prices)
      expect(price).toMatchObject({ stale: false, ageSeconds: 0, source: 'coingecko (simulated)' })
  })

  it('finds its way: coins, one price, its past, page by page', async () => {
    story = await startStory()
    await story.forward(21)
    const coins = await client.listCoins({}, at())
    if (coins.status !== 200) throw new Error(`It answered ${coins.status}.`)
    expect(coins.data.coins).toHaveLength(50)
    expect(coins.data.currencies).toEqual(['usd', 'jpy', 'eur'])

    const price = await client.getPrice('solana', { currency: 'eur' }, at())
    expect(price).toMatchObject({ status: 200, data: { symbol: 'sol', currency: 'eur', stale: false } })

    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page = await client.getHistory('solana', { limit: 100, ...(cursor && { cursor }) }, at())
      if (page.status !== 200) throw new Error(`It answered ${page.status}.`)
      seen.push(...page.data.points.map((point) => point.at))
      cursor = page.data.next
    } while (cursor !== null)
    // Fetched at the start and every five minutes since.
    expect(seen.map((moment) => moment.slice(11, 16))).toEqual(['03:00', '03:05', '03:10', '03:15', '03:20'])
  })

  it('is told when nothing has changed', async () => {
    story = await startStory()
    const first = await raw('/v1/prices?ids=bitcoin')
    const etag = first.headers.get('etag') ?? ''
    const again = await raw('/v1/prices?ids=bitcoin', { 'x-api-key': sampleKey, 'if-none-match': etag })
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag])
    expect(await client.listPrices({ ids: 'bitcoin', ifNoneMatch: etag }, at())).toMatchObject({ status: 304 })
  })

  it('is told what was wrong, and never anything but a problem document', async () => {
    story = await startStory()
    const unknownCurrency = await raw('/v1/prices?currency=xyz')
    expect(unknownCurrency.status).toBe(400)
    expect((await problemOf(unknownCurrency)).detail).toContain('"xyz"')

    const unknownCoin = await raw('/v1/prices/no-such-coin')
    expect(unknownCoin.status).toBe(404)
    expect((await problemOf(unknownCoin)).unknown).toEqual(['no-such-coin'])

    const noKey = await raw('/v1/prices', {})
    expect(noKey.status).toBe(403)
    expect((await problemOf(noKey)).detail).toContain('x-api-key')
    expect(await client.listCoins({}, at('wrong'))).toMatchObject({
      status: 403,
      data: { type: 'urn:crypto-watch:problem:key-missing-or-wrong' },
    })

    expect((await problemOf(await raw('/v1/elsewhere'))).type).toBe('urn:crypto-watch:problem:not-found')
    const { functions, names } = story.cloud
    functions.setBehaviour(names.functions.api, 'every', { errorRate: 1 })
    const failed = await raw('/v1/prices')
    expect([failed.status, (await problemOf(failed)).type]).toEqual([502, 'urn:crypto-watch:problem:failed'])
  })

  it('that is too fast is slowed down', async () => {
    story = await startStory()
    const statuses = await Promise.all(Array.from({ length: 30 }, async () => (await raw('/v1/coins')).status))
    expect(statuses.filter((status) => status === 429)).toHaveLength(10)
    const refused = await raw('/v1/coins')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
    await problemOf(refused)
    story.wall.jump(1_000)
    expect((await raw('/v1/coins')).status).toBe(200)
  })
})

describe('the price sources are down', () => {
  it('prices grow old, are marked, are refused with the incident’s name, and come back by themselves', async () => {
    story = await startStory()
    const bitcoin = () => client.getPrice('bitcoin', {}, at())
    const health = async () => (await client.getHealth(at())).data as client.Health
    const status = async () => (await client.getStatus({}, at())).data as client.Status
    // Whoever asks first does not wait for the record; whoever asks again is told.
    const until = async <T>(ask: () => Promise<T>, isSo: (answer: T) => boolean): Promise<T> => {
      for (let tries = 0; tries < 200; tries += 1) {
        const answer = await ask()
        if (isSo(answer)) return answer
      }
      return ask()
    }
    expect(await bitcoin()).toMatchObject({ status: 200, data: { stale: false } })
    expect((await health()).status).toBe('ok')
    expect((await until(status, (told) => told.status !== 'unknown')).status).toBe('operational')

    story.cloud.upstream.setMode('503')
    story.cloud.secondUpstream.setMode('503')
    await story.sandboxForward(5 * 60)
    expect(await bitcoin()).toMatchObject({ status: 200, data: { stale: false, ageSeconds: 300 } })
    await story.sandboxForward(60)
    expect(await bitcoin()).toMatchObject({ status: 200, data: { stale: true, ageSeconds: 360 } })
    expect(await health()).toMatchObject({
      status: 'degraded',
      reasons: expect.arrayContaining([expect.stringContaining('6 min old')]),
    })

    await story.sandboxForward(55 * 60)
    await story.quiet()
    expect((await story.state()).alarms.ExternalApiErrorAlarm).toBe('ALARM')
    // The 5xx that follow from it have joined it: there is no other incident.
    const { incidents } = await story.state()
    expect(incidents).toMatchObject([{ service: 'updater', severity: 'High' }])
    const [incident] = incidents
    const refused = await raw('/v1/prices/bitcoin')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '60'])
    const problem = await until(
      async () => {
        story.wall.jump(1_000)
        return problemOf(await raw('/v1/prices/bitcoin'))
      },
      (told) => told.incident !== undefined,
    )
    expect(problem).toMatchObject({
      type: 'urn:crypto-watch:problem:prices-too-old',
      incident: incident?.id,
      ageSeconds: 3_660,
    })
    expect((await health()).status).toBe('down')
    expect(await until(status, (told) => told.incidents.length > 0)).toMatchObject({
      status: 'disrupted',
      incidents: [{ id: incident?.id, state: 'investigating' }],
    })

    story.cloud.upstream.setMode('ok')
    story.cloud.secondUpstream.setMode('ok')
    await story.sandboxForward(20 * 60)
    await story.quiet()
    expect(await bitcoin()).toMatchObject({ status: 200, data: { stale: false } })
    expect((await health()).status).toBe('ok')
    expect((await story.state()).alarms.ExternalApiErrorAlarm).toBe('OK')
    expect(await until(status, (told) => told.recent.length > 0)).toMatchObject({
      status: 'operational',
      incidents: [],
      recent: [{ id: incident?.id, state: 'resolved' }],
    })
  })
})

describe('the table throttles', () => {
  it('requests are answered from memory, the alarm rings, an incident opens', async () => {
    story = await startStory()
    await story.play('table-throttled')
    const answer = await raw('/v1/prices/bitcoin')
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ id: 'bitcoin', price: expect.any(Number) })
    const { alarms, incidents } = await story.state()
    expect(alarms.DynamoDBThrottleAlarm).toBe('ALARM')
    expect(incidents).toMatchObject([{ service: 'table', status: 'open', severity: 'High' }])
    const health = await client.getHealth(at())
    expect(health.data).toMatchObject({ table: 'unreadable' })
    expect((await story.state()).alarms.LambdaErrorAlarm).toBe('OK')
  })
})
