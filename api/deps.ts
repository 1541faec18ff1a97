import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { awsClientSettings } from '../common/aws-client-settings.ts'
import type { Env } from '../common/env.ts'
import type { World } from '../common/world.ts'
import { createIncidentLookup, type IncidentLookup, realIncidents } from './incidents.ts'
import { createMaintenanceLookup, type MaintenanceLookup } from './maintenance.ts'
import { createPricesTable, type PricesTable } from './prices-table.ts'
import { type ApiSettings, readApiSettings } from './settings.ts'
import { createSnapshotCache, type SnapshotCache } from './snapshot-cache.ts'

/** Everything the API may touch. */
export interface ApiDeps extends World {
  settings: ApiSettings
  table: PricesTable
  snapshots: SnapshotCache
  incidents: IncidentLookup
  maintenance: MaintenanceLookup
}

/** Wired for real, once for each process: what is kept in memory outlives a request. */
export function createApiDeps(env: Env, world: World): ApiDeps {
  const settings = readApiSettings(env)
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      ...awsClientSettings(env, 'DYNAMODB', settings.readLimitMs),
      maxAttempts: settings.readTries,
    }),
  )
  const table = createPricesTable(client, settings.pricesTable, world)
  const snapshots = createSnapshotCache({ ...world, table })
  return {
    ...world,
    settings,
    table,
    snapshots,
    maintenance: createMaintenanceLookup(world, snapshots, settings.currencies[0] ?? 'usd'),
    incidents: createIncidentLookup(world, realIncidents(client, settings.incidentsTable, world.log)),
  }
}
