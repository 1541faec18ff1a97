import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { BatchGetCommand, type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Clock } from '../../common/clock.ts'
import { describeError, type Log } from '../../common/logger.ts'
import type { Meter } from '../../common/meter.ts'
import { incidentsTable } from '../../common/tables.ts'
import { minutes, moment } from '../../common/time.ts'
import { LoggedChange } from '../incident/logged-change.ts'
import { within } from './within.ts'

/** What the bot has changed of late, in any incident. */
export interface ChangeLog {
  /** Written twice, a change is one entry. Throws when it could not be written. */
  record(change: LoggedChange): Promise<void>
  /** Every change from `at` on, newest first. Throws when they could not be read. */
  since(at: string): Promise<LoggedChange[]>
}

export interface ChangeLogParts {
  client: DynamoDBDocumentClient
  table: string
  clock: Clock
  log: Log
  /** For a call as a whole, its repetitions included. */
  limitMs: number
}

const aDay = minutes(24 * 60)
/** Nobody looks further back, and by then the reason of a setting is known or nobody's any more. */
const keptDays = 8
/** An item stays far under 400 KB: an entry takes less than 600 bytes. */
const mostPerDay = 200

const dayOf = (at: string): string => at.slice(0, 10)
const keyOf = (day: string) => ({ [incidentsTable.key]: `CHANGES#${day}` })
const prefix = 'change#'

/** One item for each day of UTC, one attribute for each change: no scan, no second table, and nothing to clear away. */
export function createChangeLog({ client, table, clock, log, limitMs }: ChangeLogParts): ChangeLog {
  return {
    record: (change) =>
      within(limitMs, async (abortSignal) => {
        const Key = keyOf(dayOf(change.at))
        const name = `${prefix}${change.id}`
        const update = new UpdateCommand({
          TableName: table,
          Key,
          UpdateExpression: 'SET #change = :change, #expires = :expires ADD #count :one',
          ConditionExpression: 'attribute_not_exists(#change) AND (attribute_not_exists(#count) OR #count < :most)',
          ExpressionAttributeNames: { '#change': name, '#expires': incidentsTable.expires, '#count': 'count' },
          ExpressionAttributeValues: {
            ':change': change,
            ':expires': (Date.parse(dayOf(change.at)) + (1 + keptDays) * aDay) / 1000,
            ':one': 1,
            ':most': mostPerDay,
          },
        })
        try {
          await client.send(update, { abortSignal })
        } catch (error) {
          if (!(error instanceof ConditionalCheckFailedException)) throw error
          const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }), {
            abortSignal,
          })
          if (Item?.[name] === undefined)
            throw new Error(`the day has ${mostPerDay} changes already, and no more are kept`)
        }
      }),
    since: (at) =>
      within(limitMs, async (abortSignal) => {
        const days: string[] = []
        for (let day = Date.parse(dayOf(at)); day <= clock.now().getTime(); day += aDay) days.push(dayOf(moment(day)))
        const Keys = days.slice(-(keptDays + 1)).map(keyOf)
        const request = new BatchGetCommand({ RequestItems: { [table]: { Keys, ConsistentRead: true } } })
        const { Responses, UnprocessedKeys } = await client.send(request, { abortSignal })
        if (Object.keys(UnprocessedKeys ?? {}).length > 0) throw new Error('the table was too busy to answer')
        return (Responses?.[table] ?? [])
          .flatMap((item) => readItem(item, log))
          .filter((change) => change.at >= at)
          .toSorted((a, b) => b.at.localeCompare(a.at))
      }),
  }
}

/** An entry that cannot be read may come from a newer version of the bot. */
function readItem(item: Record<string, unknown>, log: Log): LoggedChange[] {
  return Object.entries(item).flatMap(([name, entry]) => {
    if (!name.startsWith(prefix)) return []
    const parsed = LoggedChange.safeParse(entry)
    if (parsed.success) return [parsed.data]
    log.warn('an entry of the change log cannot be read and is left out', {
      entry: name,
      problem: parsed.error.message,
    })
    return []
  })
}

interface Recorder {
  changeLog: Pick<ChangeLog, 'record'>
  log: Log
  meter: Meter
}

/** Writes down a change, if there is one. What was changed has been changed: that it cannot be written down is told, and neither undone nor done again. */
export async function noteDown({ changeLog, log, meter }: Recorder, change: LoggedChange | undefined): Promise<void> {
  if (!change) return
  try {
    await changeLog.record(change)
  } catch (error) {
    log.error('a change could not be written into the change log', { ...change, error: describeError(error) })
    meter.count('ChangesNotRecorded', 1)
  }
}
