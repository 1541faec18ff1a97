import { afterEach, expect, it } from 'vitest'
import { devChannel, incidentsChannel, type Story, startStory } from '../support/story.ts'
import { announce, live, ring, saidTwice, textsIn } from '../support/trouble.ts'

let story: Story
afterEach(async () => {
  expect(saidTwice(story)).toEqual([])
  await story.stop()
})

const oncall = 'on-call@crypto-watch.example'
const management = 'management@crypto-watch.example'
const mails = (to: string) => story.cloud.mailbox.list().filter((mail) => mail.to.includes(to))
const happened = async (service: string) => (await story.incident(service)).timeline.map(({ what }) => what)
/** Slack answers nothing that is posted; a scenario would take it back up when it begins. */
const silence = () => story.slack.faults.add({ method: /^chat\./, kind: 'server-error' })

it('half an hour without Slack: mail says what it would have said, once, and then Slack says it all in order', async () => {
  story = await startStory()
  silence()
  await story.play('bad-deploy')
  await live(story, 3)
  const [first] = mails(oncall)
  expect(mails(oncall)).toHaveLength(1)
  expect(first?.subject).toMatch(/^\[Critical\] API errors at .+ - Slack is away$/)
  expect(first?.body).toContain(
    'Slack does not take our messages. They wait since 23 Nov 2026, 12:12 (Asia/Tokyo), 03:12 UTC.',
  )
  expect(first?.body).toContain('Owner: nobody yet')
  expect(first?.body).toContain('Next: goes to the developers 23 Nov 2026, 12:27')
  expect(first?.body).toContain(`State of the service: ${story.addresses.prices}/status`)
  expect(first?.body).toContain('aws lambda update-alias --function-name crypto-watch-api-function')
  expect(first?.body).not.toMatch(/[<>*`]|&lt;/)

  await live(story, 30)
  expect(mails(oncall).map(({ subject }) => subject.replace(/\d[\d.]* %, /, ''))).toEqual([
    expect.stringMatching(/^\[Critical\] API errors/),
    expect.stringMatching(/^\[Critical\] Now with the developers: API errors/),
  ])
  expect(mails(oncall)[1]?.body).toContain('because nobody acknowledged within 15 minutes. Slack does not reach them')
  expect(mails(management)).toEqual([])
  expect(story.rootMessages()).toHaveLength(0)

  story.slack.faults.clear()
  await live(story, 20)
  const incident = await story.incident('api')
  expect(incident.pending).toEqual([])
  expect(incident.slackAway).toBeUndefined()
  expect(story.rootMessages()).toHaveLength(1)
  expect(textsIn(story, devChannel)).toHaveLength(1)
  expect((await story.thread('api'))[0]).toContain('Escalated to')
  const told = (await happened('api')).filter((what) => ['slack-away', 'slack-back', 'mailed'].includes(what))
  expect(told).toEqual(['slack-away', 'mailed', 'mailed', 'slack-back'])
  expect(mails(oncall)).toHaveLength(2)
}, 120_000)

it('an incident that Slack knows already: a later step comes by mail to both, and once', async () => {
  story = await startStory()
  story.cloud.traffic.setRequestsPerMinute(0)
  await ring(story, 'QueueAge')
  await story.press('aiko', 'QueueAge', 'Escalate')
  await story.submit('aiko', { reason: 'It grows' })
  await story.sandboxForward(57 * 60)
  await story.quiet()
  story.setSlackDown(true)
  await live(story, 2)
  // Nothing new had to be said, so nobody knew that Slack was away.
  expect(story.cloud.mailbox.list()).toEqual([])
  await live(story, 4)
  expect(mails(management)[0]?.subject).toMatch(/^Decision needed: /)
  expect(mails(management)[1]?.subject).toMatch(/^\[High\] Alarm QueueAge.* - Slack is away$/)
  expect(mails(oncall).map(({ subject }) => subject)).toEqual([mails(management)[1]?.subject])

  story.setSlackDown(false)
  await live(story, 4)
  expect(textsIn(story, devChannel)).toHaveLength(1)
  expect(textsIn(story, incidentsChannel)).toHaveLength(2)
  expect(await story.thread('QueueAge')).toHaveLength(2)
  expect((await story.incident('QueueAge')).pending).toEqual([])
  expect((await happened('QueueAge')).at(-1)).toBe('slack-back')
  expect(mails(oncall)).toHaveLength(1)
  expect(mails(management)).toHaveLength(2)
}, 120_000)

it('Slack away from 04:40 to 05:10, and level 3 at 05:00: mails come in time, then all is said once and in order', async () => {
  story = await startStory()
  story.cloud.traffic.setRequestsPerMinute(0)
  // High: with the developers at 04:00, and an hour later with management.
  announce(story, 'One-errors', 'ALARM', 'api')
  await story.quiet()
  await story.sandboxForward(100 * 60)
  await story.quiet()
  expect(textsIn(story, devChannel)).toHaveLength(1)
  const before = (await story.thread('api')).length

  story.setSlackDown(true)
  await live(story, 5)
  // 04:45: the first thing that Slack would have to say.
  announce(story, 'Two-errors', 'ALARM', 'api')
  await story.cloud.queues.settle()
  await live(story, 1)
  expect(mails(oncall)).toEqual([])
  await live(story, 1)
  expect(mails(oncall)).toHaveLength(1)
  await live(story, 13)
  expect(mails(management)[0]?.subject).toMatch(/^Decision needed: /)
  expect((await story.incident('api')).escalation).toMatchObject({ level: 3, since: '2026-11-23T05:00:00.000Z' })
  await live(story, 10)
  expect(await story.thread('api')).toHaveLength(before)
  expect(textsIn(story, incidentsChannel)).toHaveLength(1)

  story.setSlackDown(false)
  await live(story, 10)
  const { timeline, pending, slackAway } = await story.incident('api')
  expect({ pending, slackAway }).toEqual({ pending: [], slackAway: undefined })
  expect((await story.thread('api')).slice(before)).toEqual([
    expect.stringContaining('Another alarm joined: Alarm Two-errors'),
    expect.stringContaining('Escalated to management'),
  ])
  expect(textsIn(story, incidentsChannel)).toEqual([
    expect.stringContaining('One-errors'),
    expect.stringContaining('Your decision is needed'),
  ])
  // Each audience has a queue of its own, so that only the order within one is certain.
  expect(mails(oncall).map(({ subject }) => subject)).toEqual([
    expect.stringMatching(/^\[High\] Alarm One-errors .* - Slack is away$/),
    expect.stringMatching(/^\[High\] Now with management: .* - Slack is away$/),
  ])
  expect(mails(management).map(({ subject }) => subject)).toEqual([expect.stringMatching(/^Decision needed: /)])
  // What happens within one minute is told in the order of its names.
  const record = timeline.map(({ at, what, about = '' }) => `${at.slice(11, 19)} ${what} ${about}`).toSorted()
  expect(record).toEqual([
    '03:00:00 alarm-fired One-errors',
    '04:00:00 escalated level 2: not-acknowledged',
    '04:45:00 alarm-fired Two-errors',
    '04:47:00 mailed slack-away oncall',
    '04:47:00 slack-away 2026-11-23T04:45:00.000Z',
    '05:00:00 escalated level 3: level-2-lasts',
    '05:00:00 mailed level-3 managers',
    '05:00:00 mailed slack-away-news oncall',
    '05:11:00 slack-back 2026-11-23T04:45:00.000Z',
    '05:15:00 asked-again ',
  ])
}, 120_000)

it('a storm of forty while Slack is away is one mail that tells of the others', async () => {
  story = await startStory()
  story.cloud.traffic.setRequestsPerMinute(0)
  story.setSlackDown(true)
  for (let index = 0; index < 40; index += 1) announce(story, `Queue-${index}`)
  await live(story, 4)
  expect(mails(oncall)).toHaveLength(1)
  expect(mails(oncall)[0]?.subject).toContain('(and 39 more)')
  expect(mails(oncall)[0]?.body).toContain('and 29 more')
  story.setSlackDown(false)
  await live(story, 8)
  expect(story.rootMessages()).toHaveLength(40)
  expect(mails(oncall)).toHaveLength(1)
}, 120_000)

it('while Slack works a storm is a long row and no outage: no mail', async () => {
  story = await startStory()
  story.cloud.traffic.setRequestsPerMinute(0)
  for (let index = 0; index < 40; index += 1) announce(story, `Queue-${index}`)
  await live(story, 4)
  expect(story.rootMessages()).toHaveLength(40)
  expect(story.cloud.mailbox.list()).toEqual([])
}, 120_000)
