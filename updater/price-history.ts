import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { Wall } from '../common/clock.ts'
import { historyDays, type Price, pricesTable } from '../common/prices.ts'

/** What could not be written: how many prices, and the error if there was one. */
export interface Missed {
  prices: number
  error?: unknown
}

/** Adds prices to the past of their coins. Adding one twice changes nothing. */
export interface PriceHistory {
  add(currency: string, prices: readonly Price[]): Promise<Missed>
}

/** DynamoDB takes no more with one call. */
const mostInBatch = 25
const mostWrites = 4
const waitMs = 50
const daySeconds = 24 * 60 * 60

/** One price of the past as an item of the table. */
export const historyItem = (currency: string, { id, updatedAt, price }: Price) => ({
  [pricesTable.key]: pricesTable.history(currency, id),
  [pricesTable.sort]: updatedAt,
  price,
  [pricesTable.expires]: Math.floor(Date.parse(updatedAt) / 1000) + historyDays * daySeconds,
})

/** The history in the prices table. */
export function createPriceHistory(client: DynamoDBDocumentClient, table: string, wall: Wall): PriceHistory {
  async function write(items: readonly Record<string, unknown>[]): Promise<Missed> {
    let left: Record<string, unknown>[] = items.map((Item) => ({ PutRequest: { Item } }))
    try {
      for (let writes = 0; left.length > 0 && writes < mostWrites; writes++) {
        if (writes > 0) await wall.pause(waitMs * 2 ** (writes - 1))
        const { UnprocessedItems } = await client.send(new BatchWriteCommand({ RequestItems: { [table]: left } }))
        left = UnprocessedItems?.[table] ?? []
      }
      return { prices: left.length }
    } catch (error) {
      return { prices: left.length, error }
    }
  }

  return {
    async add(currency, prices) {
      const items = prices.map((price) => historyItem(currency, price))
      const batches = Array.from({ length: Math.ceil(items.length / mostInBatch) }, (_, index) =>
        items.slice(index * mostInBatch, (index + 1) * mostInBatch),
      )
      const missed = await Promise.all(batches.map(write))
      const failed = missed.find(({ error }) => error !== undefined)
      return { prices: missed.reduce((sum, each) => sum + each.prices, 0), ...(failed && { error: failed.error }) }
    },
  }
}
