import { afterEach, expect, it } from 'vitest'
import { alarmNotification } from '../support/notifications.ts'
import { devChannel, incidentsChannel, type Story, startStory } from '../support/story.ts'

let story: Story
afterEach(() => story.stop())

const dan = 'U0DAN000001'

/** No traffic, no incident of our own: only the alarm that the test rings, and time. */
const ring = async (state: 'ALARM' | 'OK' = 'ALARM', severity = 'Critical') => {
  story.cloud.traffic.setRequestsPerMinute(0)
  const at = story.clock.now().toISOString().replace('Z', '+0000')
  const notification = alarmNotification({ name: 'QueueAge', at, state, description: `Severity: ${severity}` })
  story.cloud.topic.publish(JSON.stringify(notification))
  await story.quiet()
}
const incident = () => story.incident('QueueAge')
const texts = (channel: string) => story.slack.workspace.messages(channel).map((message) => JSON.stringify(message))
/** What the bot has written to one person, in order. */
const direct = (user: string) => texts(story.slack.workspace.conversationWith(user).id)
const press = async (user: string, channel: string, button: string) => {
  const ts = story.slack.workspace.messages(channel)[0]?.ts
  const answer = await story.http('/slack/click', { user, channel, ts, button })
  await story.quiet()
  return answer
}

it('a Critical incident is announced once with a link, and the same line tells how it ended', async () => {
  story = await startStory()
  await ring()
  expect(texts(incidentsChannel)).toHaveLength(1)
  expect(texts(incidentsChannel)[0]).toContain('nobody is on it yet')
  expect(texts(incidentsChannel)[0]).toMatch(/<http[^|]+\|thread>/)

  await story.press('aiko', 'QueueAge', 'Acknowledge')
  expect(texts(incidentsChannel)[0]).toContain('<@U0AIKO00001> is on it')
  await story.forward(1)
  await ring('OK')
  expect(texts(incidentsChannel)[0]).toContain('quiet, waiting to be sure')
  await story.forward(6)
  expect(texts(incidentsChannel)).toHaveLength(1)
  expect(texts(incidentsChannel)[0]).toMatch(/✓ .*Alarm QueueAge · 6 min .*· ended by itself/)
})

it('High is announced only when it has gone up to the developers', async () => {
  story = await startStory()
  await ring('ALARM', 'High')
  expect(texts(incidentsChannel)).toHaveLength(0)
  await story.forward(60)
  expect(texts(incidentsChannel)).toHaveLength(1)
  expect(texts(incidentsChannel)[0]).toContain('gone up to the developers')
})

it('level 3: management is asked in the channel and one by one, holds, takes over, and reads the end', async () => {
  story = await startStory()
  await ring()
  await story.forward(15)
  expect(texts(devChannel)).toHaveLength(1)
  await story.forward(59)
  expect(direct(dan)).toHaveLength(0)
  await story.forward(1)
  const [card] = direct(dan)
  expect(card).toContain('Your decision is needed')
  expect(card).toContain('the developers were asked 60 minutes ago')
  expect(card).toContain('Nobody has taken it')
  expect(texts(incidentsChannel)).toHaveLength(2)

  // Fourteen minutes later a manager asks for time, so nobody is asked again at a quarter past.
  await story.forward(14)
  const channel = story.slack.workspace.conversationWith(dan).id
  expect(await press('dan', channel, 'Hold 15 min')).toMatchObject({ ok: true })
  await story.submit('dan', { reason: 'The provider calls back at half past' })
  expect(direct(dan)[0]).toContain('The provider calls back at half past')
  await story.forward(14)
  expect(direct(dan)).toHaveLength(1)
  await story.forward(1)
  expect(direct(dan)).toHaveLength(2)
  expect(direct(dan)[1]).toContain('nobody has decided')
  await story.forward(40)
  expect(direct(dan)).toHaveLength(2)

  await press('dan', channel, 'Take over')
  expect((await incident()).owner?.user).toBe(dan)
  expect(direct(dan)[0]).toContain(`<@${dan}> took it over`)
  expect((await story.thread('QueueAge')).join()).toContain(`<@${dan}> took it and is on it.`)

  await ring('OK')
  expect(direct(dan)[0]).toContain('Quiet again, being watched')
  await story.forward(6)
  expect(direct(dan)[0]).toContain('Over: no decision is needed any more')
  expect(direct(dan)[0]).not.toContain('Take over')
  expect(texts(devChannel)[0]).toContain('✓')
  expect(texts(devChannel)).toHaveLength(1)
  expect(texts(incidentsChannel).filter((text) => !text.includes('nobody has decided'))).toHaveLength(2)
})

it('an owner who went silent is reminded in the thread, three times at most, the last time with the people on call', async () => {
  story = await startStory()
  await ring()
  await story.press('aiko', 'QueueAge', 'Acknowledge')
  const reminders = async () =>
    (await story.thread('QueueAge')).filter((reply) => reply.includes('has been heard of you'))
  await story.forward(14)
  expect(await reminders()).toHaveLength(0)
  await story.forward(1)
  expect(await reminders()).toHaveLength(1)
  expect((await reminders())[0]).toContain('<@U0AIKO00001>')

  // The answer of somebody else is none; the owner's counts from there.
  const thread = story.slack.workspace.replies('C0ALERTS001', (await incident()).message?.ts ?? '')
  const ts = thread.find(({ text }) => text.includes('has been heard of you'))?.ts
  const still = async (user: string) => {
    const answer = await story.http('/slack/click', { user, channel: 'C0ALERTS001', ts, button: 'Still on it' })
    await story.quiet()
    return answer
  }
  expect((await still('ben')).ephemeral?.join()).toContain('Only the owner can say that')
  await still('aiko')
  expect((await story.thread('QueueAge')).join()).toContain('<@U0AIKO00001> is still on it.')
  await story.forward(14)
  expect(await reminders()).toHaveLength(1)
  await story.forward(32)
  expect(await reminders()).toHaveLength(4)
  expect((await reminders())[3]).toContain('<!subteam^S0ONCALL001>')
  await story.forward(60)
  expect(await reminders()).toHaveLength(4)
})

it('Take over by somebody else tells the one who had it', async () => {
  story = await startStory()
  await ring()
  await story.press('aiko', 'QueueAge', 'Acknowledge')
  await story.press('ben', 'QueueAge', 'Take over')
  expect((await story.thread('QueueAge')).join()).toContain('<@U0BEN000001> took it over from <@U0AIKO00001>')
  expect((await story.press('ben', 'QueueAge', 'Take over')).ephemeral?.join()).toContain('You have it already')
})
