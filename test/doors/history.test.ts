import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { historyEntry } from '../../bot/incident/history.ts'
import { createHistory, keepInHistory, mostPerMonth } from '../../bot/out/history.ts'
import { anAlarm, aResolvedIncident, byName, quiet } from '../support/builders.ts'
import { type Doors, startDoors } from '../support/doors.ts'
import { anEntry } from '../support/history-builders.ts'
import { keptMeter } from '../support/kept-meter.ts'
import { createQuietLog } from '../support/quiet-log.ts'
import { createTableClient } from '../support/table-client.ts'

let doors: Doors
let client: DynamoDBDocumentClient
let tables: ReturnType<typeof createTableClient>
beforeAll(async () => {
  doors = await startDoors()
  tables = createTableClient(doors.cloud.endpoint)
  client = tables.client
})
afterEach(() => doors.cloud.faults.clear())
afterAll(async () => {
  tables.close()
  await doors.stop()
})

function setUp(limitMs = 400) {
  const log = createQuietLog()
  const table = doors.cloud.names.tables.incidents
  const history = createHistory({ client, table, log, limitMs })
  const item = async (month: string) =>
    (await client.send(new GetCommand({ TableName: table, Key: { pk: `HISTORY#${month}` } }))).Item
  const put = (month: string, entries: object) =>
    client.send(new PutCommand({ TableName: table, Item: { pk: `HISTORY#${month}`, ...entries } }))
  return { history, log, item, put }
}

it('keeps an incident under the month in which it opened, to go by itself after more than a year', async () => {
  const { history, item } = setUp()
  const [first, second] = [anEntry('2026-01-02T03:00:00.000Z'), anEntry('2026-01-31T23:59:00.000Z')]
  for (const entry of [first, second]) expect(await history.record(entry)).toBe('recorded')
  expect(await item('2026-01')).toEqual({
    pk: 'HISTORY#2026-01',
    [`incident#${first.id}`]: first,
    [`incident#${second.id}`]: second,
    count: 2,
    // 400 days after the end of the month, in seconds.
    expires: Date.parse('2027-03-08T00:00:00.000Z') / 1000,
  })
})

it('the same incident twice is one entry, and the newest save of it counts, in whatever order they come', async () => {
  const { history, item } = setUp()
  const at = '2026-02-02T03:00:00.000Z'
  const [old, reopened] = [anEntry(at), anEntry(at, { revision: 30, reopened: 1 })]
  expect(await history.record(old)).toBe('recorded')
  expect(await history.record(old)).toBe('known-already')
  expect(await history.record(reopened)).toBe('recorded')
  expect(await history.record(old)).toBe('known-already')
  expect(await item('2026-02')).toMatchObject({ count: 1, [`incident#${old.id}`]: { revision: 30, reopened: 1 } })
})

it('reads every month of a span at once, newest first, and nothing outside it', async () => {
  const { history } = setUp()
  const times = ['2025-11-30T23:00:00.000Z', '2025-12-31T23:00:00.000Z', '2026-03-01T00:00:00.000Z']
  for (const at of times) await history.record(anEntry(at))
  const found = await history.between('2025-12-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z')
  expect(found.map(({ openedAt }) => openedAt).filter((at) => times.includes(at))).toEqual([times[2], times[1]])
})

it('a month that is full takes no new incident, and still takes news of those it has', async () => {
  const { history, item, put, log } = setUp()
  const known = anEntry('2026-05-01T03:00:00.000Z')
  await put('2026-05', { count: mostPerMonth, [`incident#${known.id}`]: known })
  expect(await history.record(anEntry('2026-05-02T03:00:00.000Z'))).toBe('month-full')
  expect(await history.record({ ...known, revision: 13 })).toBe('recorded')
  expect(Object.keys((await item('2026-05')) ?? {})).toHaveLength(3)

  const meter = keptMeter()
  const incident = aResolvedIncident({ openedAt: '2026-05-03T03:00:00.000Z' })
  await keepInHistory({ history, log, meter }, incident)
  expect(meter.values).toEqual({ HistoryNotRecorded: [1] })
  expect(log.lines.map(({ message }) => message)).toEqual(['an incident is not in the history: its month is full'])
})

it('a full month of the largest entries fits into an item', () => {
  const alarms = Array.from({ length: 40 }, (_, n) => {
    const { listed: _none, ...alarm } = quiet(anAlarm({ name: `${n}${'価格'.repeat(120)}`, fired: 1_000_000 + n }))
    return alarm
  })
  const largest = historyEntry(
    aResolvedIncident({
      service: '価格'.repeat(120),
      id: `${'x'.repeat(255)}-20260503T030000Z`,
      alarms: byName(...alarms),
    }),
  )
  expect(largest?.alarms).toHaveLength(5)
  const bytes = Buffer.byteLength(JSON.stringify(largest)) + Buffer.byteLength(`incident#${largest?.id}`)
  expect(bytes * mostPerMonth).toBeLessThan(400_000)
  expect(Buffer.byteLength(JSON.stringify(historyEntry(aResolvedIncident())))).toBeLessThan(700)
})

it('an entry that cannot be read, as of a newer version, is left out and logged', async () => {
  const { history, put, log } = setUp()
  const good = anEntry('2026-06-02T03:00:00.000Z')
  await put('2026-06', { 'incident#a': good, 'incident#b': { ...good, severity: 'Dire' }, 'incident#c': 'x', count: 3 })
  expect(await history.between('2026-06-01T00:00:00.000Z', '2026-06-30T00:00:00.000Z')).toEqual([good])
  expect(log.lines.filter(({ message }) => message.includes('cannot be read and is left out'))).toHaveLength(2)
})

describe('when the table does not answer', () => {
  it.each(['UpdateItem', 'BatchGetItem'])('%s ends within its limit', async (operation) => {
    doors.cloud.faults.add({ match: (call) => call.operation === operation, kind: 'hang' })
    const { history } = setUp()
    const at = '2026-07-02T03:00:00.000Z'
    const asked = operation === 'UpdateItem' ? history.record(anEntry(at)) : history.between(at, at)
    await expect(asked).rejects.toThrow('no answer within 400 ms')
  })
})
