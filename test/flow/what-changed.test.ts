import { afterEach, expect, it } from 'vitest'
import type { SeenChange } from '../../bot/incident/seen-change.ts'
import { release } from '../../sandbox/scenarios/story.ts'
import { settingsBy } from '../support/remedies.ts'
import { type Story, startStory } from '../support/story.ts'
import { breakAws, couldNotRead, ring } from '../support/trouble.ts'

const repository = 'your-organisation/crypto-watch'
let story: Story
let settings: ReturnType<typeof settingsBy> | undefined
afterEach(async () => {
  settings?.close()
  settings = undefined
  expect((await story.state()).queues.deadLetters).toBe(0)
  await story.stop()
})

const patient = { env: { CALL_LIMIT_MS: '2500', REPOSITORY: repository } }
const kinds = async (service: string) =>
  ((await story.incident(service)).evidence?.changes?.list ?? []).map(({ what }) => what)
const find = async <K extends SeenChange['what']>(service: string, what: K) =>
  (await story.incident(service)).evidence?.changes?.list.find((each) => each.what === what)
const rollBack = async () => {
  await story.press('aiko', 'api', 'Roll back')
  await story.submit('aiko')
  await story.forward(4)
}

it('bad-deploy: the deployment, with a link to its commits, what the runbook says, and the case of it', async () => {
  story = await startStory(patient)
  await story.play('bad-deploy')
  const root = await story.rootText('api')
  expect(root).toMatch(
    /\*What changed\*\n• v41 → v42 of `crypto-watch-api-function`, deployed 12 min before the alarm by Ren Ito, `[0-9a-f]{7}` “Round changes to two digits” <https:\/\/github\.com\/your-organisation\/crypto-watch\/compare\/[0-9a-f]{7}\.\.\.[0-9a-f]{7}\|compare>: likely the cause"/,
  )
  // The deployment has ended, so there is no automatic rollback to wait for.
  expect(root).toContain(
    '*The runbook advises a rollback:* the alarm came 6 min after the end of the deployment (within 10 min counts); errors 5.6 % of 360 calls in the last 3 min (3 % or more counts)',
  )
  expect(root).toContain(
    '*Likely case: Our own code, new since a deployment* (v42 was deployed 12 min before the alarm).',
  )

  await story.press('aiko', 'api', 'Roll back')
  const modal = story.view('U0AIKO00001')
  expect(modal).toContain('• ✓ met: the alarm came 6 min after the end of the deployment (within 10 min counts)')
  expect(modal).toMatch(/• ✓ met: errors [\d.]+ % of 360 calls in the last 3 min/)
  expect(modal).toMatch(
    /• ✗ not met: p95 0\.07\d s, it was 0\.077 s in the 24 h before the deployment \(twice as much counts\)/,
  )
  expect(modal).toContain('|what changed from v41 to v42>')
})

it('a rollback is known to every incident that follows', async () => {
  story = await startStory(patient)
  await story.play('bad-deploy')
  await rollBack()
  expect(await find('api', 'alias')).toMatchObject({ from: '42', to: '41', by: 'U0AIKO00001' })
  await ring(story, 'PricesStaleAlarm')
  const root = await story.rootText('updater')
  expect(root).toMatch(
    /• v42 → v41 of `crypto-watch-api-function`, rolled back \d+ min before the alarm by <@U0AIKO00001>/,
  )
  expect(root).toContain('possibly the cause, as it is about the other function')
  expect(root).toContain('⚠️ Stale prices are not cured by rolling back the API.')
})

it('a remedy of another incident, then a hand that changed the setting: both are told, and a rollback takes back neither', async () => {
  story = await startStory(patient)
  settings = settingsBy(story)
  await story.play('upstream-429')
  await story.press('aiko', 'updater', 'Keep prices fresh for 10 min')
  await story.submit('aiko')
  await story.forward(2)
  await ring(story, 'LambdaErrorAlarm')
  const root = await story.rootText('api')
  expect(root).toContain(
    '• How long a price counts as fresh: 5 min → 10 min, changed 2 min before the alarm by <@U0AIKO00001>: likely the cause',
  )
  expect(root).toContain('⚠️ A setting was changed after the last deployment.')

  await settings.set('cacheTtlMinutes', 30)
  await story.forward(1)
  expect(await story.rootText('api')).toContain(
    '• How long a price counts as fresh: 10 min → 30 min, changed by hand, nobody recorded when: possibly the cause',
  )
  expect(await kinds('api')).toEqual(['setting', 'by-hand'])
})

