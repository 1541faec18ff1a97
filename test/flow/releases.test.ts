import { afterEach, expect, it } from 'vitest'
import { rarelyAskedCoin } from '../../sandbox/cloud/traffic.ts'
import { releasesIn } from '../support/releases.ts'
import { api, type Story, startStory } from '../support/story.ts'

let story: Story
let release: ReturnType<typeof releasesIn>
afterEach(() => story.stop())

async function begin() {
  story = await startStory()
  story.cloud.traffic.setRequestsPerMinute(120)
  release = releasesIn(story)
}
const rings = (alarm: string) => story.cloud.alarms.rings(alarm)
const deploymentOf = (version: string) =>
  story.cloud.deployments.list().find(({ targetVersion, creator }) => targetVersion === version && creator === 'user')

it('good code goes through its canary and is live; the same once more is nothing to release', async () => {
  await begin()
  release.upload('good')
  const done = await release.run()
  expect(done).toMatchObject({
    exitCode: 0,
    outcomes: { updater: { is: 'unchanged', version: '15' }, api: { is: 'released', from: '41', to: '42' } },
  })
  expect(done.summary).toMatch(
    /^crypto-watch-price-update-function: nothing to release, v15 is live\ncrypto-watch-api-function: v41 → v42, released by d-\w{9}$/,
  )
  expect(release.live()).toEqual({ version: '42', weights: {} })
  expect(story.cloud.functions.version(api, '42').description).toBe('4f6c1d2 by Ren Ito: Show decimals')
  expect(deploymentOf('42')).toMatchObject({ currentVersion: '41', hook: { status: 'Succeeded' } })
  const id = deploymentOf('42')?.id
  expect(release.said).toEqual([
    `${api}: v41 → v42 by the deployment ${id}`,
    `${api}: deployment ${id} Created, v42 has 0 % of the traffic, about 5 min left`,
    ...[5, 4, 3, 2, 1].map(
      (left) => `${api}: deployment ${id} InProgress, v42 has 10 % of the traffic, about ${left} min left`,
    ),
  ])

  const again = await release.run()
  expect(again).toMatchObject({ exitCode: 0, outcomes: { api: { is: 'unchanged', version: '42' } } })
  expect((await story.state()).incidents).toEqual([])
})

it('a version turns bad after its deployment and is rolled back; the fix gets through while the alarm rings', async () => {
  await begin()
  release.upload('rounds-changes')
  expect((await release.run()).outcomes.api).toMatchObject({ is: 'released', from: '41', to: '42' })
  story.cloud.upstream.withholdChange([rarelyAskedCoin])
  for (let minute = 0; !rings('LambdaErrorAlarm') && minute < 15; minute++) await story.forward(1)
  await story.press('aiko', 'api', 'Acknowledge')
  await story.press('aiko', 'api', 'Roll back')
  await story.submit('aiko')
  expect(release.live()).toEqual({ version: '41', weights: {} })
  expect(rings('LambdaErrorAlarm')).toBe(true)

  release.upload('good')
  const fix = { commit: 'b7e9a10', subject: 'Cope with a missing change' }
  const refused = await release.run(fix)
  expect(refused.exitCode).toBe(1)
  expect(refused.outcomes.api).toEqual({
    is: 'refused',
    why: 'alarm-rings',
    sentence:
      'LambdaErrorAlarm rings, so CodeDeploy would stop v43 of crypto-watch-api-function at once. Wait until it is over; ' +
      'or, if this release is the fix: npm run deploy -- --stage prod --while-alarm-rings "<reason>"',
  })
  expect(deploymentOf('43')).toBeUndefined()

  const passed = await release.run({ ...fix, whileAlarmRings: 'it ends the errors of v42' })
  expect(passed).toMatchObject({ exitCode: 0, outcomes: { api: { is: 'released', from: '41', to: '43' } } })
  expect(release.live()).toEqual({ version: '43', weights: {} })
  expect(deploymentOf('43')).toMatchObject({
    description:
      'b7e9a10 by Ren Ito: Cope with a missing change · while LambdaErrorAlarm rings: it ends the errors of v42',
    alarms: ['ApiGateway5xxAlarm', 'LambdaThrottleAlarm', 'NewVersionErrorAlarm'],
  })
  expect(rings('LambdaErrorAlarm')).toBe(false)
  expect((await story.incident('api')).rollback).toMatchObject({ from: '42', to: '41', status: 'helped' })
})

