import { isDeepStrictEqual } from 'node:util'
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { Maintenance } from '../../common/maintenance.ts'
import { pricesTable } from '../../common/prices.ts'
import { readServiceSettings } from '../../common/service-settings.ts'
import { shownMaintenance } from '../remedy/maintenance-mode.ts'
import { Value } from '../remedy/remedy.ts'
import type { WriteOf } from '../remedy/write.ts'
import type { Changed } from './changed.ts'

type SettingsWrite = WriteOf<'settings' | 'maintenance'>

/** The settings item of the price service. */
export interface SettingsItem {
  /** The item as it stands; empty where there is none. */
  read(abortSignal?: AbortSignal): Promise<Record<string, unknown>>
  /**
   * Writes only what is expected to be there still, and leaves `mark` beside it. The same mark twice is one change: the
   * second time answers what came of the first.
   */
  change(write: SettingsWrite, mark: string): Promise<Changed>
}

/** Beside each field stands which press changed it last; the price service does not look at it. */
export const markOf = (field: string) => `${field}ChangedBy`

export function createSettingsItem(client: DynamoDBDocumentClient, table: string): SettingsItem {
  const key = { TableName: table, Key: pricesTable.settings }
  const read = async (abortSignal?: AbortSignal) =>
    (await client.send(new GetCommand({ ...key, ConsistentRead: true }), abortSignal ? { abortSignal } : {})).Item ?? {}
  return {
    read,
    change: async (wanted, mark) => {
      const { expect, write } = wanted
      const field = wanted.target === 'settings' ? wanted.field : wanted.target
      const standing = standsThere(expect)
      try {
        await client.send(
          new UpdateCommand({
            ...key,
            UpdateExpression: write === null ? 'SET #mark = :mark REMOVE #field' : 'SET #mark = :mark, #field = :write',
            // A mark of ours means that this was done before: a person may have changed it back since.
            ConditionExpression: `${standing.condition} AND (attribute_not_exists(#mark) OR #mark <> :mark)`,
            ExpressionAttributeNames: { '#field': field, '#mark': markOf(field), ...standing.names },
            ExpressionAttributeValues: {
              ':mark': mark,
              ...standing.values,
              ...(write !== null && { ':write': write }),
            },
          }),
        )
        return { is: 'changed' }
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error
      }
      const item = await read()
      if (isDeepStrictEqual(item[field] ?? null, write))
        return item[markOf(field)] === mark ? { is: 'changed' } : { is: 'already-so' }
      const now = shownNow(wanted, item)
      return { is: 'changed-meanwhile', ...(now !== undefined && { now }) }
    },
  }
}

/** Each part of an object is compared by itself: not every DynamoDB compares whole ones. */
function standsThere(expect: SettingsWrite['expect']) {
  if (expect === null) return { condition: 'attribute_not_exists(#field)', names: {}, values: {} }
  if (typeof expect !== 'object') return { condition: '#field = :expect', names: {}, values: { ':expect': expect } }
  const parts = Object.keys(Maintenance.shape).map((part) => ({
    part,
    value: Object.entries(expect).find(([key]) => key === part)?.[1],
  }))
  return {
    condition: parts
      .map(({ part, value }) =>
        value === undefined ? `attribute_not_exists(#field.#${part})` : `#field.#${part} = :${part}`,
      )
      .join(' AND '),
    names: Object.fromEntries(parts.map(({ part }) => [`#${part}`, part])),
    values: Object.fromEntries(parts.flatMap(({ part, value }) => (value === undefined ? [] : [[`:${part}`, value]]))),
  }
}

/** What stands there, as it is told; undefined for nothing, and for what cannot be told. */
function shownNow(wanted: SettingsWrite, item: Record<string, unknown>): Value | undefined {
  if (wanted.target === 'maintenance') return shownMaintenance(readServiceSettings(item).settings.maintenance)
  return Value.nullable().safeParse(item[wanted.field] ?? null).data ?? undefined
}
