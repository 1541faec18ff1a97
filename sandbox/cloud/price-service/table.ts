import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb'
import type { Wall } from '../../../common/clock.ts'
import { pricesTable } from '../../../common/prices.ts'

const keys = [
  { AttributeName: pricesTable.key, KeyType: 'HASH' },
  { AttributeName: pricesTable.sort, KeyType: 'RANGE' },
] as const

/**
 * Creates the prices table unless a data folder brought one along; one that is keyed in an old way is made anew.
 * Answers whether it is new.
 */
export async function createPricesTable(client: DynamoDBClient, TableName: string, wall: Wall): Promise<boolean> {
  const describe = async () => {
    try {
      return (await client.send(new DescribeTableCommand({ TableName }))).Table
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined
      throw error
    }
  }
  const known = await describe()
  if (known?.KeySchema?.length === keys.length) return false
  if (known !== undefined) {
    await client.send(new DeleteTableCommand({ TableName }))
    while ((await describe()) !== undefined) await wall.pause(5)
  }
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: keys.map(({ AttributeName }) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [...keys],
    }),
  )
  while ((await describe())?.TableStatus !== 'ACTIVE') await wall.pause(5)
  return true
}
