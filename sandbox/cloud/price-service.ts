import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { Names } from '../../common/names.ts'
import type { World } from '../../common/world.ts'
import type { Functions } from './functions.ts'
import { region } from './place.ts'
import { defineApiFunction } from './price-service/api-function.ts'
import { createPricesTable } from './price-service/table.ts'
import { defineUpdaterFunction } from './price-service/updater-function.ts'

interface Options {
  endpoint: string
  world: World
  names: Names
  functions: Functions
}

/** The two functions that the bot protects, running their real handlers against the simulated cloud. */
export function createPriceService({ endpoint, world, names, functions }: Options) {
  const client = new DynamoDBClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
    // A throttled read is answered from memory or fails at once; waiting for retries would slow the simulated minute.
    maxAttempts: 1,
  })
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })
  const parts = { endpoint, world, names, functions, documents }
  defineApiFunction(parts)
  defineUpdaterFunction(parts)
  return {
    createTable: () => createPricesTable(client, names.tables.prices, world.wall),
    close: () => client.destroy(),
  }
}
