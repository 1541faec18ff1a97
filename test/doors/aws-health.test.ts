import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { createHealthReader, type HealthReader } from '../../bot/out/aws-health.ts'
import { type Doors, startDoors } from '../support/doors.ts'

let doors: Doors
let client: CloudWatchClient
let health: HealthReader
beforeAll(async () => {
  doors = await startDoors()
  client = new CloudWatchClient({
    endpoint: doors.cloud.endpoint,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  })
  health = createHealthReader(client, 'prod', 400)
})
afterEach(() => doors.cloud.faults.clear())
afterAll(async () => {
  client.destroy()
  await doors.stop()
})

const ofFunction = { namespace: 'AWS/Lambda', dimensions: { FunctionName: 'crypto-watch-api-function' } }
const latency = {
  namespace: 'AWS/ApiGateway',
  name: 'Latency',
  dimensions: { ApiName: 'crypto-watch-api', Stage: 'prod' },
}

it('measures the last three whole minutes, and p95 of the day before the deployment as one value', async () => {
  const { metrics } = doors.cloud
  const at = (time: string, day = '02') => new Date(`2026-02-${day}T${time}.000Z`)
  const call = (time: string, count: number, errors: number) => {
    metrics.put({ ...ofFunction, name: 'Invocations', value: 1, count, at: at(time) })
    metrics.put({ ...ofFunction, name: 'Errors', value: 1, count: errors, at: at(time) })
  }
  call('11:56:30', 100, 100)
  call('11:57:30', 100, 1)
  call('11:58:30', 100, 2)
  call('11:59:30', 100, 6)
  call('12:00:10', 100, 100)
  metrics.put({ ...latency, value: 380, count: 30, at: at('11:58:00') })
  metrics.put({ ...latency, value: 900, count: 1, at: at('11:59:00') })
  // 95 of 100 took 80 ms on the day before the deployment of 11:20; what was before and after that day does not count.
  metrics.put({ ...latency, value: 7_000, count: 500, at: at('11:19:00', '01') })
  metrics.put({ ...latency, value: 80, count: 95, at: at('11:20:00', '01') })
  metrics.put({ ...latency, value: 300, count: 5, at: at('11:19:00') })
  metrics.put({ ...latency, value: 7_000, count: 500, at: at('11:20:00') })
  expect(await health.read('2026-02-02T12:00:40.000Z', '2026-02-02T11:20:30.000Z')).toEqual({
    from: '2026-02-02T11:57:00.000Z',
    to: '2026-02-02T12:00:00.000Z',
    calls: 300,
    errors: 9,
    requests: 31,
    p95: 0.38,
    before: { until: '2026-02-02T11:20:00.000Z', p95: 0.08 },
  })
})

it('without traffic and without a deployment there is nothing to compare', async () => {
  expect(await health.read('2026-01-01T12:00:00.000Z', undefined)).toEqual({
    from: '2026-01-01T11:57:00.000Z',
    to: '2026-01-01T12:00:00.000Z',
    calls: 0,
    errors: 0,
    requests: 0,
  })
})

it('ends within its limit, and says what did not answer', async () => {
  doors.cloud.faults.add({ match: ({ operation }) => operation === 'GetMetricData', kind: 'hang' })
  await expect(health.read('2026-01-01T12:00:00.000Z', undefined)).rejects.toThrow('no answer within 400 ms')
})
