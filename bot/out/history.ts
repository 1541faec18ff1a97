import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb'
import type { Log } from '../../common/logger.ts'
import type { Meter } from '../../common/meter.ts'
import { incidentsTable } from '../../common/tables.ts'
import { minutes } from '../../common/time.ts'
import { HistoryEntry, historyEntry } from '../incident/history.ts'
import type { Incident } from '../incident/incident.ts'
import { within } from './within.ts'

/** The incidents that are over, by the month in which they opened. */
export interface History {
  /** Written twice, an incident is one entry, and the newest counts. Throws when nothing could be written. */
  record(entry: HistoryEntry): Promise<'recorded' | 'known-already' | 'month-full'>
  /** Those opened from `from` to `to`, newest first. Throws when they could not be read. */
  between(from: string, to: string): Promise<HistoryEntry[]>
}

export interface HistoryParts {
  client: DynamoDBDocumentClient
  table: string
  log: Log
  /** For a call as a whole, its repetitions included. */
  limitMs: number
}

export const { mostPerMonth } = incidentsTable.history
const { keptDays, entry: prefix } = incidentsTable.history
const aDay = minutes(24 * 60)

const monthOf = (at: string): string => at.slice(0, 7)
const keyOf = (month: string) => ({ [incidentsTable.key]: incidentsTable.history.key(month) })
const monthAfter = (month: string): string =>
  month.endsWith('-12')
    ? `${Number(month.slice(0, 4)) + 1}-01`
    : `${month.slice(0, 5)}${String(Number(month.slice(5)) + 1).padStart(2, '0')}`

function monthsBetween(from: string, to: string): string[] {
  const months: string[] = []
  for (let month = monthOf(from); month <= monthOf(to); month = monthAfter(month)) months.push(month)
  return months
}

/** One item for each month of UTC, one attribute for each incident: a quarter is read at once, without a scan. */
export function createHistory({ client, table, log, limitMs }: HistoryParts): History {
  return {
    record: (entry) =>
      within(limitMs, async (abortSignal) => {
        const month = monthOf(entry.openedAt)
        const name = `${prefix}${entry.id}`
        const key = { TableName: table, Key: keyOf(month) }
        const write = async (update: Omit<UpdateCommandInput, 'TableName' | 'Key'>): Promise<boolean> => {
          try {
            await client.send(new UpdateCommand({ ...key, ...update }), { abortSignal })
            return true
          } catch (error) {
            if (error instanceof ConditionalCheckFailedException) return false
            throw error
          }
        }
        const expires = (Date.parse(monthAfter(month)) + keptDays * aDay) / 1000
        const isNew = await write({
          UpdateExpression: 'SET #entry = :entry, #expires = :expires ADD #count :one',
          ConditionExpression: 'attribute_not_exists(#entry) AND (attribute_not_exists(#count) OR #count < :most)',
          ExpressionAttributeNames: { '#entry': name, '#expires': incidentsTable.expires, '#count': 'count' },
          ExpressionAttributeValues: { ':entry': entry, ':expires': expires, ':one': 1, ':most': mostPerMonth },
        })
        if (isNew) return 'recorded'
        const isNewer = await write({
          UpdateExpression: 'SET #entry = :entry',
          ConditionExpression: '#entry.#revision < :revision',
          ExpressionAttributeNames: { '#entry': name, '#revision': 'revision' },
          ExpressionAttributeValues: { ':entry': entry, ':revision': entry.revision },
        })
        if (isNewer) return 'recorded'
        const { Item } = await client.send(new GetCommand({ ...key, ConsistentRead: true }), { abortSignal })
        return Item?.[name] === undefined ? 'month-full' : 'known-already'
      }),
    between: (from, to) =>
      within(limitMs, async (abortSignal) => {
        const Keys = monthsBetween(from, to).map(keyOf)
        const request = new BatchGetCommand({ RequestItems: { [table]: { Keys } } })
        const { Responses, UnprocessedKeys } = await client.send(request, { abortSignal })
        if (Object.keys(UnprocessedKeys ?? {}).length > 0) throw new Error('the table was too busy to answer')
        return (Responses?.[table] ?? [])
          .flatMap((item) => readItem(item, log))
          .filter(({ openedAt }) => openedAt >= from && openedAt <= to)
          .toSorted((a, b) => b.openedAt.localeCompare(a.openedAt))
      }),
  }
}

/** An entry that cannot be read may come from a newer version of the bot. */
function readItem(item: Record<string, unknown>, log: Log): HistoryEntry[] {
  return Object.entries(item).flatMap(([name, entry]) => {
    if (!name.startsWith(prefix)) return []
    const parsed = HistoryEntry.safeParse(entry)
    if (parsed.success) return [parsed.data]
    log.warn('an entry of the history cannot be read and is left out', { entry: name, problem: parsed.error.message })
    return []
  })
}

interface Keeper {
  history: Pick<History, 'record'>
  log: Log
  meter: Meter
}

/**
 * Adds a finished incident to its month. A month that is full takes no more, and trying again would not help: its own
 * record stands all the same, and the numbers are told to be short of it.
 */
export async function keepInHistory({ history, log, meter }: Keeper, incident: Incident): Promise<void> {
  const entry = historyEntry(incident)
  if (!entry || (await history.record(entry)) !== 'month-full') return
  log.error('an incident is not in the history: its month is full', { incident: incident.id, most: mostPerMonth })
  meter.count('HistoryNotRecorded', 1)
}
