import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { Problem } from '../../api/problem.ts'
import { usagePlans } from '../../api/usage-plans.ts'
import { names } from '../../common/names.ts'
import { createFunctions } from '../../sandbox/cloud/functions.ts'
import { sampleKey } from '../../sandbox/cloud/gateway/api-keys.ts'
import { createLimits } from '../../sandbox/cloud/gateway/limits.ts'
import { createGateway } from '../../sandbox/cloud/gateway.ts'
import { createCloudLogs } from '../../sandbox/cloud/logs/cloud-logs.ts'
import { createMetrics } from '../../sandbox/cloud/metrics.ts'
import { createRandom } from '../../sandbox/cloud/seeded-random.ts'
import { createQuietLog } from '../support/quiet-log.ts'
import { type TestCloud, testCloud, virtualWall } from './cloud-support.ts'

const opened: TestCloud[] = []
async function start(): Promise<TestCloud> {
  const test = await testCloud()
  opened.push(test)
  return test
}
afterEach(async () => {
  for (const { cloud } of opened.splice(0)) await cloud.close()
})

const withKey = { 'X-API-Key': sampleKey }
const get = ({ cloud }: TestCloud, path: string, headers: Record<string, string> = withKey) =>
  cloud.gateway.request({ method: 'GET', path, headers })

/** What the gateway answers by itself has to be a problem document, with the id that the header has too. */
async function refused(answer: Awaited<ReturnType<typeof get>>) {
  expect(answer.headers['content-type']).toBe('application/problem+json')
  const problem = Problem.parse(JSON.parse(answer.body))
  expect(problem.requestId).toBe(answer.headers['x-amzn-requestid'])
  return { status: answer.status, type: problem.type.split(':').at(-1), headers: answer.headers, problem }
}

describe('an API key', () => {
  it('is needed for prices, and its name in the header may be written in any way', async () => {
    const test = await start()
    expect((await get(test, '/v1/prices/bitcoin')).status).toBe(200)
    expect(await refused(await get(test, '/v1/prices/bitcoin', {}))).toMatchObject({
      status: 403,
      type: 'key-missing-or-wrong',
    })
    expect((await get(test, '/v1/prices', { 'x-api-key': 'guessed' })).status).toBe(403)
  })

  it('is not needed for health and status', async () => {
    const test = await start()
    for (const path of ['/health', '/status']) expect((await get(test, path, {})).status).toBe(200)
  })

  it('that is disabled, enabled, new or gone counts 20 seconds later', async () => {
    const test = await start()
    const { keys } = test.cloud.gateway
    const { id } = keys.named('sample')
    const statusAfter = async (seconds: number, value = sampleKey) => {
      const at = new Date(test.world.clock.now().getTime() + seconds * 1000)
      const headers = { 'x-api-key': value }
      return (await test.cloud.gateway.request({ method: 'GET', path: '/v1/coins', headers, at })).status
    }
    keys.change(id, { enabled: false })
    expect([await statusAfter(-30), await statusAfter(19), await statusAfter(20)]).toEqual([200, 200, 403])
    await test.minutes(1)
    keys.change(id, { enabled: true })
    expect([await statusAfter(19), await statusAfter(20)]).toEqual([403, 200])
    keys.create({ name: 'new', plan: 'trial', value: 'a-new-value', enabled: true })
    expect([await statusAfter(19, 'a-new-value'), await statusAfter(20, 'a-new-value')]).toEqual([403, 200])
    await test.minutes(1)
    keys.remove(id)
    expect(keys.list().map(({ name }) => name)).not.toContain('sample')
    expect([await statusAfter(19), await statusAfter(20)]).toEqual([200, 403])
  })

  it('that is disabled and enabled again within those seconds is off for as long as it was', async () => {
    const test = await start()
    const { keys } = test.cloud.gateway
    const { id } = keys.named('sample')
    keys.change(id, { enabled: false })
    await test.minutes(1)
    keys.change(id, { enabled: true })
    const before = new Date(test.world.clock.now().getTime() - 35_000)
    const ask = async (at?: Date) =>
      (await test.cloud.gateway.request({ method: 'GET', path: '/v1/coins', headers: withKey, ...(at && { at }) }))
        .status
    expect([await ask(), await ask(before)]).toEqual([403, 403])
    await test.minutes(1)
    expect([await ask(), await ask(before)]).toEqual([200, 403])
  })

  it('on no plan opens nothing', async () => {
    const test = await start()
    test.cloud.gateway.keys.create({ name: 'loose', value: 'loose-value', enabled: true })
    await test.minutes(1)
    expect(await refused(await get(test, '/v1/coins', { 'x-api-key': 'loose-value' }))).toMatchObject({ status: 403 })
  })

  it('is given back to the customers and the reader when the world heals, at once', async () => {
    const test = await start()
    const { keys } = test.cloud.gateway
    keys.change(keys.named('sample').id, { enabled: false, description: 'leaked' })
    keys.remove(keys.named('hoshi-app').id)
    await test.minutes(1)
    expect((await get(test, '/v1/coins')).status).toBe(403)
    keys.heal()
    expect((await get(test, '/v1/coins')).status).toBe(200)
    expect(keys.list().map(({ id, name, enabled }) => [id, name, enabled])).toEqual([
      ['key0000001', 'sample', true],
      ['key0000002', 'hoshi-app', true],
      ['key0000003', 'kawase-desk', true],
      ['key0000004', 'portfolio-widget', true],
    ])
  })

  it('outlives a restart, as does that it was disabled', async () => {
    const test = await start()
    const { keys } = test.cloud.gateway
    keys.change(keys.named('sample').id, { enabled: false })
    keys.create({ name: 'issued', plan: 'trial', value: 'issued-value', enabled: true })
    await test.minutes(1)
    const second = await testCloud({ saved: test.cloud.snapshot(), start: '2026-11-23T03:01:00.000Z' })
    opened.push(second)
    expect((await get(second, '/v1/prices')).status).toBe(403)
    expect((await get(second, '/v1/coins', { 'x-api-key': 'issued-value' })).status).not.toBe(403)
  })
})

