import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'
import { afterEach, describe, expect, it } from 'vitest'
import { sampleKey } from '../../sandbox/cloud/gateway/api-keys.ts'
import { client, type TestCloud, testCloud } from './cloud-support.ts'

const open: TestCloud[] = []
async function start(options: Parameters<typeof testCloud>[0] = {}): Promise<TestCloud> {
  const test = await testCloud(options)
  open.push(test)
  return test
}
afterEach(async () => {
  for (const test of open.splice(0)) await test.cloud.close()
})

const get = ({ cloud }: TestCloud, path: string, query: Record<string, string> = {}) =>
  cloud.gateway.request({ method: 'GET', path, query, headers: { 'x-api-key': sampleKey } })

describe('the price API behind its gateway', () => {
  it('answers with the price and its age', async () => {
    const test = await start()
    await test.minutes(3)
    const answer = await get(test, '/v1/prices/bitcoin', { currency: 'JPY' })
    expect(answer).toMatchObject({ status: 200, headers: { age: '180', 'cache-control': 'private, max-age=120' } })
    expect(JSON.parse(answer.body)).toMatchObject({
      id: 'bitcoin',
      currency: 'jpy',
      price: expect.any(Number),
      updatedAt: '2026-11-23T03:00:00.000Z',
      ageSeconds: 180,
      stale: false,
    })
  })

  it.each([
    ['/v1/prices/nothing', {}, 404],
    ['/v1/prices/bitcoin', { currency: 'gbp' }, 400],
    ['/v1/prices/bitcoin', { currency: 'e' }, 400],
    ['/v1/elsewhere', {}, 404],
  ])('answers %s %o with %i as problem details', async (path, query, status) => {
    const answer = await get(await start(), path, query)
    expect(answer).toMatchObject({ status, headers: { 'content-type': 'application/problem+json' } })
  })

  it('says when a price is stale, and keeps answering from memory when the table cannot be read', async () => {
    const test = await start()
    await test.minutes(1)
    test.cloud.upstream.setMode('503')
    test.cloud.secondUpstream.setMode('503')
    test.cloud.faults.add({ match: ({ service }) => service === 'dynamodb', kind: 'throttle' })
    await test.minutes(6)
    const answer = await get(test, '/v1/prices/bitcoin', { currency: 'usd' })
    expect(JSON.parse(answer.body)).toMatchObject({ ageSeconds: 420, stale: true })
  })

  it('turns an error into 502, a throttle into 503, a slow function into 502 by its timeout', async () => {
    const test = await start()
    const { functions, names } = test.cloud
    functions.setBehaviour(names.functions.api, 'every', { errorRate: 1 })
    expect((await get(test, '/v1/prices/bitcoin')).status).toBe(502)
    functions.setReservedConcurrency(names.functions.api, 0)
    expect((await get(test, '/v1/prices/bitcoin')).status).toBe(503)
    functions.heal()
    functions.setBehaviour(names.functions.api, 'every', { extraLatencyMs: 60_000 })
    expect((await get(test, '/v1/prices/bitcoin')).status).toBe(502)
  })

  it('is counted by the gateway each minute', async () => {
    const test = await start()
    test.cloud.functions.setBehaviour(test.cloud.names.functions.api, '41', { errorRate: 0.1 })
    await test.minutes(1)
    const of = (name: string, statistic: 'Sum' | 'p95') =>
      test.cloud.metrics.statistic(
        { namespace: 'AWS/ApiGateway', name, dimensions: { ApiName: 'crypto-watch-api', Stage: 'prod' } },
        statistic,
        new Date('2026-11-23T03:00:00.000Z'),
        new Date('2026-11-23T03:01:00.000Z'),
        60,
      )[0]?.value
    expect([of('Count', 'Sum'), of('5XXError', 'Sum'), of('4XXError', 'Sum')]).toEqual([60, 6, 0])
    expect(of('Latency', 'p95')).toBeGreaterThan(20)
    expect(of('Latency', 'p95')).toBeLessThan(90)
  })
})

describe('the updater', () => {
  // Three currencies; what may end differently is tried three times, and nobody waits the minute that a 429 asks for.
  it.each([
    ['429', 3],
    ['503', 9],
    ['hang', 9],
  ] as const)('tells its errors when both sources say %s, and keeps the old prices', async (mode, attempts) => {
    const test = await start()
    test.cloud.upstream.setMode(mode)
    test.cloud.secondUpstream.setMode(mode)
    await test.minutes(5)
    const sum = (name: string) =>
      test.cloud.metrics.statistic(
        { namespace: 'Custom/CryptoWatch', name, dimensions: { service: 'crypto-watch' } },
        'Sum',
        new Date('2026-11-23T03:05:00.000Z'),
        new Date('2026-11-23T03:06:00.000Z'),
        60,
      )[0]?.value
    expect(['ExternalApiCalls', 'ExternalApiErrors', 'PriceAge'].map(sum)).toEqual([attempts, attempts, 300])
    const answer = await get(test, '/v1/prices/solana')
    expect(JSON.parse(answer.body)).toMatchObject({ updatedAt: '2026-11-23T03:00:00.000Z' })
  })
})

describe('a restart', () => {
  it('goes on from a snapshot and from the tables on disk', async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'cloud-'))
    const first = await testCloud({ dataFolder })
    const { names } = first.cloud
    first.cloud.functions.updateAlias(names.functions.api, { version: '40', weights: { '41': 0.25 } })
    first.cloud.functions.setBehaviour(names.functions.api, 'every', { errorRate: 0.5 })
    first.cloud.alarms.putCompositeAlarm({ name: 'both', description: '', rule: 'ALARM("LambdaErrorAlarm")' })
    first.cloud.upstream.setMode('truncated')
    first.cloud.upstream.withholdChange(['solana'])
    first.cloud.secondUpstream.setMode('429')
    await first.minutes(2)
    const alias = first.cloud.functions.alias(names.functions.api)
    const saved = JSON.parse(JSON.stringify(first.cloud.snapshot()))
    await first.cloud.close()

    const second = await start({ dataFolder, saved, start: '2026-11-23T03:02:00.000Z' })
    expect(second.cloud.functions.alias(names.functions.api)).toEqual(alias)
    expect(second.cloud.alarms.state('LambdaErrorAlarm').value).toBe('ALARM')
    expect(second.cloud.alarms.state('both').value).toBe('ALARM')
    expect(second.cloud.deployments.list()).toHaveLength(4)
    expect([second.cloud.upstream.mode(), second.cloud.secondUpstream.mode()]).toEqual(['truncated', '429'])
    expect(second.cloud.upstream.withheldChange()).toEqual(['solana'])
    await second.minutes(1)
    expect(second.cloud.alarms.state('LambdaErrorAlarm').value).toBe('ALARM')
    const dynamodb = new DynamoDBClient(client(second.cloud))
    const { Item } = await dynamodb.send(
      new GetItemCommand({ TableName: names.tables.prices, Key: { pk: { S: 'PRICES#usd' }, sk: { S: 'SNAPSHOT' } } }),
    )
    dynamodb.destroy()
    expect(Item).toBeDefined()
    await rm(dataFolder, { recursive: true })
  })
})
