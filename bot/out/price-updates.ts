import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'
import { defaultCurrencies, PriceSnapshot, pricesTable } from '../../common/prices.ts'

export interface PriceUpdate {
  at: string
  source: string
}

/** The newest price of each currency: when it was asked for, and who answered. A currency without prices is left out. */
export interface PriceUpdates {
  newest(): Promise<PriceUpdate[]>
}

/** `limitMs` is for all currencies together. */
export function createPriceUpdates(client: DynamoDBDocumentClient, table: string, limitMs: number): PriceUpdates {
  const newestOf = async (currency: string, abortSignal: AbortSignal): Promise<PriceUpdate[]> => {
    const command = new GetCommand({ TableName: table, Key: pricesTable.snapshot(currency) })
    const { Item } = await client.send(command, { abortSignal })
    if (Item === undefined) return []
    const { prices } = PriceSnapshot.parse(Item)
    return Object.values(prices)
      .map(({ updatedAt, source }) => ({ at: updatedAt, source }))
      .sort((a, b) => a.at.localeCompare(b.at))
      .slice(-1)
  }
  return {
    newest: async () => {
      const limit = AbortSignal.timeout(limitMs)
      return (await Promise.all(defaultCurrencies.map((currency) => newestOf(currency, limit)))).flat()
    },
  }
}
