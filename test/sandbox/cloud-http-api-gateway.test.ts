import {
  APIGatewayClient,
  BadRequestException,
  ConflictException,
  CreateApiKeyCommand,
  type CreateApiKeyCommandInput,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  GetApiKeyCommand,
  GetApiKeysCommand,
  type GetApiKeysCommandInput,
  GetUsagePlansCommand,
  NotFoundException,
  type Op,
  paginateGetApiKeys,
  ServiceUnavailableException,
  TooManyRequestsException,
  UnauthorizedException,
  UpdateApiKeyCommand,
} from '@aws-sdk/client-api-gateway'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AwsError } from '../../sandbox/cloud/aws-error.ts'
import { sampleKey } from '../../sandbox/cloud/gateway/api-keys.ts'
import { client, type TestCloud, testCloud } from './cloud-support.ts'

let test: TestCloud
let gateway: APIGatewayClient
const opened: TestCloud[] = []
beforeEach(async () => {
  test = await testCloud()
  gateway = new APIGatewayClient(client(test.cloud))
})
afterEach(async () => {
  gateway.destroy()
  for (const { cloud } of [test, ...opened.splice(0)]) await cloud.close()
})

const sample = 'key0000001'
const list = (input: GetApiKeysCommandInput = {}) => gateway.send(new GetApiKeysCommand(input))
const read = (apiKey: string, includeValue = false) => gateway.send(new GetApiKeyCommand({ apiKey, includeValue }))
const create = (input: CreateApiKeyCommandInput) => gateway.send(new CreateApiKeyCommand(input))
const put = (keyId: string | undefined, usagePlanId = 'plan02') =>
  gateway.send(new CreateUsagePlanKeyCommand({ keyId, usagePlanId, keyType: 'API_KEY' }))
const patch = (apiKey: string, path: string, value: string, op: Op = 'replace') =>
  gateway.send(new UpdateApiKeyCommand({ apiKey, patchOperations: [{ op, path, value }] }))
const statusOf = async (value: string | undefined, at = test.world.clock.now(), { cloud } = test) =>
  (await cloud.gateway.request({ method: 'GET', path: '/v1/coins', headers: { 'x-api-key': value ?? '' }, at })).status
const soon = (seconds: number) => new Date(test.world.clock.now().getTime() + seconds * 1_000)

describe('GetApiKeys', () => {
  it('lists keys without their secrets, with whole seconds as dates', async () => {
    const { items, position } = await list()
    expect(items?.map(({ name }) => name)).toEqual(['sample', 'hoshi-app', 'kawase-desk', 'portfolio-widget'])
    expect(items?.[0]).toEqual({
      id: sample,
      name: 'sample',
      enabled: true,
      createdDate: new Date('2026-11-23T03:00:00.000Z'),
      lastUpdatedDate: new Date('2026-11-23T03:00:00.000Z'),
      stageKeys: [],
    })
    expect(position).toBeUndefined()
    expect(JSON.stringify(items)).not.toContain(sampleKey)
  })

  it('gives the secrets to whoever asks for them', async () => {
    const { items } = await list({ includeValues: true, nameQuery: 'sample' })
    expect(items?.map(({ value }) => value)).toEqual([sampleKey])
  })

  it('finds keys by the beginning of a name, and by customer', async () => {
    const { id } = await create({ name: 'kawase-mobile', customerId: 'customer-7' })
    const named = async (nameQuery: string) => (await list({ nameQuery })).items?.map(({ name }) => name).sort()
    expect(await named('kawase')).toEqual(['kawase-desk', 'kawase-mobile'])
    expect(await named('desk')).toEqual([])
    expect((await list({ customerId: 'customer-7' })).items?.map((key) => key.id)).toEqual([id])
    expect((await list({ customerId: 'nobody' })).items).toEqual([])
  })

  it('gives pages, and nothing twice when keys come and go between them', async () => {
    const first = await list({ limit: 2 })
    expect(first.items).toHaveLength(2)
    await gateway.send(new DeleteApiKeyCommand({ apiKey: sample }))
    const second = await list({ limit: 2, position: first.position })
    expect(second.items?.map(({ name }) => name)).toEqual(['kawase-desk', 'portfolio-widget'])
    expect(second.position).toBeUndefined()
    const all: (string | undefined)[] = []
    for (let n = 0; n < 30; n += 1) await create({ name: `many-${n}` })
    for await (const { items = [] } of paginateGetApiKeys({ client: gateway }, {}))
      all.push(...items.map(({ id }) => id))
    expect(all).toHaveLength(33)
    expect(new Set(all).size).toBe(33)
  })

  it.each([[{ limit: 501 }], [{ limit: 0 }], [{ position: 'nowhere!' }]])('refuses %j', async (input) => {
    await expect(list(input)).rejects.toBeInstanceOf(BadRequestException)
  })
})

