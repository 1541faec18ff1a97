import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { createPriceRequest } from '../../api/price-request.ts'
import { realPricesTable as pricesToRead } from '../../api/prices-table.ts'
import type { Clock, Wall } from '../../common/clock.ts'
import type { Log } from '../../common/logger.ts'
import { customDimensions, type Names, namespace } from '../../common/names.ts'
import { pricesTable } from '../../common/price-snapshot.ts'
import { realPricesTable as pricesToWrite } from '../../updater/prices-table.ts'
import { createUpdateDue } from '../../updater/update-due.ts'
import type { Functions } from './functions.ts'
import type { Metrics } from './metrics.ts'
import { region } from './place.ts'
import { simulatedCoins, simulatedCurrencies, upstreamPath } from './upstream.ts'

interface Options {
  endpoint: string
  clock: Clock
  wall: Wall
  log: Log
  names: Names
  functions: Functions
  metrics: Metrics
}

/** The updater waits 5 s for its upstream. The sandbox runs minutes in moments, so it waits a tenth of that. */
const timeScale = 0.1

/** The two functions that the bot protects, running their real handlers against the simulated cloud. */
export function createPriceService({ endpoint, clock, wall, log, names, functions, metrics }: Options) {
  const client = new DynamoDBClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
    // A throttled read is answered from memory or fails at once; waiting for retries would slow the simulated minute.
    maxAttempts: 1,
  })
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })

  functions.define(
    {
      name: names.functions.api,
      timeoutSeconds: 25,
      memoryMb: 512,
      start: () => createPriceRequest({ clock, log, table: pricesToRead(documents, names.tables.prices) }),
    },
    { firstVersion: 38 },
  )
  functions.define(
    {
      name: names.functions.updater,
      timeoutSeconds: 60,
      memoryMb: 256,
      start: () =>
        createUpdateDue({
          clock,
          wall,
          log,
          table: pricesToWrite(documents, names.tables.prices),
          upstream: {
            baseUrl: `${endpoint}${upstreamPath}`,
            fetch: (url, { signal }) => fetch(url, { signal }),
            timeLimit: (ms) => AbortSignal.timeout(ms * timeScale),
          },
          metrics: (name, value) =>
            metrics.put({ namespace, name, dimensions: customDimensions, value, at: clock.now() }),
          coins: simulatedCoins,
          currencies: simulatedCurrencies,
        }),
    },
    { firstVersion: 14 },
  )

  async function tableStatus(TableName: string): Promise<string | undefined> {
    try {
      const { Table } = await client.send(new DescribeTableCommand({ TableName }))
      return Table?.TableStatus
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined
      throw error
    }
  }

  return {
    /** Creates the prices table unless a data folder brought one along. */
    async createTable(): Promise<void> {
      const TableName = names.tables.prices
      if ((await tableStatus(TableName)) !== undefined) return
      await client.send(
        new CreateTableCommand({
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: pricesTable.key, AttributeType: 'S' }],
          KeySchema: [{ AttributeName: pricesTable.key, KeyType: 'HASH' }],
        }),
      )
      while ((await tableStatus(TableName)) !== 'ACTIVE') await wall.pause(5)
    },
    close: () => client.destroy(),
  }
}