describe('limits', () => {
  it('a burst passes, then the plan’s rate; who is too fast is told to wait a second', async () => {
    const test = await start()
    const statuses = await Promise.all(Array.from({ length: 25 }, async () => (await get(test, '/v1/coins')).status))
    expect(statuses.filter((status) => status === 200)).toHaveLength(20)
    expect(await refused(await get(test, '/v1/coins'))).toMatchObject({
      status: 429,
      type: 'too-many-requests',
      headers: { 'retry-after': '1' },
    })
    test.wall.forward(1)
    const after = await Promise.all(Array.from({ length: 12 }, async () => (await get(test, '/v1/coins')).status))
    expect(after.filter((status) => status === 200)).toHaveLength(10)
  })

  it('count each key for itself, and the simulated customers never', async () => {
    const test = await start()
    for (let n = 0; n < 30; n += 1) await get(test, '/v1/coins')
    test.cloud.gateway.keys.create({ name: 'other', plan: 'trial', value: 'other-value', enabled: true })
    await test.minutes(1)
    expect((await get(test, '/v1/coins', { 'x-api-key': 'other-value' })).status).toBe(200)
    await test.minutes(5)
    expect(
      test.cloud.gateway.accessLog.list().filter(({ status, key }) => status === 429 && key?.name !== 'sample'),
    ).toEqual([])
  })

  it('a quota is used up for the day, and begins anew at midnight UTC', async () => {
    const { gateway, wall } = smallGateway({ perSecond: 100, burst: 100, quotaPerDay: 3 })
    const ask = () => gateway.request({ method: 'GET', path: '/v1/coins', headers: withKey })
    expect([(await ask()).status, (await ask()).status, (await ask()).status]).toEqual([200, 200, 200])
    expect(await refused(await ask())).toMatchObject({
      status: 429,
      type: 'quota-used-up',
      headers: { 'retry-after': '3600' },
    })
    // Noon in Tokyo is three in the morning in UTC.
    wall.forward(20 * 3600)
    expect((await ask()).status).toBe(429)
    wall.forward(3600)
    expect((await ask()).status).toBe(200)
  })

  it('let nobody do more than burst and rate allow, however the requests are spread', () => {
    fc.assert(
      fc.property(
        fc.record({ perSecond: fc.integer({ min: 1, max: 50 }), burst: fc.integer({ min: 1, max: 100 }) }),
        fc.array(fc.integer({ min: -200, max: 3_000 }), { minLength: 1, maxLength: 200 }),
        ({ perSecond, burst }, gapsMs) => {
          const limits = createLimits()
          const plan = { name: 'any', perSecond, burst, quotaPerDay: 1_000_000 }
          const start = Date.parse('2026-11-23T00:00:00.000Z')
          let now = start
          let latest = start
          let passed = 0
          for (const gap of gapsMs) {
            // Clocks may be set back a little; that must not give anybody more.
            now += gap
            latest = Math.max(latest, now)
            if (limits.take('who', plan, new Date(now)) === 'passed') passed += 1
          }
          expect(passed).toBeLessThanOrEqual(burst + ((latest - start) * perSecond) / 1000)
          expect(passed).toBeGreaterThanOrEqual(1)
        },
      ),
      { numRuns: 100 },
    )
  })
})

