import { afterEach, expect, it } from 'vitest'
import { devChannel, incidentsChannel, type Story, startStory } from '../support/story.ts'
import { announce, breakAws, live, logged, saidTwice, textsIn } from '../support/trouble.ts'

let story: Story
afterEach(async () => {
  expect(saidTwice(story)).toEqual([])
  await story.stop()
})

const oncall = 'on-call@crypto-watch.example'
const management = 'management@crypto-watch.example'
const mails = (to?: string) => story.cloud.mailbox.list().filter((mail) => to === undefined || mail.to.includes(to))
const happened = async (service: string) => (await story.incident(service)).timeline.map(({ what }) => what)

it('half an hour without Slack: mail says what it would have said, once, and then Slack says it all in order', async () => {
  story = await startStory()
  story.slack.faults.add({ method: /^chat\./, kind: 'server-error' })
  await story.play('bad-deploy')
  await live(story, 3)
  const [first] = mails(oncall)
  expect(mails()).toHaveLength(1)
  expect(first?.subject).toMatch(/^\[Critical\] .+ - Slack is away$/)
  expect(first?.body).toContain('Slack does not take our messages. They wait since 23 Nov 2026, 12:')
  expect(first?.body).toContain('(Asia/Tokyo), 03:')
  expect(first?.body).toContain('Owner: nobody yet')
  expect(first?.body).toMatch(/Next: goes to the developers 23 Nov 2026, 12:\d\d/)
  expect(first?.body).toContain('/status')
  expect(first?.body).toContain('aws lambda update-alias --function-name crypto-watch-api-function')
  expect(first?.body).not.toMatch(/[<>*`]|&lt;/)
  console.log(first?.subject, '\n', first?.body)

  await live(story, 30)
  expect(mails(oncall).length).toBeGreaterThan(1)
  console.log(
    mails()
      .map(({ subject, at, to }) => `${at} ${to} ${subject}`)
      .join('\n'),
  )
  console.log(mails(oncall)[1]?.body)
  expect(mails(oncall)[1]?.body).toContain('New: it went to the developers')
  expect(story.rootMessages()).toHaveLength(0)
  const written = mails().length

  story.slack.faults.clear()
  await live(story, 20)
  const incident = await story.incident('api')
  expect(incident.pending).toEqual([])
  expect(incident.slackAway).toBeUndefined()
  expect(story.rootMessages().length).toBeGreaterThan(0)
  expect(textsIn(story, devChannel)).toHaveLength(1)
  const told = await happened('api')
  expect(told.filter((what) => what === 'slack-away' || what === 'slack-back')).toEqual(['slack-away', 'slack-back'])
  expect(told).toContain('mailed')
  expect(mails().length).toBe(written)
})
