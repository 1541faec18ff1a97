import {
  CloudWatchLogsClient,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  InvalidParameterException,
  ResourceNotFoundException,
  ServiceUnavailableException,
} from '@aws-sdk/client-cloudwatch-logs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sampleKey } from '../../sandbox/cloud/gateway/api-keys.ts'
import { client, type TestCloud, testCloud } from './cloud-support.ts'

const api = '/aws/lambda/crypto-watch-api-function'
const gateway = '/aws/apigateway/crypto-watch-api'

let test: TestCloud
let logs: CloudWatchLogsClient
beforeEach(async () => {
  test = await testCloud()
  logs = new CloudWatchLogsClient(client(test.cloud))
})
afterEach(async () => {
  logs.destroy()
  await test.cloud.close()
})

const filter = (input: FilterLogEventsCommandInput) => logs.send(new FilterLogEventsCommand(input))
const messages = async (input: FilterLogEventsCommandInput) =>
  ((await filter(input)).events ?? []).map(({ message }) => message ?? '')
const write = (count: number, text = (index: number) => `line ${index}`) => {
  for (let index = 0; index < count; index++)
    test.cloud.logs.write(gateway, { stream: 's', at: new Date(1_000 + index), message: text(index) })
}

describe('the access log', () => {
  it('has every request in the format of the stack, and no value of a key', async () => {
    const { gateway: door } = test.cloud
    await door.request({ method: 'GET', path: '/v1/prices/bitcoin', headers: { 'x-api-key': sampleKey } })
    await door.request({ method: 'GET', path: '/v1/nowhere' })
    const lines = (await messages({ logGroupName: gateway })).map((line) => JSON.parse(line))
    expect(lines).toEqual([
      {
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        at: '23/Nov/2026:03:00:00 +0000',
        keyId: 'key0000001',
        sourceIp: '127.0.0.1',
        method: 'GET',
        resource: '/v1/prices/{id}',
        path: '/v1/prices/bitcoin',
        status: '200',
        latencyMs: expect.stringMatching(/^\d+$/),
        integrationStatus: '200',
        bytes: expect.stringMatching(/^\d+$/),
        response: '-',
      },
      expect.objectContaining({
        keyId: '-',
        resource: '-',
        status: '404',
        integrationStatus: '-',
        response: 'MISSING_AUTHENTICATION_TOKEN',
      }),
    ])
    expect(JSON.stringify(lines)).not.toContain(sampleKey)
  })
})

describe('the log of a function', () => {
  it('has what its handler logs as Powertools prints it, in a stream that names the version', async () => {
    const { cloud } = test
    cloud.faults.add({ match: ({ service }) => service === 'dynamodb', kind: 'throttle' })
    await cloud.gateway.request({ method: 'GET', path: '/v1/prices/bitcoin', headers: { 'x-api-key': sampleKey } })
    const { events = [] } = await filter({ logGroupName: api, filterPattern: '?WARN ?ERROR' })
    const [line] = events.filter(({ message }) => message?.includes('nothing is in memory'))
    expect(line?.logStreamName).toMatch(/^2026\/11\/23\/\[\d+\][0-9a-f]{32}$/)
    expect(JSON.parse(line?.message ?? '')).toEqual({
      level: 'WARN',
      message: 'the prices table could not be read, and nothing is in memory',
      timestamp: '2026-11-23T03:00:00.000Z',
      service: 'api',
      sampling_rate: 0,
      requestId: expect.any(String),
      route: 'getPrice',
      error: expect.stringContaining('ProvisionedThroughputExceededException'),
    })
    expect(test.lines.map(({ message }) => message)).toContain(
      'the prices table could not be read, and nothing is in memory',
    )
  })

  it('has what Lambda writes about a call that failed', async () => {
    const { functions, names } = test.cloud
    const call = () => functions.invoke(names.functions.api, 'live', { resource: 'nothing like an event' })
    await call()
    functions.setBehaviour(names.functions.api, 'every', { extraLatencyMs: 30_000 })
    await call()
    functions.setBehaviour(names.functions.api, 'every', { extraLatencyMs: 0, errorRate: 1 })
    await call()
    const [thrown = '', late, ended] = (await messages({ logGroupName: api })).slice(-3)
    expect(thrown).toMatch(/^2026-11-23T03:00:00\.000Z\t[0-9a-f-]{36}\tERROR\tInvoke Error \t\{/)
    expect(JSON.parse(thrown.split('\t')[4] ?? '')).toEqual({
      errorType: expect.stringMatching(/Error$/),
      errorMessage: expect.any(String),
      stack: expect.arrayContaining([expect.stringMatching(/^ {4}at /)]),
    })
    expect(late).toMatch(/^2026-11-23T03:00:00\.000Z [0-9a-f-]{36} Task timed out after 25\.00 seconds\n\n$/)
    expect(ended).toMatch(
      /^RequestId: [0-9a-f-]{36} Error: Runtime exited with error: signal: killed\nRuntime\.ExitError\n$/,
    )
  })
})

describe('FilterLogEvents', () => {
  it('gives the lines of a span, both ends included', async () => {
    write(5)
    expect(await messages({ logGroupName: gateway, startTime: 1_001, endTime: 1_003 })).toEqual([
      'line 1',
      'line 2',
      'line 3',
    ])
  })

  it('gives pages by number of lines and by size', async () => {
    write(5)
    const first = await filter({ logGroupName: gateway, limit: 3 })
    expect(first.events?.map(({ message }) => message)).toEqual(['line 0', 'line 1', 'line 2'])
    expect(await messages({ logGroupName: gateway, limit: 3, nextToken: first.nextToken })).toEqual([
      'line 3',
      'line 4',
    ])
    write(5, () => 'x'.repeat(400_000))
    const large = await filter({ logGroupName: gateway })
    expect(large.events).toHaveLength(5)
    expect(await messages({ logGroupName: gateway, nextToken: large.nextToken })).toHaveLength(4)
  })

  it('keeps the newest ten thousand lines of a group', async () => {
    write(20_001)
    const { events = [], nextToken } = await filter({ logGroupName: gateway })
    expect(events).toHaveLength(10_000)
    expect(events[0]?.message).toBe('line 10001')
    expect(nextToken).toBeUndefined()
  })

  it('refuses as AWS does: groups that are not there, tokens and patterns that cannot be read', async () => {
    await expect(filter({ logGroupName: '/aws/lambda/nobody' })).rejects.toThrow(ResourceNotFoundException)
    await expect(filter({ logGroupName: api, nextToken: 'x' })).rejects.toThrow(InvalidParameterException)
    await expect(filter({ logGroupName: api, filterPattern: '{ $.status = 500 }' })).rejects.toThrow(
      InvalidParameterException,
    )
    await expect(filter({ logGroupName: api, startTime: 2, endTime: 1 })).rejects.toThrow(InvalidParameterException)
    await expect(filter({ logGroupName: api, logStreamNames: ['s'] })).rejects.toThrow('logStreamNames')
  })

  it.each([
    ['throttle', 'ThrottlingException'],
    ['refuse', 'AccessDeniedException'],
    ['error', 'ServiceUnavailableException'],
  ] as const)('may end in "%s"', async (kind, name) => {
    test.cloud.faults.add({ match: ({ service }) => service === 'logs', kind })
    const failed = await filter({ logGroupName: api }).catch((error: unknown) => error)
    expect(failed).toMatchObject({ name })
    if (kind === 'error') expect(failed).toBeInstanceOf(ServiceUnavailableException)
  })
})
