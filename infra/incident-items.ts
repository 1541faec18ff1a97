import { BatchGetCommand, type DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb'
import type { Wall } from '../common/clock.ts'
import { incidentsTable } from '../common/tables.ts'

export type Item = Record<string, unknown>

export interface ItemsParts {
  client: DynamoDBDocumentClient
  table: string
  wall: Wall
}

/** The table answered only a part, however often it was asked. */
export class TableBusy extends Error {
  override name = 'TableBusy'
}

/** Records take 100 KB at most and an answer 16 MB, so that a call is answered at once as a rule. */
const atOnce = 100
/** What does not fit into an answer comes in the next. A table that is busy answers nothing; so often in a row it is asked. */
const mostTries = 6
const firstPauseMs = 100

/** Reads the incidents table, whatever many calls it takes. Throws where a part of it gets no answer. */
export function createItems({ client, table, wall }: ItemsParts) {
  const { key, liveIndex } = incidentsTable

  async function some(keys: readonly string[], only: readonly string[] | undefined): Promise<Item[]> {
    const found: Item[] = []
    const names = only && Object.fromEntries([key, ...only].map((name, index) => [`#${index}`, name]))
    const projection = names && {
      ProjectionExpression: Object.keys(names).join(', '),
      ExpressionAttributeNames: names,
    }
    let waiting: Item[] = keys.map((each) => ({ [key]: each }))
    let inVain = 0
    while (waiting.length > 0) {
      if (inVain === mostTries) throw new TableBusy('It was too busy to answer.')
      if (inVain > 0) await wall.pause(firstPauseMs * 2 ** (inVain - 1))
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetCommand({ RequestItems: { [table]: { Keys: waiting, ConsistentRead: true, ...projection } } }),
      )
      const answered = Responses?.[table] ?? []
      found.push(...answered)
      inVain = answered.length > 0 ? 0 : inVain + 1
      waiting = UnprocessedKeys?.[table]?.Keys ?? []
    }
    return found
  }

  return {
    /** The items with these keys that there are, by their keys; of each `only` these attributes. */
    get: async (keys: readonly string[], only?: readonly string[]): Promise<Map<string, Item>> => {
      const all = [...new Set(keys)]
      const found: Item[] = []
      for (let start = 0; start < all.length; start += atOnce)
        found.push(...(await some(all.slice(start, start + atOnce), only)))
      return new Map(found.map((item) => [String(item[key]), item]))
    },
    /** Keys of the incidents that are open or have something left to do. */
    live: async (): Promise<string[]> => {
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          IndexName: liveIndex.name,
          KeyConditionExpression: '#live = :live',
          ExpressionAttributeNames: { '#live': liveIndex.key, '#key': key },
          ExpressionAttributeValues: { ':live': 'live' },
          ProjectionExpression: '#key',
        },
      )
      const found: string[] = []
      for await (const { Items = [] } of pages) found.push(...Items.map((item) => String(item[key])))
      return found
    },
  }
}

export type Items = ReturnType<typeof createItems>
