import { afterAll, beforeAll, expect, it } from 'vitest'
import { fixture, fixtureText } from '../support/fixture.ts'
import { type Story, startStory } from '../support/story.ts'

let story: Story
beforeAll(async () => {
  story = await startStory()
})
afterAll(() => story.stop())

const call = async (base: string, path: string, body?: string, method = 'POST') => {
  const answer = await fetch(`${base}${path}`, { method, ...(body !== undefined && { body }) })
  const text = await answer.text()
  return { status: answer.status, said: (JSON.parse(text) as { error?: string }).error ?? '' }
}
const sentence = /^\S+ .{12,}\.$/s

it('an SNS envelope with an unreadable message ends in the dead letters, and nothing else happens', async () => {
  const sns = (envelope: object) => call(story.addresses.bot, '/sns', JSON.stringify(envelope))
  expect(await sns(fixture('sns-envelope', { Message: '{"AlarmName": 4' }))).toMatchObject({ status: 202 })
  await story.quiet(600_000)
  const state = await story.state()
  expect(state.queues).toEqual({ alarms: 0, sender: 0, worker: 0, evidence: 0, remedy: 0, mailer: 0, deadLetters: 1 })
  expect(state.incidents).toEqual([])
  expect(story.slack.calls).toEqual([])

  expect(await sns(fixture('sns-envelope', { Message: fixtureText('ec2-state-change') }))).toMatchObject({
    status: 202,
  })
  await story.quiet(600_000)
  expect(await story.state()).toMatchObject({ incidents: [], queues: { alarms: 0, deadLetters: 1 } })
})

it.each([
  ['not JSON', 'Type=Notification'],
  ['nothing', ''],
  ['a list', '[]'],
  ['a number', '7'],
  ['no type', '{"Message":"x"}'],
  ['no message', '{"Type":"Notification"}'],
  ['a message that is no text', '{"Type":"Notification","Message":{}}'],
])('/sns refuses %s with a sentence', async (_what, body) => {
  const before = (await story.state()).queues
  expect(await call(story.addresses.bot, '/sns', body)).toEqual({
    status: 400,
    said: 'Send an SNS notification: JSON with "Type": "Notification" and "Message".',
  })
  expect((await story.state()).queues).toEqual(before)
})

it('/sns refuses what no queue would take, and does not answer a subscription', async () => {
  const huge = JSON.stringify(fixture('sns-envelope', { Message: 'x'.repeat(2_000_000) }))
  expect(await call(story.addresses.bot, '/sns', huge)).toMatchObject({
    status: 413,
    said: expect.stringMatching(sentence),
  })
  const subscription = JSON.stringify(fixture('sns-envelope', { Type: 'SubscriptionConfirmation' }))
  const answer = await fetch(`${story.addresses.bot}/sns`, { method: 'POST', body: subscription })
  expect(await answer.json()).toEqual({ ignored: 'SubscriptionConfirmation needs no answer here.' })
})

it('the bot names its two addresses where there is nothing', async () => {
  for (const [path, method] of [
    ['/', 'GET'],
    ['/slack/events', 'GET'],
    ['/slack', 'POST'],
  ] as const) {
    const answer = await call(story.addresses.bot, path, undefined, method)
    expect(answer).toEqual({ status: 404, said: 'The bot answers POST /slack/events and POST /sns.' })
  }
})

it.each([
  ['/clock', ''],
  ['/clock', 'speed=1'],
  ['/clock', 'null'],
  ['/clock', '{}'],
  ['/clock', '{"speed":-1}'],
  ['/clock', '{"speed":"fast"}'],
  ['/clock', '{"speed":1e999}'],
  ['/clock', '{"forward_s":0}'],
  ['/clock', '{"forward_s":-60}'],
  ['/clock', '{"forward_s":99999999}'],
  ['/clock', '{"speed":1,"forward_s":60}'],
  ['/slack/click', ''],
  ['/slack/click', '[]'],
  ['/slack/click', '{"user":"aiko"}'],
  ['/slack/click', '{"user":"nobody","channel":"C0ALERTS001","ts":"1","button":"Acknowledge"}'],
  ['/slack/click', '{"user":"aiko","channel":"nowhere","ts":"1","button":"Acknowledge"}'],
  ['/slack/click', '{"user":"aiko","channel":"C0ALERTS001","ts":"1","button":"Acknowledge"}'],
  ['/slack/click', '{"user":"aiko","view":true,"button":"Acknowledge"}'],
  ['/slack/submit', '{'],
  ['/slack/submit', '{}'],
  ['/slack/submit', '{"user":"aiko"}'],
  ['/slack/submit', '{"user":"aiko","values":[]}'],
  ['/slack/command', '{"user":"aiko"}'],
  ['/slack/close', '{"user":"aiko"}'],
  ['/slack/down', '{"down":"yes"}'],
  ['/slack/down', ''],
])('%s refuses %s with a sentence', async (path, body) => {
  const before = await story.state()
  const answer = await call(story.addresses.workspace, `/_sandbox${path}`, body)
  expect(answer).toEqual({ status: 400, said: expect.stringMatching(sentence) })
  expect(await story.state()).toEqual(before)
})

it('a modal is asked for by a person who exists', async () => {
  for (const query of ['', '?user=', '?user=nobody']) {
    const answer = await call(story.addresses.workspace, `/_sandbox/slack/view${query}`, undefined, 'GET')
    expect(answer).toEqual({ status: 400, said: expect.stringMatching(sentence) })
  }
})

it('a scenario that does not exist is a 404 that names the others', async () => {
  const answer = await call(story.addresses.workspace, '/_sandbox/scenarios/x')
  expect(answer).toEqual({ status: 404, said: expect.stringContaining('There are: bad-deploy, canary-caught') })
})

it('an address that does not exist is a 404 with a sentence', async () => {
  for (const path of ['/_sandbox/nothing', '/_sandbox/slack/nothing', '/nowhere']) {
    const answer = await call(story.addresses.workspace, path)
    expect(answer).toEqual({ status: 404, said: expect.stringMatching(sentence) })
  }
})
