import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PriceSnapshot, pricesTable } from '../../common/prices.ts'
import type { UpstreamMode } from '../../sandbox/cloud/upstream.ts'
import { client, type TestCloud, testCloud } from './cloud-support.ts'

let test: TestCloud
let documents: DynamoDBDocumentClient
beforeEach(async () => {
  // The first update was at 03:00; the next one is at 03:05.
  test = await testCloud()
  documents = DynamoDBDocumentClient.from(new DynamoDBClient(client(test.cloud)))
})
afterEach(async () => {
  documents.destroy()
  await test.cloud.close()
})

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 3, minute))
/** What was measured in a minute after three: the sum, or undefined if nothing was. */
const measured = (name: string, minute = 5) =>
  test.cloud.metrics.statistic(
    { namespace: 'Custom/CryptoWatch', name, dimensions: { service: 'crypto-watch' } },
    'Sum',
    at(minute),
    at(minute + 1),
    60,
  )[0]?.value
const counts = () => ({
  calls: measured('ExternalApiCalls'),
  errors: measured('ExternalApiErrors'),
  fallback: measured('FallbackUsed'),
  dropped: measured('PricesDropped'),
})
const snapshot = async (currency: string) => {
  const { prices } = test.cloud.names.tables
  const { Item } = await documents.send(
    new GetCommand({ TableName: prices, Key: pricesTable.snapshot(currency), ConsistentRead: true }),
  )
  return PriceSnapshot.parse(Item)
}
const errors = () =>
  test.lines
    .filter(({ message }) => message.startsWith('External API ERROR'))
    .map(({ level, details }) => ({ level, ...details }))
const first = 'coingecko (simulated)'
const second = 'coinbase (simulated)'

describe('an update when all is well', () => {
  it('asks the first source once per currency, and the second not at all', async () => {
    await test.minutes(5)
    expect(counts()).toEqual({ calls: 3, errors: 0, fallback: 0, dropped: 0 })
    expect(measured('HistoryFailures')).toBe(0)
    expect(measured('PriceAge')).toBe(0)
    expect(measured('DynamoDBQueryLatency')).toBeGreaterThanOrEqual(0)
    expect(test.cloud.secondUpstream.requests()).toEqual([])
    expect(errors()).toEqual([])
    for (const currency of ['usd', 'jpy', 'eur']) {
      const { prices, updatedAt, revision } = await snapshot(currency)
      expect([Object.keys(prices).length, updatedAt, revision]).toEqual([50, '2026-11-23T03:05:00.000Z', 2])
    }
    expect((await snapshot('usd')).prices.bitcoin).toEqual({
      id: 'bitcoin',
      symbol: 'btc',
      name: 'Bitcoin',
      price: expect.closeTo(98_000, -4),
      change24hPercent: expect.any(Number),
      updatedAt: '2026-11-23T03:05:00.000Z',
      quotedAt: '2026-11-23T03:04:40.000Z',
      source: first,
    })
  })

  it('goes on without the 24 h change of a coin that the source keeps back', async () => {
    test.cloud.upstream.withholdChange(['solana', 'dai'])
    await test.minutes(5)
    const without = Object.values((await snapshot('usd')).prices).filter((price) => !('change24hPercent' in price))
    expect(without.map(({ id }) => id).sort()).toEqual(['dai', 'solana'])
    expect(counts()).toEqual({ calls: 3, errors: 0, fallback: 0, dropped: 0 })
    test.cloud.upstream.withholdChange([])
    await test.minutes(5)
    expect((await snapshot('usd')).prices.solana?.change24hPercent).toEqual(expect.any(Number))
  })
})

interface Story {
  reason: string
  /** Attempts per currency. */
  tries: number
  status?: number
}
const failures: [UpstreamMode, Story][] = [
  // It asks for a minute, which no run has.
  ['429', { reason: 'rate-limited', tries: 1, status: 429 }],
  ['503', { reason: 'unavailable', tries: 3, status: 503 }],
  ['hang', { reason: 'timed-out', tries: 3 }],
  ['truncated', { reason: 'truncated', tries: 3, status: 200 }],
  ['wrong-types', { reason: 'malformed', tries: 1, status: 200 }],
  ['empty', { reason: 'empty', tries: 1, status: 200 }],
]

describe('when the first source fails', () => {
  it.each(failures)('by %s, it is tried as often as makes sense, and the second stands in', async (mode, story) => {
    test.cloud.upstream.setMode(mode)
    await test.minutes(5)
    const { tries, ...told } = story
    expect(counts()).toEqual({ calls: 3 * tries, errors: 3 * tries, fallback: 3, dropped: 0 })
    const line = { level: 'warn', provider: first, currency: 'eur', ...told }
    expect(errors().filter((each) => 'currency' in each && each.currency === 'eur')).toEqual(
      Array.from({ length: tries }, (_, index) => ({ ...line, attempt: index + 1 })),
    )
    expect(test.cloud.upstream.requests().filter(({ at: time }) => time >= at(5))).toHaveLength(3 * tries)
    expect(
      test.cloud.secondUpstream
        .requests()
        .map(({ path, status }) => [path, status])
        .sort(),
    ).toEqual([
      ['/exchange-rates?currency=EUR', 200],
      ['/exchange-rates?currency=JPY', 200],
      ['/exchange-rates?currency=USD', 200],
    ])
    expect(test.lines).toContainEqual({
      level: 'warn',
      message: 'the other price source was used',
      details: { currency: 'eur', provider: second, instead: `${first}: ${story.reason}` },
    })

    // What is traded at the second is fresh; what is not keeps its price and the time of it.
    const { prices, updatedAt } = await snapshot('usd')
    expect(updatedAt).toBe('2026-11-23T03:05:00.000Z')
    expect(prices.bitcoin).toEqual({
      id: 'bitcoin',
      symbol: 'btc',
      name: 'Bitcoin',
      price: expect.closeTo(98_000, -4),
      updatedAt: '2026-11-23T03:05:00.000Z',
      source: second,
    })
    expect(prices.monero).toMatchObject({ updatedAt: '2026-11-23T03:00:00.000Z', source: first })
    expect(Object.keys(prices)).toHaveLength(50)
  })

  it('the log line of a failure is what the runbook filters for, once per attempt', async () => {
    test.cloud.upstream.setMode('503')
    await test.minutes(5)
    const found = test.lines.filter(({ message }) => message.includes('External API') && message.includes('ERROR'))
    expect(found).toHaveLength(9)
    expect(found[0]?.message).toBe(`External API ERROR: ${first} gave no prices in usd, unavailable`)
  })

  it('it is asked first again in the next run', async () => {
    test.cloud.upstream.setMode('503')
    await test.minutes(5)
    test.cloud.upstream.setMode('ok')
    await test.minutes(5)
    expect([measured('ExternalApiErrors', 10), measured('FallbackUsed', 10)]).toEqual([0, 0])
    expect((await snapshot('usd')).prices.bitcoin).toMatchObject({
      source: first,
      updatedAt: '2026-11-23T03:10:00.000Z',
    })
  })
})

