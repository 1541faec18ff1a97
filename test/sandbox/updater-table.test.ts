import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createPriceHistory } from '../../updater/price-history.ts'
import { createPricesTable } from '../../updater/prices-table.ts'
import { anEthereum, aPrice, aSnapshot } from '../support/price-builders.ts'
import { createVirtualWall } from '../support/virtual-wall.ts'
import { client, type TestCloud, testCloud } from './cloud-support.ts'

const table = 'crypto-watch-data'

describe('the prices table, through the simulated DynamoDB', () => {
  let test: TestCloud
  let dynamodb: DynamoDBClient
  const open = () => {
    const documents = DynamoDBDocumentClient.from(dynamodb, { marshallOptions: { removeUndefinedValues: true } })
    const wall = createVirtualWall()
    return { prices: createPricesTable(documents, table, wall), history: createPriceHistory(documents, table, wall) }
  }
  beforeAll(async () => {
    test = await testCloud()
    dynamodb = new DynamoDBClient(client(test.cloud))
  })
  afterAll(async () => {
    dynamodb.destroy()
    await test.cloud.close()
  })

  it('a snapshot is written only in place of the one that was read', async () => {
    const { prices } = open()
    const first = aSnapshot([aPrice()], { currency: 'chf', revision: 1 })
    expect(await prices.save(first, undefined)).toBe('saved')
    expect(await prices.save(first, undefined)).toBe('changed-meanwhile')
    const second = aSnapshot([aPrice(), anEthereum()], { currency: 'chf', revision: 2 })
    expect(await prices.save(second, 1)).toBe('saved')
    expect(await prices.save(second, 1)).toBe('changed-meanwhile')
    const { held, settings } = await prices.load(['chf', 'nok'])
    expect(held.get('chf')).toEqual({ snapshot: second, revision: 2 })
    expect(held.get('nok')).toEqual({ snapshot: undefined, revision: undefined })
    expect(settings).toBeUndefined()
  })

  it.each([
    ['without a revision', { broken: { S: 'yes' } }, undefined],
    ['with a revision that is no number', { revision: { S: 'seven' } }, 'seven'],
    ['with a revision but no prices', { revision: { N: '7' } }, 7],
  ])('an item %s is told as it is, and replaced', async (_what, item, revision) => {
    await dynamodb.send(
      new PutItemCommand({ TableName: table, Item: { pk: { S: 'PRICES#sek' }, sk: { S: 'SNAPSHOT' }, ...item } }),
    )
    const { prices } = open()
    const held = (await prices.load(['sek'])).held.get('sek')
    expect(held).toMatchObject({ snapshot: undefined, revision })
    expect(held?.problem).toMatch(/^\w+: /)
    const next = aSnapshot([aPrice()], { currency: 'sek', revision: 1 })
    expect(await prices.save(next, held?.revision)).toBe('saved')
    expect((await prices.load(['sek'])).held.get('sek')).toEqual({ snapshot: next, revision: 1 })
  })

  it('a price of the past is one item, however often it is added', async () => {
    const { history } = open()
    expect(await history.add('chf', [aPrice(), anEthereum()])).toEqual({ prices: 0 })
    expect(await history.add('chf', [aPrice()])).toEqual({ prices: 0 })
    const { Items } = await dynamodb.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: 'HISTORY#chf#bitcoin' } },
      }),
    )
    expect(Items).toEqual([
      {
        pk: { S: 'HISTORY#chf#bitcoin' },
        sk: { S: '2026-11-23T03:00:00.000Z' },
        price: { N: '98000' },
        // Thirty days later.
        expires: { N: String(Date.parse('2026-12-23T03:00:00.000Z') / 1000) },
      },
    ])
  })

  it('an update writes each coin of each currency into the history, with the time of its request', async () => {
    await test.minutes(5)
    const { Item } = await dynamodb.send(
      new GetItemCommand({
        TableName: table,
        Key: { pk: { S: 'HISTORY#eur#compound-governance-token' }, sk: { S: '2026-11-23T03:05:00.000Z' } },
      }),
    )
    expect(Item).toMatchObject({ price: { N: expect.stringMatching(/^\d+\.\d+$/) } })
  })
})

/** A DynamoDB that leaves a part of each batch undone, so many times; it keeps what it was asked. */
async function busyDynamoDb(busyTimes: number) {
  const asked: { operation: string; keys: number }[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { RequestItems } = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? ''
    const isRead = operation === 'BatchGetItem'
    const keys: object[] = isRead ? RequestItems[table].Keys : RequestItems[table]
    asked.push({ operation, keys: keys.length })
    // All but the first are left for later.
    const left = asked.length <= busyTimes ? keys.slice(1) : []
    const done = keys.slice(0, keys.length - left.length)
    const body = isRead
      ? { Responses: { [table]: done }, UnprocessedKeys: left.length > 0 ? { [table]: { Keys: left } } : {} }
      : { UnprocessedItems: left.length > 0 ? { [table]: left } : {} }
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const dynamodb = new DynamoDBClient({ endpoint, region: 'ap-northeast-1', credentials, maxAttempts: 1 })
  const documents = DynamoDBDocumentClient.from(dynamodb)
  const wall = createVirtualWall()
  return {
    asked,
    wall,
    prices: createPricesTable(documents, table, wall),
    history: createPriceHistory(documents, table, wall),
    close: () => {
      dynamodb.destroy()
      server.closeAllConnections()
      server.close()
    },
  }
}

describe('a table that leaves a part of a batch undone', () => {
  let busy: Awaited<ReturnType<typeof busyDynamoDb>>
  afterEach(() => busy.close())

  it('is asked for the rest of the keys, a little later each time', async () => {
    busy = await busyDynamoDb(2)
    const started = busy.wall.now().getTime()
    // What came is known by its keys; these items hold nothing else.
    const { held } = await busy.prices.load(['usd', 'jpy', 'eur'])
    expect([...held.values()].map(({ problem }) => problem === undefined)).toEqual([false, false, false])
    expect(busy.asked.map(({ keys }) => keys)).toEqual([4, 3, 2])
    expect(busy.wall.now().getTime() - started).toBe(150)
  })

  it('that never does the rest is an error of the read, and a count of the write', async () => {
    busy = await busyDynamoDb(Number.POSITIVE_INFINITY)
    await expect(busy.prices.load(['usd', 'jpy', 'eur', 'chf', 'sek'])).rejects.toThrow(
      'left 2 keys of crypto-watch-data',
    )
    busy.asked.length = 0
    const prices = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => aPrice({ id }))
    expect(await busy.history.add('usd', prices)).toEqual({ prices: 2 })
    expect(busy.asked.map(({ keys }) => keys)).toEqual([6, 5, 4, 3])
  })

  it('gets the rest of the history again, 25 prices with one call', async () => {
    busy = await busyDynamoDb(0)
    const prices = Array.from({ length: 60 }, (_, n) => aPrice({ id: `coin-${n}` }))
    expect(await busy.history.add('usd', prices)).toEqual({ prices: 0 })
    expect(busy.asked.map(({ keys }) => keys).sort()).toEqual([10, 25, 25])
    expect(busy.asked[0]?.operation).toBe('BatchWriteItem')
  })
})
