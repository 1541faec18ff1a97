import { afterEach, expect, it } from 'vitest'
import { alarmNotification } from '../support/notifications.ts'
import { devChannel, incidentsChannel, type Story, startStory } from '../support/story.ts'

let story: Story
afterEach(() => story.stop())

/** No traffic, no incident of our own: only the alarm that the test rings, and time. */
const ring = async (name: string, dimensions: { name: string; value: string }[] = []) => {
  story.cloud.traffic.setRequestsPerMinute(0)
  const at = story.clock.now().toISOString().replace('Z', '+0000')
  story.cloud.topic.publish(JSON.stringify(alarmNotification({ name, at, dimensions, description: 'Severity: High' })))
  await story.quiet()
}
const texts = (channel: string) => story.slack.workspace.messages(channel).map((message) => JSON.stringify(message))

it('an ignored incident climbs to level 2 after an hour and to level 3 an hour later, each saying why', async () => {
  // Monday 12:00 in Tokyo, inside office hours. An alarm outside the list has only its response time.
  story = await startStory({ start: new Date('2026-11-23T03:00:00.000Z') })
  await ring('QueueAge')
  expect((await story.state()).incidents[0]?.escalation).toEqual({ level: 1, nextDue: '2026-11-23T04:00:00.000Z' })
  expect(await story.rootText('QueueAge')).toContain(String(Date.parse('2026-11-23T04:00:00.000Z') / 1000))

  await story.forward(59)
  expect(texts(devChannel)).toHaveLength(0)
  await story.forward(1)
  expect((await story.state()).incidents[0]?.escalation).toEqual({ level: 2, nextDue: '2026-11-23T05:00:00.000Z' })
  expect(texts(devChannel)).toHaveLength(1)
  expect(texts(devChannel)[0]).toContain('<!subteam^S0DEVELOP01>')
  expect(texts(devChannel)[0]).toContain('60 min')
  await story.quiet()
  expect(await story.rootText('QueueAge')).toContain(String(Date.parse('2026-11-23T05:00:00.000Z') / 1000))

  // High is announced from level 2 on.
  await story.forward(59)
  expect(texts(incidentsChannel)).toHaveLength(1)
  await story.forward(1)
  expect((await story.state()).incidents[0]?.escalation).toEqual({ level: 3, nextDue: null })
  expect(texts(incidentsChannel)).toHaveLength(2)
  expect(texts(incidentsChannel)[1]).toContain('<!subteam^S0MANAGER01>')

  await story.forward(5)
  expect(texts(devChannel)).toHaveLength(1)
  expect(texts(incidentsChannel)).toHaveLength(2)
})

it('a Critical incident that nobody takes goes to level 2 within its response time, a jump in one piece', async () => {
  story = await startStory()
  await story.play('bad-deploy')
  const { openedAt } = await story.incident('api')
  const escalation = (await story.state()).incidents[0]?.escalation
  expect(Date.parse(escalation?.nextDue ?? '')).toBeLessThanOrEqual(Date.parse(openedAt) + 15 * 60_000)
  await story.http('/clock', { forward_s: 16 * 60 })
  await story.quiet()
  expect((await story.state()).incidents[0]?.escalation.level).toBe(2)
  expect(texts(devChannel)).toHaveLength(1)
})

it('Escalate by hand goes up at once, with the reason, and once however often it is delivered', async () => {
  story = await startStory()
  await ring('QueueAge')
  await story.press('aiko', 'QueueAge', 'Escalate')
  const answer = await story.submit('aiko', { reason: 'I cannot reach the database' })
  expect(answer).toMatchObject({ ok: true })
  expect(texts(devChannel)).toHaveLength(1)
  expect(texts(devChannel)[0]).toContain('I cannot reach the database')
  expect(texts(devChannel)[0]).toContain('<@U0AIKO00001>')
  expect((await story.incident('QueueAge')).escalation).toMatchObject({ level: 2, why: 'asked-by-person' })
})

it('outside office hours level 2 is told all the same, and that it is outside office hours', async () => {
  // Monday 23:00 in Tokyo.
  story = await startStory({ start: new Date('2026-11-23T14:00:00.000Z') })
  await ring('QueueAge')
  await story.forward(60)
  expect(texts(devChannel)[0]).toMatch(/outside office hours/i)
})

it('an acknowledgement in the last minute keeps level 2 away', async () => {
  story = await startStory()
  await ring('QueueAge')
  await story.forward(59)
  await story.press('ben', 'QueueAge', 'Acknowledge')
  await story.forward(61)
  expect(texts(devChannel)).toHaveLength(0)
  expect((await story.incident('QueueAge')).owner).toMatchObject({ user: 'U0BEN000001' })
})
