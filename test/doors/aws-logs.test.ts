import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { createLogs, type Logs } from '../../bot/out/aws-logs.ts'
import { type Doors, startDoors } from '../support/doors.ts'

const api = '/aws/lambda/crypto-watch-api-function'
const gateway = '/aws/apigateway/crypto-watch-api'
const limitMs = 600

let doors: Doors
let client: CloudWatchLogsClient
let logs: Logs
beforeAll(async () => {
  doors = await startDoors()
  client = new CloudWatchLogsClient({
    endpoint: doors.cloud.endpoint,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  })
  logs = createLogs(client, doors.cloud.names, limitMs)
})
afterEach(() => doors.cloud.faults.clear())
afterAll(async () => {
  client.destroy()
  await doors.stop()
})

/** Each story has an hour of its own, so that none reads the lines of another. */
const hour = (n: number) => (minute: number) => new Date(Date.UTC(2026, 0, 1, n, minute)).toISOString()
const write = (group: string, at: string, message: string) =>
  doors.cloud.logs.write(group, { stream: '2026/01/01/[42]0123', at: new Date(at), message })
const error = (text: string) => JSON.stringify({ level: 'ERROR', message: text })
const asked = () => doors.cloud.calls.list().filter(({ operation }) => operation === 'FilterLogEvents').length

it('reads what is between two times, and leaves out what is no error', async () => {
  const at = hour(1)
  write(api, at(0), error('too early'))
  write(api, at(5), error('in time'))
  write(api, at(6), JSON.stringify({ level: 'INFO', message: 'no ERROR at all' }))
  write(api, at(9), error('too late'))
  expect(await logs.errors(['api', 'updater'], at(1), at(8))).toEqual({
    from: at(1),
    isWhole: true,
    top: [{ role: 'api', level: 'error', count: 1, first: at(5), last: at(5), sample: 'in time', versions: ['42'] }],
  })
})

it('reads page after page', async () => {
  const at = hour(2)
  for (let index = 0; index < 3; index++) write(api, at(index), error(`large ${'x '.repeat(300_000)}`))
  const before = asked()
  expect(await logs.errors(['api'], at(0), at(9))).toMatchObject({ isWhole: true, top: [{ count: 3 }] })
  expect(asked() - before).toBe(3)
})

it('reads five pages and no more, and says that there is more', async () => {
  const at = hour(3)
  const long = 'x'.repeat(600_000)
  for (let minute = 0; minute < 9; minute++)
    write(gateway, at(minute), JSON.stringify({ status: '502', resource: '/v1/prices', keyId: '-', path: long }))
  const before = asked()
  expect(await logs.requests(at(0), at(30))).toEqual({
    from: at(0),
    until: at(4),
    isWhole: false,
    total: 5,
    failed: 5,
    statuses: [{ status: 502, count: 5 }],
    endpoints: [{ resource: '/v1/prices', failed: 5, total: 5 }],
    limited: [],
  })
  expect(asked() - before).toBe(5)
})

it('keeps what came in time, when a later page does not', async () => {
  const at = hour(4)
  const long = 'x'.repeat(600_000)
  for (let minute = 0; minute < 3; minute++)
    write(gateway, at(minute), JSON.stringify({ status: '200', resource: '/v1/coins', keyId: '-', path: long }))
  doors.cloud.faults.add({ match: ({ input }) => input.nextToken !== undefined, kind: 'hang' })
  const started = performance.now()
  expect(await logs.requests(at(0), at(9))).toMatchObject({ isWhole: false, total: 1, until: at(0) })
  expect(performance.now() - started).toBeLessThan(limitMs + 500)
})

it('says so when no answer came at all', async () => {
  doors.cloud.faults.add({ match: ({ service }) => service === 'logs', kind: 'hang' })
  const started = performance.now()
  await expect(logs.errors(['api', 'updater'], hour(5)(0), hour(5)(9))).rejects.toThrow(
    `no answer within ${limitMs} ms`,
  )
  expect(performance.now() - started).toBeLessThan(limitMs + 500)
})
