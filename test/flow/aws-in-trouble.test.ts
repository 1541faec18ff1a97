import { afterEach, expect, it } from 'vitest'
import type { Call, FaultKind } from '../../sandbox/cloud/faults.ts'
import { release } from '../../sandbox/scenarios/story.ts'
import { api, devChannel, type Story, startStory } from '../support/story.ts'
import { breakAws, couldNotRead, ring, saidTwice, textsIn } from '../support/trouble.ts'

let story: Story
afterEach(async () => {
  expect(saidTwice(story)).toEqual([])
  expect((await story.state()).queues.deadLetters).toBe(0)
  await story.stop()
})

const bad = (service: Call['service'], operation: string, kind: FaultKind, times?: number) =>
  breakAws(story, service, operation, kind, times)

it.each([
  ['lambda', 'UpdateAlias'],
  ['lambda', 'GetAlias'],
  ['codedeploy', 'StopDeployment'],
] as const)(
  '%s refuses %s: the rollback has failed, with the commands to do it by hand',
  async (service, operation) => {
    story = await startStory()
    await story.play('bad-deploy')
    const stops = operation === 'StopDeployment'
    const world = { cloud: story.cloud, clock: story.clock, forward: async () => undefined, slack: story.slack }
    const running = stops ? release(world, 'api', { author: 'Ren Ito', subject: 'Another try' }).deployment : undefined
    await story.press('aiko', 'api', 'Roll back')
    const before = story.cloud.functions.alias(api)
    bad(service, operation, 'refuse')
    await story.submit('aiko')

    const { rollback, escalation } = await story.incident('api')
    expect(rollback).toMatchObject({ status: 'failed', why: 'aws-refused' })
    expect(escalation).toMatchObject({ level: 2, why: 'rollback-failed' })
    expect(story.cloud.functions.alias(api)).toEqual(before)
    const thread = (await story.thread('api')).join('\n')
    expect(thread).toContain(`AccessDeniedException: User is not authorized to perform: ${service}:${operation}`)
    if (running)
      expect(thread).toContain(`aws deploy stop-deployment --deployment-id ${running} --auto-rollback-enabled`)
    expect(thread).toContain(
      `aws lambda update-alias --function-name ${api} --name live --function-version ${rollback?.to} --routing-config 'AdditionalVersionWeights={}'`,
    )
    expect(textsIn(story, devChannel)).toHaveLength(1)
    expect(textsIn(story, devChannel)[0]).toContain('failed')
  },
)

it.each([
  ['throttle', 2],
  ['error', 3],
  ['hang', 2],
  ['lose-answer', 1],
  ['lose-answer', 2],
] as const)('UpdateAlias ends in "%s" %i times: it is asked again, moves once and helps', async (kind, times) => {
  story = await startStory()
  await story.play('bad-deploy')
  await story.press('aiko', 'api', 'Roll back')
  bad('lambda', 'UpdateAlias', kind, times)
  await story.submit('aiko')
  await story.forward(4)
  const { rollback } = await story.incident('api')
  expect(rollback).toMatchObject({ status: 'helped' })
  expect(story.cloud.functions.alias(api)).toMatchObject({ version: rollback?.to, weights: {} })
  expect((await story.thread('api')).filter((text) => text.includes('now serves'))).toHaveLength(1)
})

it('UpdateAlias fails without end: after its tries the thread says so', async () => {
  story = await startStory()
  await story.play('bad-deploy')
  await story.press('aiko', 'api', 'Roll back')
  bad('lambda', 'UpdateAlias', 'error')
  await story.submit('aiko')
  await story.forward(1)
  expect((await story.incident('api')).rollback).toMatchObject({ status: 'failed' })
  expect((await story.thread('api')).join('\n')).toContain('ServiceException: We encountered an internal error')
})

it.each([
  ['lambda', 'GetAlias', 'versions and deployments'],
  ['lambda', 'ListVersionsByFunction', 'versions and deployments'],
  ['codedeploy', 'ListDeployments', 'versions and deployments'],
  ['codedeploy', 'BatchGetDeployments', 'versions and deployments'],
  ['cloudwatch', 'GetMetricData', 'current numbers'],
] as const)(
  '%s refuses %s: the message is up all the same and names what is missing',
  async (service, operation, part) => {
    story = await startStory()
    bad(service, operation, 'refuse')
    await ring(story, 'LambdaErrorAlarm')
    expect(story.rootMessages()).toHaveLength(1)
    const root = await story.rootText('api')
    expect(root).toMatch(couldNotRead(part, 'AccessDeniedException'))
    expect(root.includes('*Live now:*')).toBe(part === 'current numbers')
  },
)

it('without numbers the OK of the alarm is the proof, and the message says what could not be read', async () => {
  story = await startStory()
  await story.play('bad-deploy')
  await story.press('aiko', 'api', 'Roll back')
  bad('cloudwatch', 'GetMetricData', 'error')
  await story.submit('aiko')
  await story.forward(3)
  expect(await story.rootText('api')).toMatch(couldNotRead('current numbers', ''))
  await story.forward(3)
  expect((await story.incident('api')).rollback).toMatchObject({ status: 'helped', proof: { unread: true } })
  expect((await story.thread('api')).join('\n')).toMatch(/Rolled back v\d+ → v\d+ by <@U0AIKO00001>.*alarm OK after/)
})

it('without numbers and without an OK nothing is proven, and that is said', async () => {
  story = await startStory()
  await story.play('rollback-does-not-help')
  await story.press('aiko', 'api', 'Roll back')
  bad('cloudwatch', 'GetMetricData', 'refuse')
  await story.submit('aiko')
  await story.forward(6)
  expect((await story.incident('api')).rollback).toMatchObject({ status: 'not-proven' })
  expect(await story.rootText('api')).toContain('not proven: the numbers could not be read')
})