describe('GetApiKey', () => {
  it('has the secret only when asked', async () => {
    expect((await read(sample)).value).toBeUndefined()
    expect((await read(sample, true)).value).toBe(sampleKey)
  })

  it('knows no other key', async () => {
    const failed = read('nobody')
    await expect(failed).rejects.toBeInstanceOf(NotFoundException)
    await expect(failed).rejects.toMatchObject({
      message: 'Invalid API Key identifier specified',
      $metadata: { httpStatusCode: 404 },
    })
  })
})

describe('CreateApiKey', () => {
  it('draws an id and a secret, and enables only what is asked to be', async () => {
    const [one, other] = [await create({ name: 'acme', enabled: true }), await create({ description: 'nameless' })]
    expect(one).toMatchObject({
      id: expect.stringMatching(/^[a-z0-9]{10}$/),
      value: expect.stringMatching(/^[A-Za-z0-9]{40}$/),
      name: 'acme',
      enabled: true,
      $metadata: { httpStatusCode: 201 },
    })
    expect(other).toMatchObject({ enabled: false, description: 'nameless' })
    expect(other.name).toBeUndefined()
    expect(other.value).not.toBe(one.value)
    expect((await read(one.id ?? '', true)).value).toBe(one.value)
  })

  it('takes a secret that is brought along, and tells no log of it', async () => {
    const value = 'brought-along-from-elsewhere'
    expect((await create({ name: 'moved', value, generateDistinctId: true })).value).toBe(value)
    expect(test.cloud.calls.of('apigateway', 'CreateApiKey').at(-1)?.input).toEqual({
      name: 'moved',
      generateDistinctId: true,
    })
    const twice = create({ name: 'again', value })
    await expect(twice).rejects.toBeInstanceOf(ConflictException)
    await expect(twice).rejects.toMatchObject({ message: 'API Key already exists', $metadata: { httpStatusCode: 409 } })
    const short = create({ value: 'short' })
    await expect(short).rejects.toBeInstanceOf(BadRequestException)
    await expect(short).rejects.toThrow('API Key value should be at least 20 characters')
  })

  it('refuses what the stand-in does not know', async () => {
    const tagged = create({ name: 'tagged', tags: { team: 'prices' } })
    await expect(tagged).rejects.toBeInstanceOf(BadRequestException)
    expect((await list()).items).toHaveLength(4)
  })
})

describe('UpdateApiKey', () => {
  it('replaces name, description, customer and whether it is enabled, and tells when', async () => {
    await test.minutes(3)
    const updated = await gateway.send(
      new UpdateApiKeyCommand({
        apiKey: sample,
        patchOperations: [
          { op: 'replace', path: '/enabled', value: 'false' },
          { op: 'replace', path: '/name', value: 'sample-old' },
          { op: 'replace', path: '/description', value: 'leaked' },
          { op: 'replace', path: '/customerId', value: 'c-1' },
        ],
      }),
    )
    expect(updated).toMatchObject({ enabled: false, name: 'sample-old', description: 'leaked', customerId: 'c-1' })
    expect(updated.value).toBeUndefined()
    const { createdDate, lastUpdatedDate } = await read(sample)
    expect([createdDate, lastUpdatedDate]).toEqual([
      new Date('2026-11-23T03:00:00.000Z'),
      new Date('2026-11-23T03:03:00.000Z'),
    ])
  })

  it.each([
    ['/value', 'a-secret-of-my-own-making', 'replace'],
    ['/enabled', 'maybe', 'replace'],
    ['/enabled', 'true', 'add'],
    ['/labels', 'x', 'add'],
  ] as const)('refuses %s = %s by "%s", with whatever else was asked', async (path, value, op) => {
    const failed = gateway.send(
      new UpdateApiKeyCommand({
        apiKey: sample,
        patchOperations: [
          { op: 'replace', path: '/name', value: 'renamed' },
          { op, path, value },
        ],
      }),
    )
    await expect(failed).rejects.toBeInstanceOf(BadRequestException)
    await expect(failed).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } })
    expect((await read(sample)).name).toBe('sample')
  })

  it('knows no other key', async () => {
    await expect(patch('nobody', '/enabled', 'false')).rejects.toBeInstanceOf(NotFoundException)
  })
})

