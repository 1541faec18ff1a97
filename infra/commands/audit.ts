import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { awsClientSettings } from '../../common/aws-client-settings.ts'
import { type Clock, systemClock, systemWall } from '../../common/clock.ts'
import { type Env, processEnv } from '../../common/env.ts'
import { describeError } from '../../common/logger.ts'
import { names } from '../../common/names.ts'
import { linesOf, peopleIn } from '../audit/lines.ts'
import { type AuditRecord, createRecord } from '../audit/record.ts'
import { readSpan } from '../audit/span.ts'
import { createItems } from '../incident-items.ts'
import { ownStages, type StageName } from '../stages.ts'
import { readArguments, runCommand, UsageError } from './arguments.ts'

export const auditOptions = {
  since: { type: 'string', says: 'first day of UTC, or a moment; 30 days ago unless told', value: 'date' },
  until: { type: 'string', says: 'last day of UTC, or a moment; no end unless told', value: 'date' },
  incident: { type: 'string', says: 'one incident, from its beginning unless told', value: 'id' },
} as const

interface AuditParts {
  record: (stage: StageName) => AuditRecord
  clock: Clock
  /** Takes what was done, an object a line. */
  print: (lines: readonly object[]) => Promise<void>
  /** Tells what whoever reads the lines has to know besides. */
  note: (text: string) => void
}

/** Prints who did what, with before and after. Answers false when there was something that could not be read. */
export async function audit({ record: recordOf, clock, print, note }: AuditParts, args: readonly string[]) {
  const { stage, incident, ...dates } = readArguments('audit', auditOptions, args)
  const span = readSpan({ ...dates, ...(incident !== undefined && { incident }) }, clock.now())
  const record = recordOf(stage)
  const read = async () => {
    const found = await (incident === undefined ? record.within(span) : record.one(incident))
    return { found, people: await record.names(peopleIn(found.incidents)) }
  }
  const answer = await read().catch(refusalIn)
  if ('refused' in answer) {
    note(`The table ${names(stage).tables.incidents} could not be read. ${answer.refused}`)
    return false
  }
  const { incidents, unread, fullMonths } = answer.found
  if (incident !== undefined && incidents.length + unread.length === 0)
    throw new UsageError(`There is no incident ${incident} on record.`)
  const lines = linesOf(incidents, answer.people, span)
  await print(lines)
  for (const line of lines)
    if (line.kind === 'left-out') note(`${line.actions} actions of ${line.incident} are not kept.`)
  for (const month of fullMonths)
    note(`The history of ${month} is full: what it had no room for is found by --incident only.`)
  for (const { key, why } of unread) note(`${key} could not be read: ${why}`)
  return unread.length === 0
}

/** What AWS refuses, and what gives no answer, a person can set right; the rest is a mistake of ours. */
const refusals = [
  'AccessDeniedException',
  'CredentialsProviderError',
  'ExpiredTokenException',
  'ResourceNotFoundException',
  'TableBusy',
  'ThrottlingException',
  'TimeoutError',
  'UnrecognizedClientException',
]

/** Names why the table gave no answer; throws again what nobody expects. */
function refusalIn(error: unknown): { refused: string } {
  const isRefusal = error instanceof Error && (refusals.includes(error.name) || 'code' in error)
  if (!isRefusal) throw error
  return { refused: describeError(error) }
}

/** Nobody is paged by a slow answer here, so a call gets more time than the bot's. */
const callLimitMs = 10_000
const tries = 4

async function toOutput(lines: readonly object[]): Promise<void> {
  const text = Readable.from(lines.map((line) => `${JSON.stringify(line)}\n`))
  try {
    await pipeline(text, process.stdout, { end: false })
  } catch (error) {
    // Whoever reads has seen enough, as `head` has.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error
  }
}

async function main(args: readonly string[], env: Env): Promise<boolean> {
  const record = (stage: StageName) => {
    const settings = { ...awsClientSettings(env, 'DYNAMODB', callLimitMs), region: ownStages()[stage].region }
    const client = DynamoDBDocumentClient.from(new DynamoDBClient({ ...settings, maxAttempts: tries }))
    return createRecord(createItems({ client, table: names(stage).tables.incidents, wall: systemWall }), systemClock)
  }
  return audit({ record, clock: systemClock, print: toOutput, note: console.error }, args)
}

if (import.meta.main) await runCommand(() => main(process.argv.slice(2), processEnv()))
