import { afterEach, expect, it } from 'vitest'
import { alarmNotification, snsEnvelope } from '../support/notifications.ts'
import { alertsChannel, type Story, startStory } from '../support/story.ts'

let story: Story
afterEach(() => story.stop())

const post = (envelope: object) =>
  fetch(`${story.addresses.bot}/sns`, { method: 'POST', body: JSON.stringify(envelope) }).then(({ status }) => status)

it('one notification posted five times in parallel is one incident with one root message', async () => {
  story = await startStory()
  const envelope = snsEnvelope(alarmNotification({}))
  expect(await Promise.all([1, 2, 3, 4, 5].map(() => post(envelope)))).toEqual([202, 202, 202, 202, 202])
  await story.quiet()
  const state = await story.state()
  expect(state.incidents).toHaveLength(1)
  expect(state.incidents[0]?.alarms).toEqual(['LambdaErrorAlarm'])
  expect(story.rootMessages()).toHaveLength(1)
})

it('forty alarms of one service are one root message', async () => {
  story = await startStory()
  const dimensions = [{ name: 'FunctionName', value: 'crypto-watch-api-function' }]
  await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      post(snsEnvelope(alarmNotification({ name: `ApiCheck${index}`, dimensions }), `id-${index}`)),
    ),
  )
  await story.quiet()
  const state = await story.state()
  expect(state.incidents).toHaveLength(1)
  expect(state.incidents[0]?.alarms).toHaveLength(40)
  expect(story.rootMessages()).toHaveLength(1)
})

it('an older state that arrives after a newer one changes nothing', async () => {
  story = await startStory()
  await post(snsEnvelope(alarmNotification({ at: '2026-11-23T02:59:00.000+0000' }), 'a'))
  await story.quiet()
  await post(snsEnvelope(alarmNotification({ state: 'OK', at: '2026-11-23T03:00:00.000+0000' }), 'b'))
  await story.quiet()
  const before = await story.incident('api')
  expect(before.status).toBe('recovering')
  await post(snsEnvelope(alarmNotification({ at: '2026-11-23T02:59:30.000+0000' }), 'c'))
  await story.quiet()
  expect(await story.incident('api')).toEqual(before)
})

it('a storm over many services arrives whole, and Slack refuses none of it', async () => {
  story = await startStory({ slackStrict: true })
  await story.play('storm')
  await story.quiet(600_000)
  const state = await story.state()
  const services = new Set(state.incidents.map(({ service }) => service))
  expect(services.size).toBe(state.incidents.length)
  expect(services.size).toBeGreaterThanOrEqual(30)
  expect(story.rootMessages()).toHaveLength(services.size)
  expect(story.slack.stats.refused).toBe(0)
  expect(state.queues.deadLetters).toBe(0)
  const times = story.slack.workspace.messages(alertsChannel).map(({ ts }) => Number(ts))
  const gaps = times.slice(1).map((ts, index) => ts - (times[index] ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1)
})
