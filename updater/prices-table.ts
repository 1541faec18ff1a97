import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { PriceSnapshot, pricesTable } from '../common/prices.ts'

/** Writing prices. */
export interface PricesTable {
  /** Saves a snapshot unless a newer one is there already. */
  save(snapshot: PriceSnapshot): Promise<'saved' | 'a newer one is there'>
  /** When the snapshot of a currency was fetched. */
  updatedAt(currency: string): Promise<string | undefined>
}

/** The table as DynamoDB holds it. */
export const realPricesTable = (client: DynamoDBDocumentClient, tableName: string): PricesTable => ({
  async save(snapshot) {
    try {
      await client.send(
        new PutCommand({
          TableName: tableName,
          Item: { ...pricesTable.snapshot(snapshot.currency), ...snapshot },
          ConditionExpression: 'attribute_not_exists(updatedAt) OR updatedAt <= :updatedAt',
          ExpressionAttributeValues: { ':updatedAt': snapshot.updatedAt },
        }),
      )
      return 'saved'
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'a newer one is there'
      throw error
    }
  },
  async updatedAt(currency) {
    const { Item } = await client.send(new GetCommand({ TableName: tableName, Key: pricesTable.snapshot(currency) }))
    return Item === undefined ? undefined : PriceSnapshot.parse(Item).updatedAt
  },
})