it('a coin without a price is dropped and named, and keeps the one it had; nobody else is asked', async () => {
  test.cloud.upstream.setMode('without-price')
  await test.minutes(5)
  expect(counts()).toEqual({ calls: 3, errors: 0, fallback: 0, dropped: 3 })
  expect(test.cloud.secondUpstream.requests()).toEqual([])
  expect(test.lines).toContainEqual({
    level: 'warn',
    message: 'prices that cannot be used were dropped',
    details: { provider: first, currency: 'usd', count: 1, coins: ['bitcoin'] },
  })
  const { prices, updatedAt } = await snapshot('usd')
  expect([updatedAt, prices.bitcoin?.updatedAt]).toEqual(['2026-11-23T03:05:00.000Z', '2026-11-23T03:00:00.000Z'])
})

describe('when both sources fail', () => {
  it.each<[UpstreamMode, UpstreamMode, string]>([
    ['503', '503', `${first}: unavailable, ${second}: unavailable`],
    ['429', 'wrong-types', `${first}: rate-limited, ${second}: malformed`],
    ['empty', 'empty', `${first}: empty, ${second}: empty`],
    ['truncated', '429', `${first}: truncated, ${second}: rate-limited`],
  ])('%s and %s: the old prices stay, their age is told, and the run is no error', async (one, other, why) => {
    test.cloud.upstream.setMode(one)
    test.cloud.secondUpstream.setMode(other)
    await test.minutes(5)
    expect(counts().fallback).toBe(0)
    expect(measured('PriceAge')).toBe(300)
    expect(test.lines).toContainEqual({
      level: 'warn',
      message: 'no price source answered',
      details: { currency: 'usd', why },
    })
    expect((await snapshot('usd')).updatedAt).toBe('2026-11-23T03:00:00.000Z')
    const { names, metrics } = test.cloud
    const lambda = { namespace: 'AWS/Lambda', dimensions: { FunctionName: names.functions.updater } }
    expect(metrics.statistic({ ...lambda, name: 'Errors' }, 'Sum', at(5), at(6), 60)[0]?.value).toBe(0)
  })
})

describe('what the table holds', () => {
  it('that cannot be understood is replaced, with an error in the log', async () => {
    const { prices } = test.cloud.names.tables
    const Item = { ...pricesTable.snapshot('usd'), revision: 41, prices: 'many' }
    await documents.send(new PutCommand({ TableName: prices, Item }))
    await test.minutes(5)
    expect(await snapshot('usd')).toMatchObject({ revision: 1, updatedAt: '2026-11-23T03:05:00.000Z' })
    expect(test.lines).toContainEqual({
      level: 'error',
      message: 'a snapshot cannot be understood and is replaced',
      details: { currency: 'usd', problem: expect.stringMatching(/^currency: /) },
    })
  })

  it('cannot be written: the run is an error of the function, and the next one heals', async () => {
    const heal = test.cloud.faults.add({
      match: ({ service, operation }) => service === 'dynamodb' && operation === 'PutItem',
      kind: 'error',
    })
    await test.minutes(5)
    const { functions } = test.cloud.names
    const failed = (minute: number) =>
      test.cloud.metrics.statistic(
        { namespace: 'AWS/Lambda', name: 'Errors', dimensions: { FunctionName: functions.updater } },
        'Sum',
        at(minute),
        at(minute + 1),
        60,
      )[0]?.value
    expect([failed(5), measured('PriceAge')]).toEqual([1, 300])
    heal()
    await test.minutes(5)
    expect([failed(10), measured('PriceAge', 10)]).toEqual([0, 0])
  })

  it('takes no history: prices are saved, the failures counted, and the run is an error of the function', async () => {
    test.cloud.faults.add({
      match: ({ service, operation }) => service === 'dynamodb' && operation === 'BatchWriteItem',
      kind: 'throttle',
    })
    await test.minutes(5)
    expect([measured('HistoryFailures'), measured('PriceAge')]).toEqual([150, 0])
    expect((await snapshot('jpy')).updatedAt).toBe('2026-11-23T03:05:00.000Z')
    const dimensions = { FunctionName: test.cloud.names.functions.updater }
    const called = { namespace: 'AWS/Lambda', name: 'Errors', dimensions }
    expect(test.cloud.metrics.statistic(called, 'Sum', at(5), at(6), 60)[0]?.value).toBe(1)
  })
})
