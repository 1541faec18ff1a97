import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type ListedDeployment, mostListed } from '../../bot/bulletin/deployment-list.ts'
import { createRecentDeployments } from '../../bot/out/deployment-list.ts'
import { type Doors, startDoors } from '../support/doors.ts'
import { createTableClient } from '../support/table-client.ts'

let doors: Doors
let tables: ReturnType<typeof createTableClient>
let client: DynamoDBDocumentClient
let table: string
const Key = { pk: 'DEPLOYMENTS' }
beforeAll(async () => {
  doors = await startDoors()
  table = doors.cloud.names.tables.incidents
  tables = createTableClient(doors.cloud.endpoint)
  client = tables.client
})
afterEach(async () => {
  doors.cloud.faults.clear()
  await client.send(new DeleteCommand({ TableName: table, Key }))
})
afterAll(async () => {
  tables.close()
  await doors.stop()
})

const recent = () => createRecentDeployments({ client, table, limitMs: 2_000 })
const aListed = (day: number, change: Partial<ListedDeployment> = {}): ListedDeployment => ({
  deployment: `d-${day}`,
  role: 'api',
  at: `2026-11-${String(day).padStart(2, '0')}T03:00:00.000Z`,
  from: '41',
  to: '42',
  state: 'started',
  look: 1,
  ...change,
})
const listed = async () => (await recent().newest()).map(({ deployment, state }) => `${deployment} ${state}`)

it('before the first deployment there are none', async () => {
  expect(await recent().newest()).toEqual([])
})

it('what changed takes the place of what was known, whatever order the notes come in', async () => {
  await recent().note(aListed(3))
  await recent().note(aListed(2))
  await recent().note(aListed(3, { state: 'succeeded', look: 4 }))
  await recent().note(aListed(3, { state: 'canary', look: 3 }))
  await recent().note(aListed(2))
  expect(await listed()).toEqual(['d-3 succeeded', 'd-2 started'])
  const { Item } = await client.send(new GetCommand({ TableName: table, Key }))
  expect(Item).toMatchObject({ pk: 'DEPLOYMENTS', revision: 3 })
})

it('a full list lets the oldest go, and takes none that is older still', async () => {
  const days = Array.from({ length: mostListed }, (_, index) => index + 5)
  for (const day of days) await recent().note(aListed(day))
  await recent().note(aListed(4))
  await recent().note(aListed(25))
  const newest = [25, ...days.slice(1).toReversed()].map((day) => `d-${day} started`)
  expect(await listed()).toEqual(newest)
})

it('several at the same time are all in it', async () => {
  await Promise.all([5, 6, 7].map((day) => recent().note(aListed(day))))
  expect(await listed()).toEqual(['d-7 started', 'd-6 started', 'd-5 started'])
})

it('a table that does not answer, and a list that cannot be read, are told and not taken for an empty one', async () => {
  doors.cloud.faults.add({ match: ({ operation }) => operation === 'GetItem', kind: 'hang' })
  const hasty = createRecentDeployments({ client, table, limitMs: 50 })
  await expect(hasty.newest()).rejects.toThrow()
  await expect(hasty.note(aListed(3))).rejects.toThrow()
  doors.cloud.faults.clear()
  await client.send(new PutCommand({ TableName: table, Item: { ...Key, deployments: 'many', revision: 1 } }))
  await expect(recent().newest()).rejects.toThrow('deployments')
})
