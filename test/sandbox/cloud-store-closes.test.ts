import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { expect, it } from 'vitest'
import { pricesTable } from '../../common/prices.ts'
import { client, testCloud } from './cloud-support.ts'

it('a cloud that closes in the middle of writes ends them first', async () => {
  const { cloud } = await testCloud()
  const dynamodb = new DynamoDBClient({ ...client(cloud), maxAttempts: 1 })
  const write = (key: string) =>
    dynamodb.send(
      new UpdateItemCommand({
        TableName: cloud.names.tables.prices,
        Key: { [pricesTable.key]: { S: key }, [pricesTable.sort]: { S: 'TEST' } },
        UpdateExpression: 'SET seen = :seen',
        ExpressionAttributeValues: { ':seen': { BOOL: true } },
      }),
    )
  await write('first')
  const writes = Array.from({ length: 60 }, (_, index) => write(`late ${index}`))
  await Promise.race(writes)
  // A write that met a closed store would end this process with an exception nobody can catch.
  await cloud.close()
  const ended = await Promise.allSettled(writes)
  expect(ended.some(({ status }) => status === 'fulfilled')).toBe(true)
  dynamodb.destroy()
})