describe('a path that is none of ours, and a method that is not GET', () => {
  it.each([
    ['GET', '/v1/elsewhere'],
    ['GET', '/'],
    ['GET', '/v1/prices/bitcoin/history/more'],
    ['POST', '/v1/prices'],
    ['DELETE', '/v1/prices/bitcoin'],
    ['HEAD', '/v1/prices/bitcoin'],
  ])('%s %s is not found, and the function is not called', async (method, path) => {
    const test = await start()
    const answer = await test.cloud.gateway.request({ method, path, headers: withKey })
    expect(await refused(answer)).toMatchObject({ status: 404, type: 'not-found' })
  })
})

describe('a function in trouble', () => {
  it('that fails is 502, and counts as an error of Lambda by version', async () => {
    const test = await start()
    const { functions, names, metrics, gateway } = test.cloud
    functions.setBehaviour(names.functions.api, 'every', { errorRate: 1 })
    const at = new Date('2026-11-23T03:10:00.000Z')
    const answer = await gateway.request({ method: 'GET', path: '/v1/prices/bitcoin', headers: withKey, at })
    expect(await refused(answer)).toMatchObject({ status: 502, type: 'failed', headers: { 'retry-after': '5' } })
    const FunctionName = names.functions.api
    const errors = (dimensions: Record<string, string>) =>
      metrics.statistic(
        { namespace: 'AWS/Lambda', name: 'Errors', dimensions },
        'Sum',
        at,
        new Date(at.getTime() + 60_000),
        60,
      )[0]?.value
    expect(errors({ FunctionName })).toBe(1)
    const Resource = `${FunctionName}:live`
    expect(errors({ FunctionName, Resource, ExecutedVersion: functions.alias(FunctionName).version })).toBe(1)
  })

  it('that throws by itself is the same: the client gets a problem, Lambda an error', async () => {
    const test = await start()
    const { faults, gateway, functions, names } = test.cloud
    // Nobody expects to be refused by the own table.
    faults.add({ match: ({ service }) => service === 'dynamodb', kind: 'refuse' })
    const name = functions.publish(names.functions.api, { description: 'cold' })
    functions.updateAlias(names.functions.api, { version: name, weights: {} })
    const answer = await gateway.request({ method: 'GET', path: '/v1/prices/bitcoin', headers: withKey })
    expect(await refused(answer)).toMatchObject({ status: 502, type: 'failed' })
    expect(test.lines).toContainEqual(expect.objectContaining({ level: 'error', message: 'a request failed' }))
  })

  it('that is throttled is 503, one that is too slow 504', async () => {
    const test = await start()
    const { functions, names } = test.cloud
    functions.setReservedConcurrency(names.functions.api, 0)
    expect(await refused(await get(test, '/v1/prices/bitcoin'))).toMatchObject({ status: 503, type: 'failed' })
    const { gateway } = smallGateway(
      { perSecond: 10, burst: 10, quotaPerDay: 10 },
      { timeoutSeconds: 60, tookMs: 30_000 },
    )
    const late = await gateway.request({ method: 'GET', path: '/v1/coins', headers: withKey })
    expect(await refused(late)).toMatchObject({ status: 504, type: 'took-too-long' })
  })

  it('that answers nonsense is 502', async () => {
    const { gateway } = smallGateway({ perSecond: 10, burst: 10, quotaPerDay: 10 }, { answer: { status: 'fine' } })
    const answer = await gateway.request({ method: 'GET', path: '/v1/coins', headers: withKey })
    expect(await refused(answer)).toMatchObject({ status: 502, type: 'failed' })
  })
})

