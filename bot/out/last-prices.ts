import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'
import { defaultCurrencies, PriceSnapshot, pricesTable } from '../../common/prices.ts'
import type { PricesSeen } from '../incident/evidence.ts'

/** When the prices of each currency were updated last. A currency without prices is left out. */
export interface LastPrices {
  /** Reads them at `readAt`, domain time. Throws when one could not be read. */
  read(readAt: string, abortSignal: AbortSignal): Promise<PricesSeen[]>
}

const Seen = PriceSnapshot.pick({ currency: true, updatedAt: true })

/** Reads the snapshots of the prices table without their prices. */
export function createLastPrices(client: DynamoDBDocumentClient, table: string): LastPrices {
  const seen = async (currency: string, readAt: string, abortSignal: AbortSignal): Promise<PricesSeen[]> => {
    const { Item } = await client.send(
      new GetCommand({
        TableName: table,
        Key: pricesTable.snapshot(currency),
        ProjectionExpression: '#currency, #updatedAt',
        ExpressionAttributeNames: { '#currency': 'currency', '#updatedAt': 'updatedAt' },
      }),
      { abortSignal },
    )
    return Item === undefined ? [] : [{ ...Seen.parse(Item), readAt }]
  }
  return {
    read: async (readAt, abortSignal) =>
      (await Promise.all(defaultCurrencies.map((currency) => seen(currency, readAt, abortSignal)))).flat(),
  }
}
