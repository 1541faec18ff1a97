import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { BatchGetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import type { Wall } from '../common/clock.ts'
import type { Meter } from '../common/meter.ts'
import { priceMetrics } from '../common/names.ts'
import { type HistoryPoint, PriceSnapshot, pricesTable } from '../common/prices.ts'
import { readServiceSettings, type ServiceSettings } from '../common/service-settings.ts'

/** A currency's prices with the settings that say how long they count as fresh. */
export interface Read {
  snapshot: PriceSnapshot | undefined
  settings: ServiceSettings
}

/** Reading prices. */
export interface PricesTable {
  /** Snapshot and settings with one call. */
  read(currency: string): Promise<Read>
  /** Every kept price of a coin from `from` up to, not including, `to`, oldest first. */
  history(currency: string, coin: string, from: string, to: string): Promise<HistoryPoint[]>
}

/** The table answered without one of the items that it was asked for: it throttles. */
export class TableBusyError extends Error {
  override name = 'TableBusyError'
}

const HistoryItem = z.object({ sk: z.iso.datetime(), price: z.number() })

/** The table as DynamoDB holds it; the time of each read is measured. */
export function createPricesTable(
  client: DynamoDBDocumentClient,
  tableName: string,
  { wall, meter }: { wall: Wall; meter: Meter },
): PricesTable {
  async function measured<T>(read: Promise<T>): Promise<T> {
    const started = wall.now().getTime()
    try {
      return await read
    } finally {
      meter.milliseconds(priceMetrics.dynamoDbQueryLatency, wall.now().getTime() - started)
    }
  }

  async function read(currency: string): Promise<Read> {
    const key = pricesTable.snapshot(currency)
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetCommand({ RequestItems: { [tableName]: { Keys: [key, pricesTable.settings] } } }),
    )
    const left = UnprocessedKeys?.[tableName]?.Keys ?? []
    if (left.length > 0) throw new TableBusyError(`DynamoDB left out ${left.length} of 2 items of ${currency}`)
    const items = Responses?.[tableName] ?? []
    const itemAt = ({ pk }: { pk: string }) => items.find((item) => item[pricesTable.key] === pk)
    const item = itemAt(key)
    return {
      snapshot: item === undefined ? undefined : PriceSnapshot.parse(item),
      settings: readServiceSettings(itemAt(pricesTable.settings)).settings,
    }
  }

  async function history(currency: string, coin: string, from: string, to: string): Promise<HistoryPoint[]> {
    const pages = paginateQuery(
      { client },
      {
        TableName: tableName,
        KeyConditionExpression: '#pk = :pk AND #sk BETWEEN :from AND :to',
        ExpressionAttributeNames: { '#pk': pricesTable.key, '#sk': pricesTable.sort, '#price': 'price' },
        ExpressionAttributeValues: { ':pk': pricesTable.history(currency, coin), ':from': from, ':to': to },
        ProjectionExpression: '#sk, #price',
      },
    )
    const points: HistoryPoint[] = []
    for await (const { Items = [] } of pages)
      for (const item of Items) {
        const { sk, price } = HistoryItem.parse(item)
        if (sk < to) points.push({ at: sk, price })
      }
    return points
  }

  return {
    read: (currency) => measured(read(currency)),
    history: (currency, coin, from, to) => measured(history(currency, coin, from, to)),
  }
}