it('the access log tells who asked for what and what came of it, and never holds a key', async () => {
  const test = await start()
  await get(test, '/v1/prices/bitcoin/history')
  await get(test, '/v1/prices/bitcoin', { 'x-api-key': 'somebody-elses-secret' })
  const [read, refusal] = test.cloud.gateway.accessLog.list().slice(-2)
  expect(read).toMatchObject({
    at: '2026-11-23T03:00:00.000Z',
    key: { name: 'sample' },
    method: 'GET',
    resource: '/v1/prices/{id}/history',
    path: '/v1/prices/bitcoin/history',
    status: 200,
    latencyMs: expect.any(Number),
    bytes: expect.any(Number),
  })
  expect(refusal).toMatchObject({ status: 403, response: 'INVALID_API_KEY' })
  await test.minutes(1)
  const text = JSON.stringify(test.cloud.gateway.accessLog.list())
  for (const { value } of test.cloud.gateway.keys.list()) expect(text).not.toContain(value)
  expect(text).not.toContain('somebody-elses-secret')
})

it('each request counts in the metrics that the alarms stand on, those the gateway refused too', async () => {
  const test = await start()
  const at = new Date('2026-11-23T04:00:00.000Z')
  const ask = (path: string, headers: Record<string, string>) =>
    test.cloud.gateway.request({ method: 'GET', path, headers, at })
  await ask('/v1/prices/bitcoin', withKey)
  await ask('/v1/prices/nothing', withKey)
  await ask('/v1/prices/bitcoin', {})
  const { metrics, names, stage } = test.cloud
  const sum = (name: string, statistic: 'Sum' | 'SampleCount' = 'Sum') =>
    metrics.statistic(
      { namespace: 'AWS/ApiGateway', name, dimensions: { ApiName: names.gateway, Stage: stage } },
      statistic,
      at,
      new Date(at.getTime() + 60_000),
      60,
    )[0]?.value
  expect([sum('Count'), sum('4XXError'), sum('5XXError')]).toEqual([3, 2, 0])
  expect([sum('Latency', 'SampleCount'), sum('IntegrationLatency', 'SampleCount')]).toEqual([3, 2])
})

/** A gateway before a function of the test's own, with a plan of the test's own for the sample key. */
function smallGateway(
  plan: { perSecond: number; burst: number; quotaPerDay: number },
  { timeoutSeconds = 25, tookMs = 0, answer = { statusCode: 200, body: '{}' } as unknown } = {},
) {
  const wall = virtualWall()
  const clock = { now: () => wall.now() }
  const metrics = createMetrics()
  const { ofFunctions } = createCloudLogs(names('prod'), createQuietLog())
  const functions = createFunctions({ clock, metrics, random: createRandom(1), logs: ofFunctions })
  functions.define({ name: 'fn', timeoutSeconds, memoryMb: 128, start: () => async () => answer }, { firstVersion: 1 })
  functions.updateAlias('fn', { version: functions.publish('fn', { description: 'first' }), weights: {} })
  functions.setBehaviour('fn', 'every', { extraLatencyMs: tookMs })
  const trial = { name: 'trial', ...plan }
  const gateway = createGateway({
    name: 'small',
    stage: 'prod',
    functionName: 'fn',
    functions,
    metrics,
    clock,
    wall,
    plans: { ...usagePlans, trial },
  })
  return { gateway, wall }
}
