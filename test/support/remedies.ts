import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { pricesTable } from '../../common/prices.ts'
import type { Story } from './story.ts'

/** The settings item, as an operator with rights of their own reads and changes it. */
export function settingsBy({ cloud }: Pick<Story, 'cloud'>) {
  const documents = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      region: 'ap-northeast-1',
      endpoint: cloud.endpoint,
      credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
    }),
  )
  const key = { TableName: cloud.names.tables.prices, Key: pricesTable.settings }
  return {
    read: async (): Promise<Record<string, unknown>> => {
      const { pk: _pk, sk: _sk, ...item } = (await documents.send(new GetCommand(key))).Item ?? {}
      return item
    },
    set: async (field: string, value: string | number) => {
      await documents.send(
        new UpdateCommand({
          ...key,
          UpdateExpression: 'SET #field = :value',
          ExpressionAttributeNames: { '#field': field },
          ExpressionAttributeValues: { ':value': value },
        }),
      )
    },
    remove: async (field: string) => {
      await documents.send(
        new UpdateCommand({
          ...key,
          UpdateExpression: 'REMOVE #field',
          ExpressionAttributeNames: { '#field': field },
        }),
      )
    },
    close: () => documents.destroy(),
  }
}
