import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { LoggedChange } from '../../bot/incident/logged-change.ts'
import { createChangeLog, noteDown } from '../../bot/out/change-log.ts'
import { type Doors, startDoors } from '../support/doors.ts'
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

/** The log as it is on a day of its own, so that no story reads the changes of another. */
function logOn(day: string, limitMs = 400) {
  const log = createQuietLog()
  const now = `${day}T12:00:00.000Z`
  const table = doors.cloud.names.tables.incidents
  const changeLog = createChangeLog({ client, table, clock: { now: () => new Date(now) }, log, limitMs })
  const item = async (of = day) =>
    (await client.send(new GetCommand({ TableName: table, Key: { pk: `CHANGES#${of}` } }))).Item
  const put = (entries: object) =>
    client.send(new PutCommand({ TableName: table, Item: { pk: `CHANGES#${day}`, ...entries } }))
  return { changeLog, log, item, put, at: (time: string) => `${day}T${time}:00.000Z` }
}
const setting = (at: string, id = `press-${at}`): LoggedChange => ({
  what: 'setting',
  id,
  at,
  by: 'U1',
  incident: 'updater-20260302T030000Z',
  field: 'updateEveryMinutes',
  from: null,
  to: 10,
})
const alias = (at: string): LoggedChange => ({
  what: 'alias',
  id: `api-1/${at}`,
  at,
  by: 'U1',
  incident: 'api-1',
  role: 'api',
  from: '42',
  to: '41',
})

it('keeps a change under its day, to go by itself about eight days later', async () => {
  const { changeLog, item, at } = logOn('2026-03-02')
  await changeLog.record(setting(at('03:00'), 'press-1'))
  await changeLog.record(alias(at('04:00')))
  expect(await item()).toEqual({
    pk: 'CHANGES#2026-03-02',
    'change#press-1': setting(at('03:00'), 'press-1'),
    [`change#api-1/${at('04:00')}`]: alias(at('04:00')),
    count: 2,
    // Eight days after the end of the day, in seconds.
    expires: Date.parse('2026-03-11T00:00:00.000Z') / 1000,
  })
  expect(await changeLog.since(at('00:00'))).toEqual([alias(at('04:00')), setting(at('03:00'), 'press-1')])
})

it('the same change twice is one entry, as it was the first time', async () => {
  const { changeLog, item, at } = logOn('2026-03-20')
  await changeLog.record(setting(at('03:00'), 'press-1'))
  await changeLog.record(setting(at('03:05'), 'press-1'))
  expect(await item()).toMatchObject({ count: 1, 'change#press-1': { at: at('03:00') } })
})

it('reads the days from a moment on, and nothing before it', async () => {
  const earlier = logOn('2026-04-01')
  const { changeLog, at } = logOn('2026-04-03')
  for (const time of ['10:00', '14:00']) await earlier.changeLog.record(setting(earlier.at(time)))
  await changeLog.record(setting(at('03:00')))
  expect((await changeLog.since(earlier.at('12:00'))).map((change) => change.at)).toEqual([
    at('03:00'),
    earlier.at('14:00'),
  ])
})

it('a day has two hundred changes, and what comes then is refused; one of those is still known', async () => {
  const { changeLog, item, put, at } = logOn('2026-05-01')
  const known = setting(at('03:00'), 'press-1')
  await put({ count: 200, 'change#press-1': known })
  await expect(changeLog.record(setting(at('04:00'), 'press-2'))).rejects.toThrow(
    'the day has 200 changes already, and no more are kept',
  )
  await changeLog.record(known)
  expect(await item()).toEqual({ pk: 'CHANGES#2026-05-01', count: 200, 'change#press-1': known })
})

it('an entry that cannot be read, as of a newer version, is left out and logged', async () => {
  const { changeLog, put, at, log } = logOn('2026-06-01')
  await put({
    'change#press-1': setting(at('03:00'), 'press-1'),
    'change#press-2': { what: 'weather', id: 'press-2', at: at('04:00'), incident: 'api-1' },
    'change#press-3': 'nonsense',
    count: 3,
  })
  expect((await changeLog.since(at('00:00'))).map(({ id }) => id)).toEqual(['press-1'])
  expect(log.lines.filter(({ message }) => message.includes('cannot be read and is left out'))).toHaveLength(2)
})

describe('when the table does not answer', () => {
  const hang = (operation: string) =>
    doors.cloud.faults.add({ match: (call) => call.operation === operation, kind: 'hang' })

  it('writing ends within its limit', async () => {
    hang('UpdateItem')
    const { changeLog, at } = logOn('2026-07-01')
    await expect(changeLog.record(setting(at('03:00')))).rejects.toThrow('no answer within 400 ms')
  })

  it('reading does', async () => {
    hang('BatchGetItem')
    const { changeLog, at } = logOn('2026-07-01')
    await expect(changeLog.since(at('03:00'))).rejects.toThrow('no answer within 400 ms')
  })

  it('whoever made the change is told nothing of it; it is logged and counted', async () => {
    doors.cloud.faults.add({ match: (call) => call.operation === 'UpdateItem', kind: 'refuse' })
    const { changeLog, at, log } = logOn('2026-07-01')
    const meter = keptMeter()
    await noteDown({ changeLog, log, meter }, setting(at('03:00')))
    expect(meter.values).toEqual({ ChangesNotRecorded: [1] })
    expect(log.lines.map(({ message }) => message)).toEqual(['a change could not be written into the change log'])
  })
})
