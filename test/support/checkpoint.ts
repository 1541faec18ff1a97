import { type AttributeValue, BatchWriteItemCommand, DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb'
import { CloudSnapshot } from '../../sandbox/cloud/cloud-snapshot.ts'
import type { Saved } from '../../sandbox/saved-state.ts'

/** A story at one moment: what another one needs to go on from there. */
export interface Checkpoint {
  wall: Date
  saved: Saved
  items: Record<string, Record<string, AttributeValue>[]>
}

const clientFor = (endpoint: string) =>
  new DynamoDBClient({
    endpoint,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  })

export async function readTables(endpoint: string, tables: string[]): Promise<Checkpoint['items']> {
  const client = clientFor(endpoint)
  const items: Checkpoint['items'] = {}
  for (const TableName of tables) {
    const found: Record<string, AttributeValue>[] = []
    for await (const page of paginateScan({ client }, { TableName })) found.push(...(page.Items ?? []))
    items[TableName] = found
  }
  client.destroy()
  return items
}

const recent = 60 * 60_000

/** Leaves out the metrics of yesterday, which no step of a story reads and every restart would parse. */
export function withRecentMetrics(saved: Saved): Saved {
  const cloud = CloudSnapshot.parse(saved.cloud)
  const since = Date.parse(saved.now) - recent
  const metrics = Object.fromEntries(
    Object.entries(cloud.metrics).map(([name, buckets]) => [
      name,
      Object.fromEntries(Object.entries(buckets).filter(([minute]) => Number(minute) * 60_000 >= since)),
    ]),
  )
  return { ...saved, cloud: { ...cloud, metrics } }
}

const mostInBatch = 25

export async function fillTables(endpoint: string, items: Checkpoint['items']): Promise<void> {
  const client = clientFor(endpoint)
  for (const [table, rows] of Object.entries(items)) {
    for (let start = 0; start < rows.length; start += mostInBatch) {
      const batch = rows.slice(start, start + mostInBatch).map((Item) => ({ PutRequest: { Item } }))
      await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: batch } }))
    }
  }
  client.destroy()
}
