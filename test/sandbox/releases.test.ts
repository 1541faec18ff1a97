import { afterEach, describe, expect, it } from 'vitest'
import { sampleKey } from '../../sandbox/cloud/gateway/api-keys.ts'
import type { ReleaseName } from '../../sandbox/cloud/price-service/releases.ts'
import { rarelyAskedCoin } from '../../sandbox/cloud/traffic.ts'
import { type TestCloud, testCloud } from './cloud-support.ts'

let test: TestCloud
afterEach(() => test.cloud.close())

/** Puts a version with this code live, as a deployment would. */
async function live(code: ReleaseName): Promise<void> {
  test = await testCloud()
  const { functions, names } = test.cloud
  const version = functions.publish(names.functions.api, { description: code, code })
  functions.updateAlias(names.functions.api, { version, weights: {} })
}
const get = async (path: string, query: Record<string, string> = {}) => {
  const answer = await test.cloud.gateway.request({ method: 'GET', path, query, headers: { 'x-api-key': sampleKey } })
  return { status: answer.status, body: JSON.parse(answer.body) }
}
const status = async (path: string, query?: Record<string, string>) => (await get(path, query)).status

/** Failed calls of the API by the minute, and all of them. */
const callsOf = (from: string, to: string) =>
  (['Errors', 'Invocations'] as const).map((name) =>
    test.cloud.metrics
      .statistic(
        { namespace: 'AWS/Lambda', name, dimensions: { FunctionName: test.cloud.names.functions.api } },
        'Sum',
        new Date(from),
        new Date(to),
        60,
      )
      .map(({ value }) => value),
  )

describe('the version that rounds changes', () => {
  it('works as long as every coin has a change', async () => {
    await live('rounds-changes')
    const { body } = await get(`/v1/prices/${rarelyAskedCoin}`)
    expect(String(body.change24hPercent)).toMatch(/^-?\d+(\.\d{1,2})?$/)
    expect(await status('/v1/prices')).toBe(200)
    expect(await status(`/v1/prices/${rarelyAskedCoin}/history`)).toBe(200)
  })

  it('fails for the coin whose change is withheld, once that has reached the table, and for nothing else', async () => {
    await live('rounds-changes')
    test.cloud.upstream.withholdChange([rarelyAskedCoin])
    await test.minutes(4)
    expect(await status(`/v1/prices/${rarelyAskedCoin}`)).toBe(200)
    await test.minutes(2)
    expect(await status(`/v1/prices/${rarelyAskedCoin}`, { currency: 'jpy' })).toBe(502)
    expect(await status('/v1/prices', { ids: `bitcoin,${rarelyAskedCoin}` })).toBe(502)
    for (const path of ['/v1/prices/bitcoin', '/v1/coins', `/v1/prices/${rarelyAskedCoin}/history`, '/health'])
      expect([path, await status(path)]).toEqual([path, 200])
  })

  it('heals by the version before, which copes with a missing change', async () => {
    await live('rounds-changes')
    test.cloud.upstream.withholdChange([rarelyAskedCoin])
    await test.minutes(5)
    test.cloud.functions.updateAlias(test.cloud.names.functions.api, { version: '41' })
    const { status, body } = await get(`/v1/prices/${rarelyAskedCoin}`)
    expect([status, body.price > 0, 'change24hPercent' in body]).toEqual([200, true, false])
  })

  it('fails the same twelfth of the traffic in every minute: enough for its alarm, too little for the next', async () => {
    await live('rounds-changes')
    test.cloud.upstream.withholdChange([rarelyAskedCoin])
    await test.minutes(5)
    for (const perMinute of [60, 120]) {
      test.cloud.traffic.setRequestsPerMinute(perMinute)
      await test.minutes(3)
    }
    const [errors, calls] = callsOf('2026-11-23T03:05:00.000Z', '2026-11-23T03:11:00.000Z')
    expect([errors, calls]).toEqual([
      [5, 5, 5, 10, 10, 10],
      [60, 60, 60, 120, 120, 120],
    ])
    const ringing = test.cloud.alarms.describe().filter(({ state }) => state.value === 'ALARM')
    expect(ringing.map(({ alarm }) => alarm.name)).toEqual(['LambdaErrorAlarm'])
  })

  it('fails for every customer, so that nobody is led to think of a single one', async () => {
    await live('rounds-changes')
    test.cloud.upstream.withholdChange([rarelyAskedCoin])
    await test.minutes(6)
    const failed = test.cloud.gateway.accessLog.list().filter((entry) => entry.status === 502)
    expect([...new Set(failed.map(({ key, sourceIp }) => `${key?.name} ${sourceIp}`))].sort()).toEqual([
      'hoshi-app 203.0.113.10',
      'kawase-desk 203.0.113.77',
      'portfolio-widget 198.51.100.23',
    ])
  })
})

describe.each(['reads-by-index', 'looks-up-currencies'] as const)('the version that %s', (code) => {
  it('throws on every price request, and the client gets a problem', async () => {
    await live(code)
    for (const query of [{}, { currency: 'usd' }, { currency: 'jpy' }, { currency: 'EUR' }]) {
      expect(await get('/v1/prices/bitcoin', query)).toMatchObject({
        status: 502,
        body: { type: 'urn:crypto-watch:problem:failed' },
      })
      expect(await status('/v1/prices', { ...query, ids: 'bitcoin,ethereum' })).toBe(502)
    }
  })

  it('is told by Lambda as the TypeError that it is, with the place in the code', async () => {
    await live(code)
    const { functions, names } = test.cloud
    const event = { httpMethod: 'GET', resource: '/v1/prices/{id}', pathParameters: { id: 'bitcoin' } }
    const outcome = await functions.invoke(names.functions.api, 'live', { ...event, queryStringParameters: {} })
    expect(outcome).toMatchObject({
      ok: false,
      failure: {
        errorType: 'TypeError',
        errorMessage: expect.stringMatching(/^Cannot read properties of undefined/),
        trace: expect.arrayContaining([expect.stringContaining('releases.ts')]),
      },
    })
  })
})

it('the traffic asks for everything that can be asked with a key, in every minute', async () => {
  await live('good')
  await test.minutes(1)
  const entries = test.cloud.gateway.accessLog.list()
  const asked = Object.groupBy(entries, ({ resource }) => resource ?? 'none')
  expect(Object.keys(asked).sort()).toEqual(['/v1/coins', '/v1/prices', '/v1/prices/{id}', '/v1/prices/{id}/history'])
  expect(entries.map(({ status }) => status)).toEqual(Array.from({ length: 60 }, () => 200))
})
