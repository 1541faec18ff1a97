import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { GetCommand } from '@aws-sdk/lib-dynamodb'
import { PriceSnapshot, pricesTable } from '../common/prices.ts'

/** Reading prices. */
export interface PricesTable {
  snapshot(currency: string): Promise<PriceSnapshot | undefined>
}

/** The table as DynamoDB holds it. */
export const realPricesTable = (client: DynamoDBDocumentClient, tableName: string): PricesTable => ({
  async snapshot(currency) {
    const { Item } = await client.send(new GetCommand({ TableName: tableName, Key: pricesTable.snapshot(currency) }))
    return Item === undefined ? undefined : PriceSnapshot.parse(Item)
  },
})