it('a version that was taken back is not released once more by accident', async () => {
  await begin()
  release.upload('rounds-changes')
  await release.run()
  story.cloud.functions.updateAlias(api, { version: '41', weights: {} })
  const id = deploymentOf('42')?.id
  const refused = await release.run()
  expect(refused.outcomes.api).toEqual({
    is: 'refused',
    why: 'taken-back',
    sentence: `v42 of crypto-watch-api-function was live after the deployment ${id}, and live was put back to v41 since. Release a fix or a revert; or this version once more: npm run deploy -- --stage prod --again`,
  })
  expect((await release.run({ again: true })).outcomes.api).toMatchObject({ is: 'released', from: '41', to: '42' })
})

it('a version that fails its canary is rolled back by CodeDeploy, and the command says which alarm did it', async () => {
  await begin()
  release.upload('reads-by-index')
  const done = await release.run()
  expect(done.exitCode).toBe(1)
  expect(done.outcomes.api).toMatchObject({ is: 'rolled-back', alarms: ['LambdaErrorAlarm', 'NewVersionErrorAlarm'] })
  expect(done.summary).toMatch(
    /rolled back by CodeDeploy \(d-\w{9}\): stopped by LambdaErrorAlarm and NewVersionErrorAlarm$/,
  )
  expect(release.live()).toEqual({ version: '41', weights: {} })

  release.upload('good')
  await story.forward(3)
  expect((await release.run()).outcomes.api).toMatchObject({ is: 'released', from: '41', to: '43' })
})

it('a version whose errors hide behind the nine tenths that are fine is stopped by its own brake', async () => {
  await begin()
  release.upload('knows-few-coins')
  const done = await release.run()
  expect(done.outcomes.api).toMatchObject({ is: 'rolled-back', alarms: ['NewVersionErrorAlarm'] })
  expect(rings('LambdaErrorAlarm')).toBe(false)
  expect(release.live()).toEqual({ version: '41', weights: {} })
  expect((await story.state()).incidents).toEqual([])
})

it.each(['needs-a-setting', 'reads-another-table'] as const)('a version that %s never gets traffic', async (code) => {
  await begin()
  release.upload(code)
  const done = await release.run()
  expect(done.outcomes.api).toMatchObject({
    is: 'rolled-back',
    alarms: [],
    because: expect.stringContaining('HOOK_EXECUTION_FAILURE'),
  })
  expect(release.live()).toEqual({ version: '41', weights: {} })
  const Resource = `${api}:live`
  const dimensions = { FunctionName: api, Resource, ExecutedVersion: '42' }
  const calls = story.cloud.metrics.statistic(
    { namespace: 'AWS/Lambda', name: 'Invocations', dimensions },
    'Sum',
    new Date('2026-11-23T03:00:00.000Z'),
    new Date('2026-11-23T04:00:00.000Z'),
    60,
  )
  expect(calls).toEqual([])
})

it('a version that fails on its own is no reason to doubt the updater: it is released first and stays', async () => {
  await begin()
  story.cloud.functions.upload(story.cloud.names.functions.updater, 'good', 'next')
  release.upload('needs-a-setting')
  const done = await release.run()
  expect(done).toMatchObject({
    exitCode: 1,
    outcomes: { updater: { is: 'released', from: '15', to: '16' }, api: { is: 'rolled-back' } },
  })
  expect(story.cloud.functions.alias(story.cloud.names.functions.updater).version).toBe('16')
})
