import { afterEach, describe, expect, it } from 'vitest'
import type { FaultKind } from '../../sandbox/cloud/faults.ts'
import { customers, sampleKey } from '../../sandbox/cloud/gateway/api-keys.ts'
import { alertsChannel, type Story, startStory } from '../support/story.ts'
import { breakAws, couldNotRead, ring } from '../support/trouble.ts'

const patient = { env: { CALL_LIMIT_MS: '2500' } }
let story: Story
afterEach(async () => {
  expect(story.cloud.gateway.keys.list().map(({ name }) => name)).toEqual(expect.arrayContaining([...customers]))
  const values = [sampleKey, ...story.cloud.gateway.keys.list().map(({ value }) => value)]
  const shown = JSON.stringify([story.slack.workspace.messages(alertsChannel), await story.incidents.all()])
  expect(values.filter((value) => shown.includes(value))).toEqual([])
  await story.stop()
})

it('bad-deploy: the error of the bad version, how often, and whose requests failed', async () => {
  story = await startStory(patient)
  await story.play('bad-deploy')
  const root = await story.rootText('api')
  expect(root).toMatch(
    /\*Top errors\*\n• \d+ × `TypeError: Cannot read properties of undefined \(reading 'toFixed'\)` in `crypto-watch-api-function` v42, first 1 min before the alarm/,
  )
  const failed = story.cloud.gateway.accessLog
    .list()
    .filter(({ at, status }) => at >= '2026-11-23T03:10:00.000Z' && status >= 500)
  const { errors, requests } = (await story.incident('api')).evidence ?? {}
  expect(requests).toMatchObject({ from: '2026-11-23T03:10:00.000Z', isWhole: true, failed: failed.length })
  expect(errors?.top).toMatchObject([{ count: failed.length, level: 'error', versions: ['42'] }])
  expect(root).toMatch(
    /\*Impact:\* 20 of 240 requests failed \(8\.3 %\) since <!date[^>]+>: `\/v1\/prices\/\{id\}` 20 of 208/,
  )
  // The console shows nothing of a simulated cloud.
  expect(root).not.toContain('console.aws.amazon.com')
})

it('table-throttled: the throttling, as the API warned of it', async () => {
  story = await startStory(patient)
  await story.play('table-throttled')
  expect(await story.rootText('table')).toMatch(
    /• \d+ × `ProvisionedThroughputExceededException: The level of configured provisioned throughput[^`]+` in `crypto-watch-api-function` v41 \(warning\)/,
  )
})

it('upstream-down: one shape for all currencies, and no request that failed', async () => {
  story = await startStory(patient)
  await story.play('upstream-down')
  const root = await story.rootText('updater')
  expect(root).toMatch(
    /• \d+ × `External API ERROR: coingecko [^`]+` in `crypto-watch-price-update-function` v15 \(warning\)/,
  )
  expect(root.match(/External API ERROR: coingecko/g)).toHaveLength(1)
  expect(root).toMatch(/\*Impact:\* none of \d+ requests failed/)
})

it('whoever asks too fast is named by the id of the key', async () => {
  story = await startStory(patient)
  const { gateway } = story.cloud
  for (let index = 0; index < 30; index++)
    await gateway.request({ method: 'GET', path: '/v1/coins', headers: { 'x-api-key': sampleKey } })
  await ring(story, 'LambdaErrorAlarm')
  const [key] = gateway.keys.list()
  expect(await story.rootText('api')).toMatch(new RegExp(`429 for key \`${key?.id}\` \\d+ ×`))
})

describe.each([
  ['refuse', 'AccessDeniedException'],
  ['throttle', 'ThrottlingException'],
  ['error', 'ServiceUnavailableException'],
  ['hang', 'no answer within 0.4 s'],
] satisfies [FaultKind, string][])('CloudWatch Logs ends in "%s"', (kind, because) => {
  it('the message is up in time, stands without, and names what is missing', async () => {
    // Only what hangs is to run into its limit, however busy the machine is.
    story = await startStory(kind === 'hang' ? {} : patient)
    breakAws(story, 'logs', 'FilterLogEvents', kind)
    const before = story.wall.now().getTime()
    await ring(story, 'LambdaErrorAlarm')
    const [root] = story.rootMessages()
    expect(Number(root?.ts) * 1_000 - before).toBeLessThan(2_000)
    const text = await story.rootText('api')
    expect(text).toMatch(couldNotRead('errors in the logs', because))
    expect(text).toMatch(couldNotRead('access log', because))
    expect(text).toContain('*Live now:* v41')
    expect(text).toContain('*First steps*')
    expect((await story.incident('api')).evidence).toMatchObject({ readings: [{ alarm: 'LambdaErrorAlarm' }] })
  })
})

it('one log that is refused leaves the other standing', async () => {
  story = await startStory(patient)
  const { faults } = story.cloud
  faults.add({
    match: ({ service, input }) => service === 'logs' && String(input.logGroupName).startsWith('/aws/apigateway/'),
    kind: 'refuse',
  })
  await ring(story, 'LambdaErrorAlarm')
  const root = await story.rootText('api')
  expect(root).toContain('*Top errors:* none in the logs since')
  expect(root).toMatch(couldNotRead('access log', 'AccessDeniedException'))
})
