import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { type DynamoDBDocumentClient, GetCommand, PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb'
import { incidentsTable } from '../../common/tables.ts'
import { Bulletin, isLiveBulletin } from '../bulletin/bulletin.ts'
import type { Ledger } from './claims.ts'

/** Where bulletins are kept: one item each, in the table of the incidents and apart from them. */
export interface BulletinTable {
  /** Consistent. */
  load(id: string): Promise<Bulletin | undefined>
  /** Writes in place of `before`, only if nobody has saved since; a lost race is an answer, not an error. */
  save(bulletin: Bulletin, before: Bulletin | undefined): Promise<'saved' | 'changed-meanwhile'>
  /** The ids of those that have not ended or have something left to do. Eventually consistent. */
  live(): Promise<string[]>
}

const { key, expires, liveIndex } = incidentsTable

export const bulletinItem = {
  key: (id: string) => `BULLETIN#${id}`,
  /** Another value of the index than that of incidents, so that neither finds the other. */
  live: 'bulletin',
  write: (bulletin: Bulletin) => {
    const { expires: at, ...rest } = bulletin
    return {
      [key]: bulletinItem.key(bulletin.id),
      ...(isLiveBulletin(bulletin) && { [liveIndex.key]: bulletinItem.live }),
      ...rest,
      // What is still looked after must not vanish.
      ...(at !== undefined && !isLiveBulletin(bulletin) && { [expires]: at }),
    }
  },
}

export function createBulletinTable(client: DynamoDBDocumentClient, table: string): BulletinTable {
  return {
    load: async (id) => {
      const command = new GetCommand({ TableName: table, Key: { [key]: bulletinItem.key(id) }, ConsistentRead: true })
      const { Item } = await client.send(command)
      return Item && Bulletin.parse(Item)
    },
    save: async (bulletin, before) => {
      const condition = before
        ? {
            ConditionExpression: '#revision = :revision',
            ExpressionAttributeNames: { '#revision': 'revision' },
            ExpressionAttributeValues: { ':revision': before.revision },
          }
        : { ConditionExpression: 'attribute_not_exists(#key)', ExpressionAttributeNames: { '#key': key } }
      try {
        await client.send(new PutCommand({ TableName: table, Item: bulletinItem.write(bulletin), ...condition }))
        return 'saved'
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'changed-meanwhile'
        throw error
      }
    },
    live: async () => {
      const ids: string[] = []
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          IndexName: liveIndex.name,
          KeyConditionExpression: '#live = :live',
          ExpressionAttributeNames: { '#live': liveIndex.key, '#id': 'id' },
          ExpressionAttributeValues: { ':live': bulletinItem.live },
          ProjectionExpression: '#id',
        },
      )
      for await (const page of pages) for (const item of page.Items ?? []) ids.push(String(item.id))
      return ids
    },
  }
}

export const bulletinLedger = (bulletins: BulletinTable, id: string): Ledger<Bulletin, Bulletin> => ({
  load: () => bulletins.load(id),
  recordIn: (bulletin) => bulletin,
  save: async (bulletin, before) =>
    (await bulletins.save(bulletin, before)) === 'saved' ? bulletin : 'changed-meanwhile',
})
