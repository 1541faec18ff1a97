import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { BatchGetCommand, type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import type { Clock } from '../../common/clock.ts'
import { describeError, type Log } from '../../common/logger.ts'
import { incidentsTable } from '../../common/tables.ts'
import { minutes } from '../../common/time.ts'
import { within } from './within.ts'

/** What people are called, for texts that Slack does not draw. */
export interface PeopleNames {
  /** Keeps a name, at most once a day for each person. Never throws: a name is a convenience. */
  learn(user: string, name: string): Promise<void>
  /** The names that are known, by user id. Without an answer in time nobody has one. */
  of(users: readonly string[]): Promise<ReadonlyMap<string, string>>
}

export interface PeopleNamesParts {
  client: DynamoDBDocumentClient
  table: string
  clock: Clock
  log: Log
  /** For a call as a whole, its repetitions included. */
  limitMs: number
}

const aDay = minutes(24 * 60)
const keptDays = 90
const longestName = 80
/** What one call takes. A mail speaks of fewer people. */
const mostAtOnce = 100

const prefix = incidentsTable.personKey('')
const Person = z.object({ [incidentsTable.key]: z.string().startsWith(prefix), name: z.string().min(1) })

/** One item for each person, which ends by itself when the person has not been seen for 90 days. */
export function createPeopleNames({ client, table, clock, log, limitMs }: PeopleNamesParts): PeopleNames {
  const learned = new Map<string, number>()
  return {
    learn: async (user, name) => {
      const now = clock.now().getTime()
      const last = learned.get(user)
      if (name.trim() === '' || (last !== undefined && now - last < aDay)) return
      learned.set(user, now)
      const put = new PutCommand({
        TableName: table,
        Item: {
          [incidentsTable.key]: incidentsTable.personKey(user),
          name: name.trim().slice(0, longestName),
          learnedAt: now,
          [incidentsTable.expires]: Math.ceil((now + keptDays * aDay) / 1000),
        },
        ConditionExpression: 'attribute_not_exists(#learnedAt) OR #learnedAt <= :yesterday',
        ExpressionAttributeNames: { '#learnedAt': 'learnedAt' },
        ExpressionAttributeValues: { ':yesterday': now - aDay },
      })
      try {
        await within(limitMs, (abortSignal) => client.send(put, { abortSignal }))
      } catch (error) {
        // Somebody else has learned it today.
        if (error instanceof ConditionalCheckFailedException) return
        learned.delete(user)
        log.warn('the name of a person could not be kept', { user, error: describeError(error) })
      }
    },
    of: async (users) => {
      const asked = [...new Set(users)].slice(0, mostAtOnce)
      if (asked.length === 0) return new Map()
      const Keys = asked.map((user) => ({ [incidentsTable.key]: incidentsTable.personKey(user) }))
      const get = new BatchGetCommand({ RequestItems: { [table]: { Keys } } })
      try {
        const { Responses } = await within(limitMs, (abortSignal) => client.send(get, { abortSignal }))
        const people = (Responses?.[table] ?? []).flatMap((item) => Person.safeParse(item).data ?? [])
        return new Map(people.map((person) => [person[incidentsTable.key].slice(prefix.length), person.name]))
      } catch (error) {
        log.warn('the names of people could not be read', { error: describeError(error) })
        return new Map()
      }
    },
  }
}
