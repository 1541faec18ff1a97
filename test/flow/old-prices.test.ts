import { afterEach, expect, it } from 'vitest'
import { api, devChannel, incidentsChannel, type Story, startStory } from '../support/story.ts'
import { saidTwice, textsIn } from '../support/trouble.ts'

let story: Story
afterEach(async () => {
  expect(saidTwice(story)).toEqual([])
  expect((await story.state()).queues.deadLetters).toBe(0)
  await story.stop()
})

const gateway = 'ApiGateway5xxAlarm'
const rings = async (name: string) => (await story.state()).alarms[name] === 'ALARM'
/** Time flies: every minute is played, with its sweep and its evidence. */
const fly = async (minutes: number) => {
  await story.sandboxForward(minutes * 60)
  await story.quiet()
}
const flyUntil = async (isSo: () => Promise<boolean>, atMost: number) => {
  for (let minute = 0; minute < atMost && !(await isSo()); minute += 1) await fly(1)
}
/** The prices are so old that the API refuses them, and its alarm has rung for it. Somebody is on it. */
const pricesGrowOld = async () => {
  story = await startStory()
  await story.play('upstream-down')
  await story.press('aiko', 'updater', 'Acknowledge')
  // An hour with customers takes its time, and only the last minutes of it matter.
  story.cloud.traffic.setRequestsPerMinute(0)
  await fly(53)
  story.cloud.traffic.calm()
  await flyUntil(() => rings(gateway), 10)
  expect(await rings(gateway)).toBe(true)
}
const incidents = async () =>
  (await story.state()).incidents.map(({ service, severity, escalation }) => [service, severity, escalation.level])

it('5xx because prices are too old join the incident of the price source, and wake nobody', async () => {
  await pricesGrowOld()
  expect(await incidents()).toEqual([['updater', 'High', 1]])
  expect(await story.rootText('updater')).toContain(
    '*Follows from it:* API 5xx answers at 95 %, limit 10 %: prices are older than 1 h, so the API refuses them',
  )
  expect(await story.rootText('updater')).not.toContain('"text":"Roll back"')
  const thread = await story.thread('updater')
  expect(thread.filter((reply) => reply.includes('It needs nothing of its own.'))).toHaveLength(1)
  expect(thread.filter((reply) => reply.includes('<!subteam'))).toEqual([])
  expect(story.rootMessages()).toHaveLength(1)
  expect([...textsIn(story, devChannel), ...textsIn(story, incidentsChannel)]).toEqual([])

  await story.calm()
  await flyUntil(async () => (await story.incident('updater')).status === 'resolved', 15)
  const over = await story.incident('updater')
  expect(over).toMatchObject({ status: 'resolved', severity: 'High' })
  expect(over.resolved?.by).toBeUndefined()
  expect(over.timeline.map(({ what }) => what)).not.toContain('alarm-moved')
  expect(await incidents()).toHaveLength(1)
})

it('an API that fails by itself meanwhile has an incident of its own, which calls people as ever', async () => {
  await pricesGrowOld()
  story.cloud.functions.setBehaviour(api, 'every', { errorRate: 0.5 })
  await flyUntil(() => rings('LambdaErrorAlarm'), 5)
  expect(await incidents()).toEqual([
    ['updater', 'High', 1],
    ['api', 'Critical', 1],
  ])
  const root = await story.rootText('api')
  expect(root).toContain('🔴 API errors at')
  expect(root).toContain('<!subteam^S0ONCALL001>: please acknowledge.')
  expect(root).toContain('"text":"Roll back"')
  expect(Object.keys((await story.incident('api')).alarms)).toEqual(['LambdaErrorAlarm'])
  expect((await story.incident('updater')).alarms[gateway]?.ringing).toBe(true)
})
