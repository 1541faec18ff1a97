import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Env } from '../../common/env.ts'
import { names as namesOf } from '../../common/names.ts'
import { deployed } from '../../infra/bundle/bundles.ts'
import { matchRoute, proxyEvent } from '../../sandbox/cloud/gateway/proxy-event.ts'
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts'
import { type LambdaProcess, startLambdaProcess } from '../support/lambda-process.ts'
import { createPolicyGuard } from '../support/policy-guard.ts'
import { createQuietLog } from '../support/quiet-log.ts'
import { type Synthesised, synthesised } from '../support/synthesised.ts'

// What is deployed, as it is deployed: each bundle in a process of its own, with the environment and the rights of the
// template. Only the addresses of AWS, Slack and the price API, and who its people are, come from the sandbox.

const names = namesOf('prod')
let made: Synthesised
let sandbox: Sandbox
let guard: ReturnType<typeof createPolicyGuard>
const processes = new Map<string, Promise<LambdaProcess>>()

/** The environment of a function as the template has it, and as the Lambda service adds to it. */
function environmentOf(functionName: string, elsewhere: Env): Env {
  const fn = made
    .resources('prod', 'AWS::Lambda::Function')
    .find(({ properties }) => properties.FunctionName === functionName)
  return {
    ...fn?.properties.Environment.Variables,
    AWS_REGION: 'ap-northeast-1',
    AWS_ACCESS_KEY_ID: functionName,
    AWS_SECRET_ACCESS_KEY: 'sandbox',
    AWS_ENDPOINT_URL: sandbox.cloud.endpoint,
    ...elsewhere,
  }
}

function lambda(name: (typeof deployed)[number], functionName: string, elsewhere: Env = {}): Promise<LambdaProcess> {
  const known =
    processes.get(name) ?? startLambdaProcess(made.bundles[name].folder, environmentOf(functionName, elsewhere))
  processes.set(name, known)
  return known
}

beforeAll(async () => {
  made = await synthesised()
  sandbox = await startSandbox({
    log: createQuietLog(),
    portBase: 0,
    // An alarm that was set by hand must not be judged anew when a minute of the machine happens to end.
    speed: 0,
    startLambda: async (name, env) => {
      const { API_URL, SLACK_API_URL, SLACK_ONCALL, SLACK_DEVELOPERS, SLACK_MANAGERS } = env
      const started = await lambda(name, names.bot[name], {
        API_URL,
        SLACK_API_URL,
        SLACK_ONCALL,
        SLACK_DEVELOPERS,
        SLACK_MANAGERS,
      })
      return (event) => started.call(event)
    },
  })
  guard = createPolicyGuard({
    made,
    stage: 'prod',
    groupOf: (id) => sandbox.cloud.deployments.find(id).group,
    isFree: (caller) => caller === 'sandbox',
  })
  sandbox.cloud.guard(guard.guard)
}, 60_000)

afterAll(async () => {
  await sandbox?.stop()
  for (const each of processes.values()) await (await each).stop()
})

