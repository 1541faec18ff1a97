import { APIGatewayClient } from '@aws-sdk/client-api-gateway'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ApiKeys, createApiKeys } from '../../bot/out/api-keys.ts'
import { asking } from '../../bot/out/aws-failure.ts'
import type { FaultKind } from '../../sandbox/cloud/faults.ts'
import { sampleKey } from '../../sandbox/cloud/gateway/api-keys.ts'
import { client, type TestCloud, testCloud } from '../sandbox/cloud-support.ts'

let test: TestCloud
let gateway: APIGatewayClient
let keys: ApiKeys
beforeEach(async () => {
  test = await testCloud()
  gateway = new APIGatewayClient(client(test.cloud))
  keys = createApiKeys(gateway)
})
afterEach(async () => {
  gateway.destroy()
  await test.cloud.close()
})

const widget = 'key0000004'
const write = { target: 'new-key', replaces: widget, name: 'portfolio-widget-new' } as const
const mark = 'V0ABCDEFGH'
const change = (expected: 'enabled' | 'disabled', to: 'enabled' | 'disabled', key = widget) =>
  keys.setState({ target: 'api-key', key, expect: expected, write: to })
const fails = (operation: string, kind: FaultKind, times = 1) =>
  test.cloud.faults.add({ match: (call) => call.operation === operation, kind, times })
const held = (name: string) => test.cloud.gateway.keys.list().filter((key) => key.name.startsWith(name))
const updates = () => test.cloud.calls.of('apigateway', 'UpdateApiKey').length

describe('a key', () => {
  it('is listed and found without its value', async () => {
    expect(await keys.find(widget)).toEqual({ id: widget, name: 'portfolio-widget', enabled: true })
    expect(await keys.find('key9999999')).toBeUndefined()
    const all = await keys.list()
    expect(all.map(({ name }) => name)).toEqual(['sample', 'hoshi-app', 'kawase-desk', 'portfolio-widget'])
    expect(JSON.stringify(all)).not.toContain(sampleKey)
    expect(await keys.secret('key0000001')).toBe(sampleKey)
  })

  it('is disabled and enabled, once each, however often it is asked for', async () => {
    for (const _again of [1, 2]) expect(await change('enabled', 'disabled')).toEqual({ is: 'changed' })
    expect(held('portfolio-widget')).toMatchObject([{ enabled: false }])
    expect(updates()).toBe(1)
    expect(await change('disabled', 'enabled')).toEqual({ is: 'changed' })
    expect(held('portfolio-widget')).toMatchObject([{ enabled: true }])
  })

  it('that is gone is said to have been changed meanwhile, and nothing is made of it', async () => {
    expect(await change('enabled', 'disabled', 'key9999999')).toEqual({ is: 'changed-meanwhile' })
    expect(updates()).toBe(0)
  })

  it.each([
    ['throttle', 'unavailable'],
    ['error', 'unavailable'],
    ['refuse', 'refused'],
  ] as const)('under %s is %s, and left as it is', async (kind, is) => {
    fails('UpdateApiKey', kind)
    expect(await asking(change('enabled', 'disabled'))).toMatchObject({ is })
    expect(held('portfolio-widget')).toMatchObject([{ enabled: true }])
  })

  it('whose change was made and whose answer was lost is found changed by the next try', async () => {
    fails('UpdateApiKey', 'lose-answer')
    expect(await asking(change('enabled', 'disabled'))).toMatchObject({ is: 'unavailable' })
    expect(await change('enabled', 'disabled')).toEqual({ is: 'changed' })
    expect(updates()).toBe(1)
  })
})

describe('a new key', () => {
  it('is on the plan of the one that it replaces, and let in', async () => {
    const made = await keys.create(write, mark)
    expect(made).toEqual({ is: 'changed', made: { id: expect.any(String), name: 'portfolio-widget-new-abcdefgh' } })
    const [key] = held('portfolio-widget-new')
    expect(key).toMatchObject({ plan: 'business', enabled: true })
    expect(key?.description).toContain(widget)
  })

  it.each([
    ['after it was made', 'CreateApiKey', 'lose-answer'],
    ['before it is put on its plan', 'CreateUsagePlanKey', 'error'],
    ['after it was put on its plan', 'CreateUsagePlanKey', 'lose-answer'],
    ['while its plans are read', 'GetUsagePlans', 'throttle'],
  ] as const)('that breaks off %s is one key on its plan in the end', async (_what, operation, kind) => {
    fails(operation, kind)
    expect(await asking(keys.create(write, mark))).toMatchObject({ is: 'unavailable' })
    const made = await keys.create(write, mark)
    expect(held('portfolio-widget-new')).toMatchObject([{ plan: 'business', enabled: true }])
    expect(made).toMatchObject({ is: 'changed', made: { id: held('portfolio-widget-new')[0]?.id } })
  })

  it('asked for by another press is another key', async () => {
    await keys.create(write, mark)
    await keys.create(write, 'V0OTHERONE')
    expect(held('portfolio-widget-new')).toHaveLength(2)
  })

  it('for one that is gone by then is on no plan, so the gateway refuses it and it is never proven', async () => {
    await keys.create({ ...write, replaces: 'key9999999' }, mark)
    expect(held('portfolio-widget-new')[0]?.plan).toBeUndefined()
  })
})
