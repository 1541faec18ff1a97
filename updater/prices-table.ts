import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { BatchGetCommand, type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import type { Wall } from '../common/clock.ts'
import { PriceSnapshot, pricesTable } from '../common/prices.ts'

/** A currency's snapshot as it was read. */
export interface Held {
  /** Undefined if there is none, or none that can be understood. */
  snapshot: PriceSnapshot | undefined
  /** As it stands in the item, whatever it is: a write is on condition that it still does. */
  revision: unknown
  /** What is wrong with the item, in words, if it cannot be understood. */
  problem?: string
}

export interface Loaded {
  /** One for each currency that was asked for. */
  held: ReadonlyMap<string, Held>
  /** The settings item, unparsed. */
  settings: unknown
}

/** The snapshots of the prices table. What goes wrong with the table itself is thrown. */
export interface PricesTable {
  /** Reads the snapshots and the settings, consistently, with one call. */
  load(currencies: readonly string[]): Promise<Loaded>
  /** Writes a snapshot, only if the item still has the revision that was read; a lost race is an answer. */
  save(snapshot: PriceSnapshot, revision: unknown): Promise<'saved' | 'changed-meanwhile'>
}

const mostReads = 4
const waitMs = 50

const Keyed = z.looseObject({ [pricesTable.key]: z.string(), [pricesTable.sort]: z.string() })

function readHeld(item: unknown): Held {
  if (item === undefined) return { snapshot: undefined, revision: undefined }
  const revision = z.looseObject({ revision: z.unknown() }).safeParse(item).data?.revision
  const read = PriceSnapshot.safeParse(item)
  if (read.success) return { snapshot: read.data, revision }
  const [issue] = read.error.issues
  return { snapshot: undefined, revision, problem: `${issue?.path.join('.')}: ${issue?.message}` }
}

/** The table as DynamoDB holds it. */
export function createPricesTable(client: DynamoDBDocumentClient, table: string, wall: Wall): PricesTable {
  /** A busy table may leave keys out, which are then asked for again. */
  async function readAll(keys: readonly { pk: string; sk: string }[]): Promise<z.output<typeof Keyed>[]> {
    const items: unknown[] = []
    let left: Record<string, unknown>[] = [...keys]
    for (let reads = 0; left.length > 0; reads++) {
      if (reads === mostReads) throw new Error(`DynamoDB left ${left.length} keys of ${table} out ${mostReads} times.`)
      if (reads > 0) await wall.pause(waitMs * 2 ** (reads - 1))
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetCommand({ RequestItems: { [table]: { Keys: left, ConsistentRead: true } } }),
      )
      items.push(...(Responses?.[table] ?? []))
      left = UnprocessedKeys?.[table]?.Keys ?? []
    }
    return z.array(Keyed).parse(items)
  }

  return {
    async load(currencies) {
      const items = await readAll([pricesTable.settings, ...currencies.map(pricesTable.snapshot)])
      const at = ({ pk, sk }: { pk: string; sk: string }) =>
        items.find((item) => item[pricesTable.key] === pk && item[pricesTable.sort] === sk)
      return {
        held: new Map(currencies.map((currency) => [currency, readHeld(at(pricesTable.snapshot(currency)))])),
        settings: at(pricesTable.settings),
      }
    },
    async save(snapshot, revision) {
      try {
        await client.send(
          new PutCommand({
            TableName: table,
            Item: { ...pricesTable.snapshot(snapshot.currency), ...snapshot },
            // Every snapshot has a revision, so one without is not there, or is not one.
            ...(revision === undefined
              ? { ConditionExpression: 'attribute_not_exists(#revision)' }
              : { ConditionExpression: '#revision = :read', ExpressionAttributeValues: { ':read': revision } }),
            ExpressionAttributeNames: { '#revision': 'revision' },
          }),
        )
        return 'saved'
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'changed-meanwhile'
        throw error
      }
    },
  }
}
