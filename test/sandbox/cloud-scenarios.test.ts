import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleKey } from '../../sandbox/cloud/gateway/api-keys.ts'
import { calm, scenarioNamed, scenarios } from '../../sandbox/scenarios.ts'
import { type TestCloud, testCloud } from './cloud-support.ts'

let test: TestCloud
let live: string

beforeAll(async () => {
  test = await testCloud()
})
afterAll(() => test.cloud.close())

const ringing = () =>
  test.cloud.alarms
    .describe()
    .filter(({ state }) => state.value === 'ALARM')
    .map(({ alarm }) => alarm.name)

const alias = () => test.cloud.functions.alias(test.cloud.names.functions.api)
const versions = () => test.cloud.functions.versions(test.cloud.names.functions.api).map(({ version }) => version)

async function play(name: string): Promise<void> {
  await calm(test.world)
  live = alias().version
  const scenario = scenarioNamed(name)
  if (scenario === undefined) throw new Error(`There is no scenario ${name}.`)
  await scenario.run(test.world)
}

// One world for all: every story must work after every other one.
describe('scenarios, one after another', () => {
  it('have the names that the control room offers', () => {
    expect(scenarios.map(({ name }) => name)).toEqual([
      'bad-deploy',
      'canary-caught',
      'automatic-rollback-fails',
      'rollback-does-not-help',
      'upstream-down',
      'upstream-429',
      'table-throttled',
      'slow',
      'concurrency',
      'key-leaked',
      'storm',
      'slack-down',
      'calm',
    ])
  })

  it('bad-deploy: the new version is live alone and only it fails', async () => {
    await play('bad-deploy')
    expect(ringing()).toEqual(['LambdaErrorAlarm'])
    expect(alias()).toMatchObject({ version: versions().at(-1), weights: {} })
    expect(alias().version).not.toBe(live)
    test.cloud.functions.updateAlias(test.cloud.names.functions.api, { version: live })
    await test.minutes(2)
    expect(ringing()).toEqual([])
  })

  it('canary-caught: CodeDeploy has put the old version back', async () => {
    await play('canary-caught')
    expect(alias()).toMatchObject({ version: live, weights: {} })
    const [rollback, deployment] = test.cloud.deployments.list()
    expect(rollback).toMatchObject({ creator: 'codeDeployRollback', status: 'Succeeded', targetVersion: live })
    expect(deployment).toMatchObject({ creator: 'user', status: 'Stopped' })
  })

  it('automatic-rollback-fails: two versions are on the alias and the alarm goes on', async () => {
    await play('automatic-rollback-fails')
    expect(alias()).toMatchObject({ version: live, weights: { [versions().at(-1) ?? '']: 0.1 } })
    expect(test.cloud.deployments.list()[0]).toMatchObject({ creator: 'codeDeployRollback', status: 'Failed' })
    await test.minutes(3)
    expect(ringing()).toEqual(['LambdaErrorAlarm'])
  })

  it('rollback-does-not-help: the version before fails just the same', async () => {
    await play('rollback-does-not-help')
    expect(ringing()).toContain('LambdaErrorAlarm')
    test.cloud.functions.updateAlias(test.cloud.names.functions.api, { version: live })
    await test.minutes(5)
    expect(ringing()).toContain('LambdaErrorAlarm')
  })

  it.each([
    ['upstream-down', 'ExternalApiErrorAlarm'],
    ['upstream-429', 'ExternalApiErrorAlarm'],
    ['table-throttled', 'DynamoDBThrottleAlarm'],
    ['slow', 'ApiLatencyP95Alarm'],
    ['concurrency', 'LambdaThrottleAlarm'],
  ])('%s: %s rings first', async (name, alarm) => {
    await play(name)
    expect(ringing()).toEqual([alarm])
  })

  it('upstream-down for more than an hour: prices are stale, then refused, and the API says so', async () => {
    await play('upstream-down')
    await test.minutes(70)
    expect(ringing()).toEqual(['ApiGateway5xxAlarm', 'ExternalApiErrorAlarm', 'PricesStaleAlarm'])
    const refused = await test.cloud.gateway.request({
      method: 'GET',
      path: '/v1/prices/bitcoin',
      headers: { 'x-api-key': sampleKey },
    })
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '60'])
  })

  it('upstream-429 for half an hour: the alarm rings on, and prices stay fresh by the second source', async () => {
    await play('upstream-429')
    await test.minutes(30)
    expect(ringing()).toEqual(['ExternalApiErrorAlarm'])
    const answer = await test.cloud.gateway.request({
      method: 'GET',
      path: '/v1/prices/bitcoin',
      headers: { 'x-api-key': sampleKey },
    })
    expect(JSON.parse(answer.body)).toMatchObject({ source: 'coinbase (simulated)', stale: false })
  })

  it('calm heals both price sources', async () => {
    test.cloud.upstream.withholdChange(['bitcoin'])
    await play('upstream-down')
    expect([test.cloud.upstream.mode(), test.cloud.secondUpstream.mode()]).toEqual(['503', '503'])
    await calm(test.world)
    expect([test.cloud.upstream.mode(), test.cloud.secondUpstream.mode()]).toEqual(['ok', 'ok'])
    expect(test.cloud.upstream.withheldChange()).toEqual([])
  })

  it('key-leaked: strangers take up what one customer may ask, and nothing rings', async () => {
    await play('key-leaked')
    const since = test.world.clock.now().getTime() - 3 * 60_000
    const { accessLog, keys } = test.cloud.gateway
    const log = accessLog.list().filter(({ at }) => Date.parse(at) >= since)
    const of = (name: string) => log.filter(({ key }) => key?.name === name)
    const waiting = (name: string) => of(name).filter(({ status }) => status === 429)
    expect(ringing()).toEqual([])
    expect(of('portfolio-widget').length / log.length).toBeGreaterThan(0.9)
    expect(waiting('portfolio-widget').length).toBeGreaterThan(500)
    expect(waiting('portfolio-widget').some(({ sourceIp }) => sourceIp === '198.51.100.23')).toBe(true)
    expect(new Set(of('portfolio-widget').map(({ sourceIp }) => sourceIp)).size).toBeGreaterThan(40)
    for (const other of ['hoshi-app', 'kawase-desk']) {
      expect(of(other)).toHaveLength(60)
      expect(new Set(of(other).map(({ status }) => status))).toEqual(new Set([200]))
    }

    const { cloud: later } = await testCloud({ saved: test.cloud.snapshot() })
    expect(later.traffic.leaked()).toBe('portfolio-widget')
    await later.close()

    keys.change(keys.named('portfolio-widget').id, { enabled: false })
    await test.minutes(2)
    const strangers = accessLog.list().filter(({ sourceIp }) => sourceIp.startsWith('192.0.2.'))
    expect(new Set(strangers.slice(-500).map(({ status }) => status))).toEqual(new Set([403]))
    await calm(test.world)
    await test.minutes(1)
    const calmed = accessLog.list().slice(-60)
    expect(new Set(calmed.map(({ key, status }) => `${key?.name} ${status}`))).toEqual(
      new Set(['hoshi-app 200', 'kawase-desk 200', 'portfolio-widget 200']),
    )
  })

  it('storm: forty alarms ring in the same minute, and go away with it', async () => {
    await play('storm')
    expect(ringing()).toHaveLength(40)
    const changes = test.published.slice(-40)
    expect(new Set(changes.map((change) => JSON.stringify(change).match(/"StateChangeTime":"[^"]+"/)?.[0])).size).toBe(
      1,
    )
    await calm(test.world)
    expect(test.cloud.alarms.describe()).toHaveLength(7)
  })

  it('slack-down: the alarm rings while the world says that Slack is down', async () => {
    await play('slack-down')
    expect([ringing(), test.slackDown()]).toEqual([['LambdaErrorAlarm'], true])
    await calm(test.world)
    expect([ringing(), test.slackDown()]).toEqual([[], false])
  })
})
