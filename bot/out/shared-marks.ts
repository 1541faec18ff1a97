import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import { incidentsTable } from '../../common/tables.ts'

/** Small items that Lambdas share beside the incidents: leases, pace, and who is changing a function. */
export interface SharedMarks {
  /** Takes `name` for `ms`; false while another holder has it. Times are protocol time in milliseconds. */
  lease(name: string, holder: string, now: number, ms: number): Promise<boolean>
  /** Takes the next turn of `name`, one per `spacing` ms; answers how long to wait, 0 when the turn is taken. */
  turn(name: string, spacing: number, now: number): Promise<number>
  /** The incident that may change the function, and the versions rollbacks have moved away from. */
  functionMark(name: string, abortSignal?: AbortSignal): Promise<FunctionMark>
  /** Makes `incident` the holder, if the holder is still `expected`. */
  holdFunction(name: string, incident: string, expected: string | undefined): Promise<boolean>
  /** Remembers that Slack took a new message in `channel` at `at`, domain time. */
  slackTook(channel: string, at: string): Promise<void>
  /** When each channel last took one, as far as anybody has told. */
  slackTaken(): Promise<Readonly<Record<string, string>>>
  /** Since when the bot watches, in domain time: `at`, unless it was told before. */
  watchedSince(at: string): Promise<string>
  /** Remembers that a rollback moved away from `version`. */
  leaveVersion(name: string, version: string): Promise<void>
}

const aDay = 24 * 60 * 60
/** One item for all channels, an attribute for each. */
const slackMark = 'SLACK#taken'
const tookPrefix = 'took#'

const FunctionMark = z.object({ holder: z.string().optional(), left: z.set(z.string()).optional() })
export interface FunctionMark {
  holder: string | undefined
  left: string[]
}

export function createSharedMarks(client: DynamoDBDocumentClient, table: string): SharedMarks {
  const ownTurns = new Map<string, number>()
  const key = (name: string) => ({ TableName: table, Key: { [incidentsTable.key]: name } })
  const unlessLost = async (work: Promise<unknown>): Promise<boolean> => {
    try {
      await work
      return true
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false
      throw error
    }
  }
  const read = async (name: string, abortSignal?: AbortSignal) =>
    (await client.send(new GetCommand({ ...key(name), ConsistentRead: true }), { ...(abortSignal && { abortSignal }) }))
      .Item
  return {
    lease: (name, holder, now, ms) =>
      unlessLost(
        client.send(
          new UpdateCommand({
            ...key(`LEASE#${name}`),
            UpdateExpression: 'SET #until = :until, #holder = :holder',
            ConditionExpression: 'attribute_not_exists(#until) OR #until <= :now OR #holder = :holder',
            ExpressionAttributeNames: { '#until': 'until', '#holder': 'holder' },
            ExpressionAttributeValues: { ':until': now + ms, ':now': now, ':holder': holder },
          }),
        ),
      ),
    turn: async (name, spacing, now) => {
      // What this process took itself need not be asked for: nobody can be before it.
      const own = (ownTurns.get(name) ?? now) - now
      if (own > 0 && own <= spacing) return own
      const taken = await unlessLost(
        client.send(
          new UpdateCommand({
            ...key(`PACE#${name}`),
            UpdateExpression: 'SET #next = :next, #expires = :expires',
            // A time further ahead than two turns was written by a clock that has since been set back.
            ConditionExpression: 'attribute_not_exists(#next) OR #next <= :now OR #next > :absurd',
            ExpressionAttributeNames: { '#next': 'next', '#expires': incidentsTable.expires },
            ExpressionAttributeValues: {
              ':next': now + spacing,
              ':now': now,
              ':absurd': now + 2 * spacing,
              ':expires': Math.ceil(now / 1000) + aDay,
            },
          }),
        ),
      )
      if (taken) {
        if (ownTurns.size > 500) ownTurns.clear()
        ownTurns.set(name, now + spacing)
        return 0
      }
      const next = z.object({ next: z.number() }).safeParse(await read(`PACE#${name}`))
      return next.success ? Math.max(1, next.data.next - now) : spacing
    },
    functionMark: async (name, abortSignal) => {
      const mark = FunctionMark.parse((await read(`FUNCTION#${name}`, abortSignal)) ?? {})
      return { holder: mark.holder, left: [...(mark.left ?? [])] }
    },
    holdFunction: (name, incident, expected) =>
      unlessLost(
        client.send(
          new UpdateCommand({
            ...key(`FUNCTION#${name}`),
            UpdateExpression: 'SET #holder = :incident',
            ConditionExpression:
              expected === undefined
                ? 'attribute_not_exists(#holder) OR #holder = :incident'
                : '#holder = :expected OR #holder = :incident',
            ExpressionAttributeNames: { '#holder': 'holder' },
            ExpressionAttributeValues: {
              ':incident': incident,
              ...(expected !== undefined && { ':expected': expected }),
            },
          }),
        ),
      ),
    slackTook: async (channel, at) => {
      await client.send(
        new UpdateCommand({
          ...key(slackMark),
          UpdateExpression: 'SET #channel = :at',
          ExpressionAttributeNames: { '#channel': `${tookPrefix}${channel}` },
          ExpressionAttributeValues: { ':at': at },
        }),
      )
    },
    slackTaken: async () => {
      const taken = Object.entries((await read(slackMark)) ?? {}).flatMap(([name, at]) =>
        name.startsWith(tookPrefix) && typeof at === 'string' ? [[name.slice(tookPrefix.length), at]] : [],
      )
      return Object.fromEntries(taken)
    },
    watchedSince: async (at) => {
      const { Attributes } = await client.send(
        new UpdateCommand({
          ...key('WATCH#since'),
          UpdateExpression: 'SET #since = if_not_exists(#since, :at)',
          ExpressionAttributeNames: { '#since': 'since' },
          ExpressionAttributeValues: { ':at': at },
          ReturnValues: 'ALL_NEW',
        }),
      )
      return z.object({ since: z.iso.datetime() }).parse(Attributes).since
    },
    leaveVersion: async (name, version) => {
      await client.send(
        new UpdateCommand({
          ...key(`FUNCTION#${name}`),
          UpdateExpression: 'ADD #left :version',
          ExpressionAttributeNames: { '#left': 'left' },
          ExpressionAttributeValues: { ':version': new Set([version]) },
        }),
      )
    },
  }
}