describe('DeleteApiKey', () => {
  it('takes a key away', async () => {
    const gone = await gateway.send(new DeleteApiKeyCommand({ apiKey: sample }))
    expect(gone.$metadata.httpStatusCode).toBe(202)
    await expect(read(sample)).rejects.toBeInstanceOf(NotFoundException)
    expect((await list()).items).toHaveLength(3)
    const again = gateway.send(new DeleteApiKeyCommand({ apiKey: sample }))
    await expect(again).rejects.toBeInstanceOf(NotFoundException)
  })

  it('leaves the customer with a key that opens nothing, until the world heals', async () => {
    await gateway.send(new DeleteApiKeyCommand({ apiKey: 'key0000004' }))
    await test.minutes(2)
    const last = test.cloud.gateway.accessLog.list().at(-1)
    expect(last).toMatchObject({ sourceIp: '198.51.100.23', status: 403 })
    expect(last?.key).toBeUndefined()
    test.cloud.gateway.keys.heal()
    await test.minutes(1)
    expect(test.cloud.gateway.accessLog.list().at(-1)).toMatchObject({ key: { name: 'portfolio-widget' }, status: 200 })
  })
})

describe('usage plans', () => {
  it('are those of the stack, named for their stage', async () => {
    const { items } = await gateway.send(new GetUsagePlansCommand({}))
    expect(items?.map(({ name }) => name)).toEqual(['trial', 'business'])
    expect(items?.[1]).toEqual({
      id: 'plan02',
      name: 'business',
      apiStages: [{ apiId: expect.any(String), stage: 'prod' }],
      throttle: { rateLimit: 100, burstLimit: 200 },
      quota: { limit: 1_000_000, offset: 0, period: 'DAY' },
    })
    const staging = await testCloud({ stage: 'staging' })
    opened.push(staging)
    const there = new APIGatewayClient(client(staging.cloud))
    const { items: plans } = await there.send(new GetUsagePlansCommand({ limit: 1 }))
    expect(plans?.map(({ name }) => name)).toEqual(['trial-staging'])
    there.destroy()
  })

  it('are found by a key, which is on one or on none', async () => {
    const { id } = await create({ name: 'acme', enabled: true })
    const plansOf = async (keyId: string | undefined) =>
      (await gateway.send(new GetUsagePlansCommand({ keyId }))).items?.map(({ name }) => name)
    expect([await plansOf(sample), await plansOf(id)]).toEqual([['trial'], []])
    await put(id)
    expect(await plansOf(id)).toEqual(['business'])
  })

  it('take a key once', async () => {
    const { id, value } = await create({ name: 'acme', enabled: true })
    expect(await put(id)).toMatchObject({
      id,
      value,
      name: 'acme',
      type: 'API_KEY',
      $metadata: { httpStatusCode: 201 },
    })
    for (const plan of ['plan02', 'plan01']) await expect(put(id, plan)).rejects.toBeInstanceOf(ConflictException)
    await expect(put(id, 'plan09')).rejects.toThrow('Invalid Usage Plan ID specified')
    await expect(put('nobody')).rejects.toThrow('Invalid API Key identifier specified')
    await expect(put('nobody')).rejects.toBeInstanceOf(NotFoundException)
    const odd = gateway.send(new CreateUsagePlanKeyCommand({ keyId: id, usagePlanId: 'plan01', keyType: 'COOKIE' }))
    await expect(odd).rejects.toBeInstanceOf(BadRequestException)
  })
})

