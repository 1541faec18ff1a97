import { BatchGetCommand, type DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb'
import { versionsNamed } from '../../common/incident-versions.ts'
import type { FunctionRole } from '../../common/names.ts'
import { incidentsTable } from '../../common/tables.ts'

/** The record of incidents as the release sees it. */
export interface OpenIncidents {
  /** Versions of a function that an open incident names. Throws when one cannot be read or understood. */
  versions(role: FunctionRole): Promise<string[]>
}

const atOnce = 100

export function createOpenIncidents(client: DynamoDBDocumentClient, table: string): OpenIncidents {
  const { key, liveIndex } = incidentsTable

  /** The index holds keys and little else, so that the items are read after it. */
  async function keys(): Promise<string[]> {
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
  }

  async function items(all: readonly string[]): Promise<unknown[]> {
    const found: unknown[] = []
    for (let start = 0; start < all.length; start += atOnce) {
      const Keys = all.slice(start, start + atOnce).map((each) => ({ [key]: each }))
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetCommand({ RequestItems: { [table]: { Keys, ConsistentRead: true } } }),
      )
      if (Object.keys(UnprocessedKeys ?? {}).length > 0) throw new Error('DynamoDB left out a part of the incidents')
      found.push(...(Responses?.[table] ?? []))
    }
    return found
  }

  return {
    versions: async (role) => (await items(await keys())).flatMap((item) => versionsNamed(item, role)),
  }
}
