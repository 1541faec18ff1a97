import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb'
import { Incident } from '../bot/incident/incident.ts'
import { awsClientSettings } from '../common/aws-client-settings.ts'
import type { Wall } from '../common/clock.ts'
import type { Env } from '../common/env.ts'
import { incidentsTable } from '../common/tables.ts'

/** The incidents table from outside the bot: created where it is missing, read for the control endpoints. */
export function createIncidentsView(env: Env, table: string, wall: Wall) {
  const client = new DynamoDBClient(awsClientSettings(env, 'DYNAMODB', 5_000))
  const documents = DynamoDBDocumentClient.from(client)
  const { key, liveIndex } = incidentsTable

  const status = async (): Promise<string | undefined> => {
    try {
      return (await client.send(new DescribeTableCommand({ TableName: table }))).Table?.TableStatus
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined
      throw error
    }
  }
  return {
    create: async (): Promise<void> => {
      if ((await status()) !== undefined) return
      await client.send(
        new CreateTableCommand({
          TableName: table,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [key, liveIndex.key].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
          KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
          GlobalSecondaryIndexes: [
            {
              IndexName: liveIndex.name,
              KeySchema: [
                { AttributeName: liveIndex.key, KeyType: 'HASH' },
                { AttributeName: liveIndex.sort, KeyType: 'RANGE' },
              ],
              Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['service', 'id'] },
            },
          ],
        }),
      )
      while ((await status()) !== 'ACTIVE') await wall.pause(5)
    },
    /** Every incident there ever was, each once, oldest first. */
    all: async (): Promise<Incident[]> => {
      const byId = new Map<string, Incident>()
      for await (const page of paginateScan({ client: documents }, { TableName: table, ConsistentRead: true })) {
        for (const item of page.Items ?? []) {
          const isIncident = /^(SERVICE|INCIDENT)#/.test(String(item[key]))
          if (!isIncident) continue
          const incident = Incident.parse(item)
          const other = byId.get(incident.id)
          if (!other || other.revision <= incident.revision) byId.set(incident.id, incident)
        }
      }
      return [...byId.values()].sort((a, b) => a.openedAt.localeCompare(b.openedAt))
    },
    close: () => client.destroy(),
  }
}

export type IncidentsView = ReturnType<typeof createIncidentsView>