/** A cloud that goes on; its table has prices again. */
async function restored(saved: unknown): Promise<TestCloud> {
  const second = await testCloud({ saved })
  opened.push(second)
  await second.cloud.traffic.update(second.world.clock.now())
  return second
}

describe('the gateway', () => {
  it('hears of a change 20 seconds later, and serves as before till then', async () => {
    await patch(sample, '/enabled', 'false')
    expect((await read(sample)).enabled).toBe(false)
    expect([await statusOf(sampleKey, soon(19)), await statusOf(sampleKey, soon(20))]).toEqual([200, 403])
  })

  it('refuses a new key until it is enabled and on a plan', async () => {
    const { id, value } = await create({ name: 'acme', enabled: true })
    await test.minutes(1)
    expect(await statusOf(value)).toBe(403)
    await put(id)
    expect([await statusOf(value, soon(19)), await statusOf(value, soon(20))]).toEqual([403, 200])
  })

  it('still has to hear of a change after a restart', async () => {
    const { id, value } = await create({ name: 'acme', enabled: true })
    await put(id)
    await patch(sample, '/enabled', 'false')
    const second = await restored(JSON.parse(JSON.stringify(test.cloud.snapshot())))
    const seen = async (seconds: number) => [
      await statusOf(sampleKey, soon(seconds), second),
      await statusOf(value, soon(seconds), second),
    ]
    expect(await seen(19)).toEqual([200, 403])
    expect(await seen(20)).toEqual([403, 200])
  })

  it('goes on with keys that were saved before there was anything to wait for', async () => {
    const createdAt = '2026-11-20T00:00:00.000Z'
    const old = { id: sample, name: 'sample', value: sampleKey, enabled: true, plan: 'trial', createdAt }
    const issued = { ...old, id: 'key0000002', name: 'issued', value: 'issued-long-ago', enabled: false }
    const second = await restored({ ...test.cloud.snapshot(), apiKeys: [old, issued] })
    const now = test.world.clock.now()
    expect(await statusOf(sampleKey, now, second)).toBe(200)
    expect(await statusOf('issued-long-ago', now, second)).toBe(403)
    second.cloud.gateway.keys.change(sample, { enabled: false })
    expect([await statusOf(sampleKey, soon(19), second), await statusOf(sampleKey, soon(20), second)]).toEqual([
      200, 403,
    ])
  })
})

describe('trouble', () => {
  it.each([
    ['throttle', TooManyRequestsException, 429],
    ['refuse', UnauthorizedException, 401],
    ['error', ServiceUnavailableException, 503],
  ] as const)('may be "%s"', async (kind, type, status) => {
    test.cloud.faults.add({ match: ({ service }) => service === 'apigateway', kind })
    const failed = await list().catch((error: unknown) => error)
    expect(failed).toBeInstanceOf(type)
    expect(failed).toMatchObject({ $metadata: { httpStatusCode: status } })
    if (failed instanceof TooManyRequestsException) expect(failed.retryAfterSeconds).toBe('1')
  })

  it('may be IAM, which knows who asks and for what', async () => {
    const asked: object[] = []
    test.cloud.guard(({ service, operation, caller, input }) => {
      asked.push({ service, operation, caller, input })
      return new AwsError('AccessDenied', `${caller} may not`)
    })
    await expect(patch(sample, '/enabled', 'false')).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: 'test may not',
      $metadata: { httpStatusCode: 403 },
    })
    const patchOperations = [{ op: 'replace', path: '/enabled', value: 'false' }]
    expect(asked).toEqual([
      { service: 'apigateway', operation: 'UpdateApiKey', caller: 'test', input: { apiKey: sample, patchOperations } },
    ])
  })

  it('names itself in a header, and what is not there is told too', async () => {
    const answer = await fetch(`${test.cloud.endpoint}/apikeys/nobody`)
    expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([404, 'NotFoundException'])
    const unknown = await fetch(`${test.cloud.endpoint}/usageplans/plan01/usage`)
    expect([unknown.status, unknown.headers.get('x-amzn-errortype')]).toEqual([404, 'UnknownOperationException'])
  })
})
