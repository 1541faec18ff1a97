import { afterEach, expect, it } from 'vitest'
import { incidentsChannel, type Story, startStory } from '../support/story.ts'
import { breakAws, live, logged, ring, textsIn } from '../support/trouble.ts'

let story: Story
afterEach(() => story.stop())

const management = 'management@crypto-watch.example'
const mails = () => story.cloud.mailbox.list()
const mailed = async (service: string) =>
  (await story.incident(service)).timeline.filter(({ what }) => what === 'mailed').map(({ about }) => about)
/** Two people in a row ask for the next level. */
const askManagement = async () => {
  for (const reason of ['It grows', 'Customers call']) {
    await story.press('aiko', 'QueueAge', 'Escalate')
    await story.submit('aiko', { reason })
  }
}

it('a step to level 3 is a mail to management, once, that names who asked; nobody else gets one', async () => {
  story = await startStory()
  await ring(story, 'QueueAge')
  await story.press('aiko', 'QueueAge', 'Escalate')
  await story.submit('aiko', { reason: 'It grows' })
  expect(mails()).toEqual([])
  await story.press('ben', 'QueueAge', 'Escalate')
  await story.submit('ben', { reason: 'Customers call' })
  expect(mails()).toHaveLength(1)
  const [mail] = mails()
  expect(mail?.to).toEqual([management])
  expect(mail?.subject).toMatch(/^Decision needed: /)
  expect(mail?.body).toContain('because Ben Ortiz asked for you: “Customers call”.')
  expect(mail?.body).toContain('By 23 Nov 2026, 12:15 (Asia/Tokyo), 03:15 UTC. Otherwise you are asked once more')
  expect(await mailed('QueueAge')).toEqual(['level-3 managers'])
  await live(story, 5)
  expect(mails()).toHaveLength(1)
  expect(textsIn(story, incidentsChannel)).toHaveLength(2)
  const shown = await story.http<{ mails: { subject: string }[] }>('/mail')
  expect(shown.mails).toMatchObject([{ subject: mail?.subject }])
})

it('in a Japanese workspace it is Japanese', async () => {
  story = await startStory({ env: { SLACK_LANGUAGE: 'ja' } })
  await ring(story, 'QueueAge')
  for (const reason of ['悪化', '至急']) {
    const { message } = await story.incident('QueueAge')
    const clicked = { user: 'aiko', channel: message?.channel, ts: message?.ts, button: 'エスカレーション' }
    await story.http('/slack/click', clicked)
    await story.quiet()
    await story.submit('aiko', { reason })
  }
  expect(mails()[0]?.subject).toMatch(/^【ご判断のお願い】/)
  expect(mails()[0]?.body).toContain('Aiko Tanaka から依頼がありました：「至急」')
})

it.each(['throttle', 'error', 'hang'] as const)('a mail that ends in "%s" goes out later, once', async (kind) => {
  story = await startStory()
  await ring(story, 'QueueAge')
  breakAws(story, 'sns', 'Publish', kind, 3)
  await askManagement()
  expect(mails()).toHaveLength(1)
  expect(await mailed('QueueAge')).toEqual(['level-3 managers'])
  expect((await story.incident('QueueAge')).pending).toEqual([])
})

it('when the answer is lost the mail goes out once more, and the log says so: twice is better than never', async () => {
  story = await startStory()
  await ring(story, 'QueueAge')
  breakAws(story, 'sns', 'Publish', 'lose-answer', 2)
  await askManagement()
  expect(mails().length).toBeGreaterThan(1)
  expect(new Set(mails().map(({ body }) => body)).size).toBe(1)
  expect(logged(story, 'warn', 'a mail may go out twice')).not.toEqual([])
  expect(await mailed('QueueAge')).toEqual(['level-3 managers'])
})

it('a mail that SNS refuses is counted, keeps nothing waiting, and goes out when it may', async () => {
  story = await startStory()
  await ring(story, 'QueueAge')
  const heal = breakAws(story, 'sns', 'Publish', 'refuse')
  await askManagement()
  expect(mails()).toEqual([])
  expect(logged(story, 'error', 'an effect is refused and tried again later')).not.toEqual([])
  // The line that announces it, and the card.
  expect(textsIn(story, incidentsChannel)).toHaveLength(2)
  heal()
  await live(story, 3)
  expect(mails()).toHaveLength(1)
})

it('without names a mail calls people by what they do', async () => {
  story = await startStory()
  await ring(story, 'QueueAge')
  story.slack.faults.add({ method: 'users.info', kind: 'server-error' })
  await askManagement()
  expect(mails()[0]?.body).toContain('because an on-call engineer asked for you')
})
