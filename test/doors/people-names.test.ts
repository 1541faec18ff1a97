import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createPeopleNames, type PeopleNames } from '../../bot/out/people-names.ts'
import { awsClientSettings } from '../../common/aws-client-settings.ts'
import { type Doors, startDoors } from '../support/doors.ts'

let doors: Doors
let names: PeopleNames
let client: DynamoDBClient
const start = () =>
  createPeopleNames({
    client: DynamoDBDocumentClient.from(client),
    table: doors.cloud.names.tables.incidents,
    clock: { now: () => doors.wall.now() },
    log: doors.log,
    limitMs: 400,
  })
beforeEach(async () => {
  doors = await startDoors()
  client = new DynamoDBClient(awsClientSettings(doors.env, 'DYNAMODB', 400))
  names = start()
})
afterEach(async () => {
  client.destroy()
  await doors.stop()
})

const writes = () =>
  doors.cloud.calls
    .list()
    .filter(({ operation, input }) => operation === 'PutItem' && input.TableName === doors.cloud.names.tables.incidents)
    .length
const kept = async (user: string) =>
  (
    await DynamoDBDocumentClient.from(client).send(
      new GetCommand({ TableName: doors.cloud.names.tables.incidents, Key: { pk: `PERSON#${user}` } }),
    )
  ).Item

it('a name is kept for 90 days and read by id; who is not known has none', async () => {
  await names.learn('U1', '  Aiko Tanaka ')
  expect(await names.of(['U1', 'U2', 'U1'])).toEqual(new Map([['U1', 'Aiko Tanaka']]))
  const now = doors.wall.now().getTime() / 1000
  expect(Number((await kept('U1'))?.expires) - now).toBeGreaterThan(89 * 86_400)
  expect(await names.of([])).toEqual(new Map())
})

it('is written at most once a day for each person, by whichever Lambda', async () => {
  await names.learn('U1', 'Aiko Tanaka')
  await names.learn('U1', 'Aiko Suzuki')
  expect(writes()).toBe(1)
  await start().learn('U1', 'Aiko Suzuki')
  expect((await kept('U1'))?.name).toBe('Aiko Tanaka')
  doors.wall.jump(25 * 3_600_000)
  await names.learn('U1', 'Aiko Suzuki')
  expect((await kept('U1'))?.name).toBe('Aiko Suzuki')
  expect(doors.log.lines.filter(({ level }) => level === 'warn')).toEqual([])
})

it('a table that does not answer costs a line in the log, and the next press tries again', async () => {
  const heal = doors.cloud.faults.add({ match: ({ service }) => service === 'dynamodb', kind: 'hang' })
  await names.learn('U1', 'Aiko Tanaka')
  expect(await names.of(['U1'])).toEqual(new Map())
  expect(doors.log.lines.filter(({ level }) => level === 'warn').map(({ message }) => message)).toEqual([
    'the name of a person could not be kept',
    'the names of people could not be read',
  ])
  heal()
  await names.learn('U1', 'Aiko Tanaka')
  expect(await names.of(['U1'])).toEqual(new Map([['U1', 'Aiko Tanaka']]))
})