const post = async (path: string, body: object): Promise<{ ok: boolean }> => {
  const answer = await fetch(`${sandbox.addresses.workspace}/_sandbox${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return (await answer.json()) as { ok: boolean }
}

const incidentOf = async (wanted: string) => (await sandbox.incidents.all()).find(({ service }) => service === wanted)
const incident = () => incidentOf('api')
type Seen = NonNullable<Awaited<ReturnType<typeof incident>>>

/** Processes take their time; the incident is looked at until it is so. */
const until = (what: string, isSo: (seen: Seen) => boolean): Promise<Seen> =>
  expect
    .poll(
      async () => {
        const seen = await incident()
        return seen !== undefined && isSo(seen) ? seen : undefined
      },
      { timeout: 20_000, interval: 50, message: what },
    )
    .toBeDefined()
    .then(async () => (await incident()) as Seen)

describe('the price service', () => {
  it('api answers a proxy event of the gateway with prices', async () => {
    const path = '/v1/prices'
    const matched = matchRoute(path)
    if (matched === undefined) throw new Error('The gateway has no such route.')
    const event = proxyEvent(
      { method: 'GET', path, query: { ids: 'bitcoin,ethereum', currency: 'usd,jpy' } },
      matched,
      {
        requestId: 'r-1',
        stage: 'prod',
        at: sandbox.clock.now(),
        key: undefined,
      },
    )
    const api = await lambda('api', names.functions.api)
    const answer = (await api.call(event)) as { statusCode: number; body: string }
    expect(answer.statusCode).toBe(200)
    expect(JSON.parse(answer.body).prices).toHaveLength(4)
    expect(await api.call({ check: 'before-traffic' })).toEqual({ ok: true })
  })

  it('updater fetches prices when the schedule calls', async () => {
    const { cloud } = sandbox
    const updater = await lambda('updater', names.functions.updater, {
      COINGECKO_API_URL: `${cloud.endpoint}${cloud.upstream.path}`,
      FALLBACK_API_URL: `${cloud.endpoint}${cloud.secondUpstream.path}`,
    })
    expect(await updater.call({})).toEqual({ updated: ['usd', 'jpy', 'eur'], failed: [], skipped: false })
    // Metrics leave as log lines, with the dimensions that the alarms look at.
    const [line = ''] = updater
      .output()
      .split('\n')
      .filter((each) => each.includes('"ExternalApiCalls"'))
    expect(JSON.parse(line)._aws.CloudWatchMetrics[0]).toMatchObject({
      Namespace: 'Custom/CryptoWatch',
      Dimensions: [['service']],
    })
    expect(JSON.parse(line).service).toBe('crypto-watch')
  })
})

describe('the bot', () => {
  it('alarms, sender and evidence make one message of an alarm', async () => {
    sandbox.cloud.alarms.setAlarmState('LambdaErrorAlarm', 'ALARM', 'Threshold Crossed: 7.5 is greater than 5.0')
    const seen = await until('the message is up', ({ message, evidence }) =>
      Boolean(message && evidence?.functions.api),
    )
    expect(seen).toMatchObject({ status: 'open', severity: 'Critical', message: { channel: 'C0ALERTS001' } })
    expect(seen.evidence?.missing).toEqual([])
  })

  it('sweep leaves its heartbeat where the alarm looks for it', async () => {
    await sandbox.bot.sweep()
    const sweep = await lambda('sweep', names.bot.sweep)
    const [line = '{}'] = sweep
      .output()
      .split('\n')
      .filter((each) => each.includes('"SweepHeartbeat"'))
    expect(JSON.parse(line)).toMatchObject({ SweepHeartbeat: 1, service: 'crypto-watch' })
  })

  it('slack answers a signed press, and worker moves the alias', async () => {
    const { channel, ts } = (await incident())?.message ?? { channel: '', ts: '' }
    const press = (button: string) => post('/slack/click', { user: 'aiko', channel, ts, button })
    expect(await press('Acknowledge')).toMatchObject({ ok: true })
    await until('it is acknowledged', ({ status }) => status === 'acknowledged')
    const before = Number(sandbox.cloud.functions.alias(names.functions.api).version)
    expect(await press('Roll back')).toMatchObject({ ok: true })
    await expect
      .poll(() => JSON.stringify(sandbox.slack.view('U0AIKO00001')), { timeout: 20_000, interval: 50 })
      .toContain(`v${before} → v${before - 1}`)
    expect(await post('/slack/submit', { user: 'aiko' })).toMatchObject({ ok: true })
    await until('the rollback is being proven', ({ rollback }) => rollback?.status === 'verifying')
    expect(sandbox.cloud.functions.alias(names.functions.api)).toMatchObject({
      version: String(before - 1),
      weights: {},
    })
  })
})

describe('a remedy', () => {
  it('remedy writes the setting that a person confirmed', async () => {
    sandbox.cloud.alarms.setAlarmState('ExternalApiErrorAlarm', 'ALARM', 'Threshold Crossed: 100 is at least 50')
    const patience = { timeout: 20_000, interval: 50 }
    await expect.poll(async () => (await incidentOf('updater'))?.message?.ts, patience).toBeDefined()
    const { channel, ts } = (await incidentOf('updater'))?.message ?? { channel: '', ts: '' }
    const press = { user: 'ben', channel, ts, button: 'Update every 10 min' }
    expect(await post('/slack/click', press)).toMatchObject({ ok: true })
    const view = () => JSON.stringify(sandbox.slack.view('U0BEN000001'))
    await expect.poll(view, patience).toContain('every 5 min → every 10 min')
    expect(await post('/slack/submit', { user: 'ben' })).toMatchObject({ ok: true })
    await expect
      .poll(async () => (await incidentOf('updater'))?.remedies, patience)
      .toMatchObject([{ name: 'update-less-often', status: 'applied' }])
  })

  it('mailer writes to management', async () => {
    const { channel, ts } = (await incidentOf('updater'))?.message ?? { channel: '', ts: '' }
    for (const reason of ['I need help', 'Customers call']) {
      expect(await post('/slack/click', { user: 'ben', channel, ts, button: 'Escalate' })).toMatchObject({ ok: true })
      expect(await post('/slack/submit', { user: 'ben', values: { reason } })).toMatchObject({ ok: true })
    }
    const patience = { timeout: 20_000, interval: 50 }
    await expect
      .poll(
        () =>
          sandbox.cloud.mailbox
            .list()
            .map(({ body }) => body)
            .join(),
        patience,
      )
      .toContain('Customers call')
  })
})

describe('a deployment', () => {
  it('before-traffic tries the version that a deployment brings, and tells CodeDeploy', async () => {
    const { cloud } = sandbox
    const targetVersion = cloud.functions.publish(names.functions.api, { description: '0123abc by Ren Ito: Round' })
    const { id } = cloud.deployments.create({
      group: names.deploymentGroups.api,
      targetVersion,
      hook: names.beforeTraffic,
    })
    await cloud.minute(new Date(sandbox.clock.now().getTime() + 60_000))
    const [asked] = cloud.calls.of('codedeploy', 'PutLifecycleEventHookExecutionStatus')
    const hook = await lambda('beforeTraffic', names.beforeTraffic)
    const event = {
      DeploymentId: id,
      LifecycleEventHookExecutionId: asked?.input.lifecycleEventHookExecutionId,
    }
    expect(await hook.call(event)).toEqual({ status: 'Succeeded' })
    cloud.deployments.stop(id, true)
  })
})

it('none of them asked for what its role does not allow', () => {
  expect(guard.refused()).toEqual([])
  expect([...processes.keys()].toSorted()).toEqual(deployed.toSorted())
})

describe('what bundles carry', () => {
  const carries = (name: (typeof deployed)[number]) => made.bundles[name].parts.map(([part]) => part)

  it('the Slack door has no web server, no socket and no installer: it is called by a function URL', () => {
    const servers = ['express', 'router', 'send', 'body-parser', 'raw-body', 'iconv-lite', 'ws', 'undici']
    expect(carries('slack').filter((part) => servers.includes(part))).toEqual([])
    expect(carries('slack').filter((part) => /^@slack\/(socket-mode|oauth)$/.test(part))).toEqual([])
    expect(carries('slack')).toContain('@slack/bolt')
  })

  it('nobody else carries Bolt, and those who do not talk to Slack carry nothing of it', () => {
    for (const name of deployed.filter((each) => each !== 'slack')) expect(carries(name)).not.toContain('@slack/bolt')
    const talking = deployed.filter((name) => carries(name).some((part) => part.startsWith('@slack/')))
    expect(talking.toSorted()).toEqual(['evidence', 'remedy', 'sender', 'slack'])
    for (const name of talking) expect(carries(name)).toContain('@slack/web-api')
  })

  it('the remedy performer alone carries the client that can read API keys', () => {
    expect(deployed.filter((name) => carries(name).includes('@aws-sdk/client-api-gateway'))).toEqual(['remedy'])
  })

  it('no bundle carries tools of development, or a client of AWS that it never calls', () => {
    for (const name of deployed)
      expect(carries(name).filter((part) => /^(vitest|esbuild|aws-cdk|hono|dynalite|yaml)/.test(part))).toEqual([])
    expect(carries('alarms').filter((part) => part.startsWith('@aws-sdk/client-'))).toEqual([
      '@aws-sdk/client-dynamodb',
      '@aws-sdk/client-sqs',
    ])
    expect(carries('api').filter((part) => part.startsWith('@aws-sdk/client-'))).toEqual(['@aws-sdk/client-dynamodb'])
  })

  it('the whole pages of the runbook travel with the Slack door alone; who says a sentence carries the sentences', () => {
    const carrying = (words: string) =>
      deployed.filter((name) => readFileSync(join(made.bundles[name].folder, 'index.mjs'), 'utf8').includes(words))
    expect(carrying('One request in twenty took longer than 2 s, five minutes running.')).toEqual(['slack'])
    expect(carrying('Customers wait noticeably longer for prices.')).toEqual(expect.arrayContaining(['api', 'sender']))
  })

  it('none is larger than it has to be: a cold start reads all of it', () => {
    // The texts of both languages, without escapes, are 140 KB of what draws a message; the rest is clients of AWS.
    for (const name of deployed) expect(made.bundles[name].bytes).toBeLessThan(name === 'slack' ? 1_250_000 : 1_150_000)
    const japanese = readFileSync(join(made.bundles.sender.folder, 'index.mjs'), 'utf8')
    expect(japanese).toContain('担当')
  })
})
