import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { region } from './place.ts'
import { defineApiFunction } from './price-service/api-function.ts'
import { defineBeforeTrafficFunction } from './price-service/before-traffic-function.ts'
import type { PriceServiceParts } from './price-service/options.ts'
import { createPricesTable } from './price-service/table.ts'
import { defineUpdaterFunction } from './price-service/updater-function.ts'

/**
 * The two functions that the bot protects and the hook of their deployments, running their real handlers against the
 * simulated cloud.
 */
export function createPriceService(options: Omit<PriceServiceParts, 'documents'>) {
  const { endpoint, world, names } = options
  const client = new DynamoDBClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
    // A throttled read is answered from memory or fails at once; waiting for retries would slow the simulated minute.
    maxAttempts: 1,
  })
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })
  const parts = { ...options, documents }
  defineApiFunction(parts)
  defineUpdaterFunction(parts)
  defineBeforeTrafficFunction(parts)
  return {
    createTable: () => createPricesTable(client, names.tables.prices, world.wall),
    close: () => client.destroy(),
  }
}
