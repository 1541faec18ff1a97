import { afterEach, expect, it } from 'vitest'
import type { Call, FaultKind } from '../../sandbox/cloud/faults.ts'
import { devChannel, type Story, startStory } from '../support/story.ts'
import { announce, breakAws, live, logged, ring, saidTwice, textsIn, whispers } from '../support/trouble.ts'

let story: Story
afterEach(async () => {
  expect(saidTwice(story)).toEqual([])
  expect((await story.state()).queues.deadLetters).toBe(0)
  await story.stop()
})

const aiko = 'U0AIKO00001'
const bad = (service: Call['service'], operation: string, kind: FaultKind, times?: number) =>
  breakAws(story, service, operation, kind, times)

const ordersAlarm = (actions?: string[]) => {
  const metric = { namespace: 'Shop', name: 'OrderErrors', dimensions: {} }
  story.cloud.alarms.putAlarm({
    name: 'OrderErrors',
    description: 'Severity: High',
    queries: [{ kind: 'statistic', id: 'm1', metric, statistic: 'Sum', returnData: true }],
    comparison: 'GreaterThanThreshold',
    threshold: 5,
    periodSeconds: 60,
    evaluationPeriods: 1,
    treatMissing: 'ignore',
    ...(actions && { actions }),
  })
}

it('alarms that cannot be listed do not keep the minute from passing', async () => {
  story = await startStory()
  story.cloud.traffic.setRequestsPerMinute(1)
  await ring(story, 'QueueAge')
  await story.forward(58)
  bad('cloudwatch', 'DescribeAlarms', 'refuse')
  await story.forward(3)
  expect(textsIn(story, devChannel)).toHaveLength(1)
  expect(logged(story, 'error', 'CloudWatch could not be asked for its alarms')).toHaveLength(3)
  expect(logged(story, 'error', 'a sweep failed')).toHaveLength(3)
})

it('effects that their queue does not take are handed over by the sweep, the root message first', async () => {
  story = await startStory()
  const heal = bad('sqs', 'SendMessage', 'error')
  announce(story, 'One-errors', 'ALARM', 'api')
  await story.cloud.queues.settle()
  expect(story.rootMessages()).toHaveLength(0)
  heal()
  await live(story, 1)
  announce(story, 'Two-errors', 'ALARM', 'api')
  await story.cloud.queues.settle()
  await story.quiet()
  expect(story.rootMessages()).toHaveLength(1)
  await live(story, 4)
  expect(await story.thread('api')).toHaveLength(1)
  expect((await story.incident('api')).pending).toEqual([])
})

it('a click whose effects no queue takes is done all the same, and shows a little later', async () => {
  story = await startStory()
  await ring(story, 'QueueAge')
  const heal = bad('sqs', 'SendMessage', 'error')
  await story.press('aiko', 'QueueAge', 'Acknowledge')
  heal()
  expect(whispers(story, aiko)).toEqual([])
  await live(story, 3)
  expect(await story.rootText('QueueAge')).toContain(`*Owner:* <@${aiko}>`)
  expect(await story.thread('QueueAge')).toHaveLength(1)
})

it('a hand-over whose answer is lost is one message', async () => {
  story = await startStory()
  bad('sqs', 'SendMessage', 'lose-answer', 4)
  await ring(story, 'QueueAge')
  await live(story, 3)
  expect(story.rootMessages()).toHaveLength(1)
})

it('what no notification told is found after 90 s: an alarm, and its end', async () => {
  story = await startStory()
  ordersAlarm()
  const change = (state: 'ALARM' | 'OK') => {
    story.cloud.alarms.loseNotification('OrderErrors')
    story.cloud.alarms.setAlarmState('OrderErrors', state, 'by hand')
  }
  change('ALARM')
  await live(story, 1)
  expect(story.rootMessages()).toHaveLength(0)
  await live(story, 1)
  expect(story.rootMessages()).toHaveLength(1)
  change('OK')
  await live(story, 1)
  expect(await story.incident('OrderErrors')).toMatchObject({ status: 'open' })
  await live(story, 1)
  expect(await story.incident('OrderErrors')).toMatchObject({ status: 'recovering' })
})

it('an alarm that tells another topic is left alone', async () => {
  story = await startStory()
  ordersAlarm(['arn:aws:sns:ap-northeast-1:123456789012:somebody-else'])
  story.cloud.alarms.setAlarmState('OrderErrors', 'ALARM', 'by hand')
  await live(story, 4)
  expect(story.cloud.alarms.state('OrderErrors').value).toBe('ALARM')
  expect((await story.state()).incidents).toEqual([])
})

it('secrets that cannot be read again are used as they were', async () => {
  story = await startStory()
  await ring(story, 'QueueAge')
  await story.press('aiko', 'QueueAge', 'Acknowledge')
  story.wall.jump(6 * 60_000)
  bad('secretsmanager', 'GetSecretValue', 'error')
  await ring(story, 'DiskFull')
  expect(story.rootMessages()).toHaveLength(2)
  await story.press('aiko', 'DiskFull', 'Acknowledge')
  expect((await story.incident('DiskFull')).owner?.user).toBe(aiko)
})