it('undone, and nothing is said of a hand', async () => {
  story = await startStory(patient)
  await story.play('upstream-429')
  await story.press('aiko', 'updater', 'Keep prices fresh for 10 min')
  await story.submit('aiko')
  await story.forward(1)
  await story.press('ben', 'updater', 'Undo: keep prices fresh for 10 min')
  await story.submit('ben')
  await story.forward(1)
  expect(await kinds('updater')).toEqual(['setting', 'setting'])
  expect(await story.rootText('updater')).toContain('10 min → 5 min, changed 1 min after the alarm by <@U0BEN000001>')
})

it('a deployment of the other function weighs less', async () => {
  story = await startStory(patient)
  const world = { cloud: story.cloud, clock: story.clock, forward: async () => undefined, slack: story.slack }
  release(world, 'updater', { author: 'Mika Sato', subject: 'Fetch twice as many coins' })
  await story.forward(4)
  await ring(story, 'LambdaErrorAlarm')
  expect(await story.rootText('api')).toMatch(
    /• v15 → v16 of `crypto-watch-price-update-function`, deployed 4 min before the alarm by Mika Sato, .*: possibly the cause, as it is about the other function/,
  )
})

it('upstream-429: the case of the runbook comes first, by the attempts in the log', async () => {
  story = await startStory(patient)
  await story.play('upstream-429')
  await story.forward(5)
  expect(await story.rootText('updater')).toMatch(
    /\*First steps\*\n\*Likely case: 429: we ask too often\* \(most failed attempts at coingecko \(simulated\), (\d+) of \1, were answered 429\)\./,
  )
  await story.press('aiko', 'updater', 'Runbook')
  expect(story.view('U0AIKO00001')).toMatch(/The first case is the likely one: most failed attempts at coingecko/)
})

it('503 at the gateway: the case of the runbook comes first, by the statuses in the access log', async () => {
  story = await startStory(patient)
  story.cloud.functions.setReservedConcurrency('crypto-watch-api-function', 0)
  await story.forward(3)
  await ring(story, 'ApiGateway5xxAlarm')
  expect((await story.incident('api')).evidence?.requests?.statuses).toMatchObject([{ status: 503 }])
  expect(await story.rootText('api')).toMatch(
    /\*Likely case: 503: no free concurrency, or prices too old\* \(most failed requests, (\d+) of \1, were 503\)/,
  )
})

it('the log cannot be written: the change stands, is told, and is made once', async () => {
  story = await startStory(patient)
  settings = settingsBy(story)
  const { incidents } = story.cloud.names.tables
  await story.play('upstream-429')
  await story.press('aiko', 'updater', 'Update every 10 min')
  story.cloud.faults.add({
    match: ({ operation, input }) => operation === 'UpdateItem' && JSON.stringify(input).includes('CHANGES#'),
    kind: 'refuse',
  })
  await story.submit('aiko')
  expect(await settings.read()).toMatchObject({ updateEveryMinutes: 10 })
  expect((await story.incident('updater')).remedies).toMatchObject([{ status: 'applied' }])
  const writes = story.cloud.calls.of('dynamodb', 'UpdateItem')
  expect(
    writes.filter(({ input }) => input.TableName === incidents && JSON.stringify(input).includes('CHANGES#')),
  ).toHaveLength(1)
  expect(
    story.log.lines.filter(({ message }) => message === 'a change could not be written into the change log'),
  ).toHaveLength(1)
  // The mark beside the setting is of a press that the log does not know, so nobody is blamed.
  await story.forward(1)
  expect(await kinds('updater')).toEqual([])
})

it.each([
  ['the change log', 'dynamodb', 'BatchGetItem', 'what the bot has changed'],
  ['the criteria', 'cloudwatch', 'GetMetricData', "error rate and p95 for the runbook's criteria"],
] as const)(
  '%s cannot be read: the rest stands, and what is missing is named',
  async (_what, service, operation, part) => {
    story = await startStory(patient)
    await story.play('bad-deploy')
    breakAws(story, service, operation, 'refuse')
    await story.forward(1)
    const root = await story.rootText('api')
    expect(root).toMatch(couldNotRead(part, 'AccessDeniedException'))
    expect(root).toContain('• v41 → v42 of `crypto-watch-api-function`, deployed 12 min before the alarm by Ren Ito')
    await story.press('aiko', 'api', 'Roll back')
    expect(story.view('U0AIKO00001')).toContain(
      service === 'cloudwatch' ? '• ? not known: errors in the last 3 min' : '• ✓ met: the alarm came 6 min after',
    )
  },
)
