import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { pricesTable } from '../../common/prices.ts'
import { client, type TestCloud, testCloud } from './cloud-support.ts'

let test: TestCloud
beforeEach(async () => {
  test = await testCloud()
})
afterEach(() => test.cloud.close())

/** Sets the settings item, as an operator would while the service runs. */
async function setSettings(settings: object): Promise<void> {
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(client(test.cloud)))
  const TableName = test.cloud.names.tables.prices
  await documents.send(new PutCommand({ TableName, Item: { ...pricesTable.settings, ...settings } }))
  documents.destroy()
}

/** The minutes after three in which a source was asked. */
const askedAt = (source: 'upstream' | 'secondUpstream' = 'upstream') => [
  ...new Set(test.cloud[source].requests().map(({ at }) => (at.getTime() - Date.UTC(2026, 10, 23, 3)) / 60_000)),
]
const measured = (name: string, minute: number) => {
  const from = Date.UTC(2026, 10, 23, 3, minute)
  const metric = { namespace: 'Custom/CryptoWatch', name, dimensions: { service: 'crypto-watch' } }
  return test.cloud.metrics.statistic(metric, 'Sum', new Date(from), new Date(from + 60_000), 60)[0]?.value
}

it('every five minutes unless told', async () => {
  await test.minutes(20)
  expect(askedAt()).toEqual([0, 5, 10, 15, 20])
})

it('at ten minutes the source is asked ten minutes apart, and calls in between tell the age alone', async () => {
  await setSettings({ updateEveryMinutes: 10 })
  await test.minutes(40)
  expect(askedAt()).toEqual([0, 10, 20, 30, 40])
  expect([measured('PriceAge', 5), measured('PriceAge', 10)]).toEqual([300, 0])
  const others = ['ExternalApiCalls', 'ExternalApiErrors', 'ExternalApiLatency', 'PricesDropped', 'FallbackUsed']
  const silent = [...others, 'HistoryFailures']
  expect(silent.map((name) => measured(name, 15))).toEqual(silent.map(() => undefined))
})

it('the same while both sources fail: a failure is not made up for', async () => {
  await setSettings({ updateEveryMinutes: 10 })
  test.cloud.upstream.setMode('503')
  test.cloud.secondUpstream.setMode('503')
  await test.minutes(40)
  expect(askedAt()).toEqual([0, 10, 20, 30, 40])
  expect(askedAt('secondUpstream')).toEqual([10, 20, 30, 40])
  expect(measured('PriceAge', 40)).toBe(2_400)
})

it('a change of the interval holds from the next call on', async () => {
  await setSettings({ updateEveryMinutes: 30 })
  await test.minutes(12)
  await setSettings({ updateEveryMinutes: 5 })
  await test.minutes(8)
  expect(askedAt()).toEqual([0, 15, 20])
})

it.each([
  [{ updateEveryMinutes: 1 }, [0, 5, 10], 'updateEveryMinutes is 1, 5 is used'],
  [{ updateEveryMinutes: 600 }, [0], 'updateEveryMinutes is 600, 30 is used'],
  [{ updateEveryMinutes: 'often' }, [0, 5, 10], 'updateEveryMinutes is no number, 5 is used'],
  [{ provider: 'third' }, [0, 5, 10], 'provider is neither first nor second, first is used'],
])('settings out of bounds are bounded, and the log says so: %o', async (settings, minutes, problem) => {
  await setSettings(settings)
  await test.minutes(10)
  expect(askedAt()).toEqual(minutes)
  expect(test.lines).toContainEqual({
    level: 'warn',
    message: 'a setting was not taken as it stands',
    details: { problem },
  })
})

it('the provider can be changed while the service runs', async () => {
  await setSettings({ provider: 'second' })
  test.cloud.upstream.setMode('503')
  await test.minutes(5)
  expect([askedAt(), askedAt('secondUpstream')]).toEqual([[0], [5]])
  // The source that is asked first is the one that is measured, so the alarm of the other can end.
  expect([measured('ExternalApiCalls', 5), measured('ExternalApiErrors', 5)]).toEqual([3, 0])
  test.cloud.secondUpstream.setMode('429')
  test.cloud.upstream.setMode('ok')
  await test.minutes(5)
  expect([askedAt(), measured('FallbackUsed', 10)]).toEqual([[0, 10], 3])
})
