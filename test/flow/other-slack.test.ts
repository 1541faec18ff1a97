import { afterEach, expect, it } from 'vitest'
import type { Env } from '../../common/env.ts'
import { fixtureText } from '../support/fixture.ts'
import { startMinimalSlack } from '../support/minimal-slack.ts'
import { alertsChannel, api, type Story, startStory } from '../support/story.ts'

const ids = { alerts: 'C1ALERTS', dev: 'C1DEVELOP', deploys: 'C1DEPLOYS1', incidents: 'C1INCIDENT' }
const una = 'U1UNA'

let slack: Awaited<ReturnType<typeof startMinimalSlack>>
let story: Story
async function start(change: { knowsBlocks?: boolean; env?: Env } = {}) {
  slack = await startMinimalSlack({
    token: 'xoxb-brought',
    signingSecret: 'a brought secret',
    now: () => story.wall.now(),
    channels: {
      'crypto-watch-alerts': ids.alerts,
      'crypto-watch-deploys': ids.deploys,
      'crypto-watch-incidents': ids.incidents,
      developers: ids.dev,
    },
    people: { [una]: 'una', U1EVE: 'eve' },
    knowsBlocks: change.knowsBlocks ?? true,
  })
  story = await startStory({
    env: {
      SLACK_API_URL: slack.url,
      SLACK_BOT_TOKEN: 'xoxb-brought',
      SLACK_SIGNING_SECRET: 'a brought secret',
      SLACK_ONCALL: `U1NOBODY,${una}`,
      SLACK_DEVELOPERS: 'U1DEV',
      SLACK_MANAGERS: 'U1BOSS',
      SLACK_CHANNEL_DEV: ids.dev,
      ...change.env,
    },
  })
}
afterEach(async () => {
  await story.stop()
  await slack?.stop()
})

const events = () => `${story.addresses.bot}/slack/events`
const root = async () => {
  const { message } = await story.incident('api')
  return slack.messages(ids.alerts).find(({ ts }) => ts === message?.ts)
}
const press = async (user: string, button: string) => {
  const answered = await slack.click(events(), { user, channel: ids.alerts, ts: (await root())?.ts ?? '', button })
  await story.quiet()
  return answered
}
const said = (what: string) => story.log.lines.filter(({ message }) => message.includes(what))

it('a bad deployment is rolled back on a Slack without groups, metadata and newer blocks', async () => {
  await start()
  await story.play('bad-deploy')
  expect(JSON.stringify(await root())).toContain('LambdaErrorAlarm')
  expect(story.slack.workspace.messages(alertsChannel)).toEqual([])
  const before = story.cloud.functions.alias(api)

  await press('U1EVE', 'Acknowledge')
  expect(slack.ephemerals('U1EVE').map(({ text }) => text)).toEqual([expect.stringMatching(/may|permi/i)])
  expect((await story.incident('api')).owner).toBeUndefined()
  expect(await press(una, 'Acknowledge')).toEqual({ status: 200, body: '' })
  expect((await story.incident('api')).owner?.user).toBe(una)

  expect(await press(una, 'Roll back')).toEqual({ status: 200, body: '' })
  const to = String(Number(before.version) - 1)
  expect(JSON.stringify(slack.view(una))).toContain(`v${before.version} → v${to}`)
  expect(await slack.submit(events(), una)).toEqual({ status: 200, body: '' })
  await story.quiet()
  expect(story.cloud.functions.alias(api)).toMatchObject({ version: to, weights: {} })

  await story.forward(4)
  expect(JSON.stringify(await root())).toMatch(new RegExp(`Rolled back v${before.version} → v${to} by <@${una}>`))
  await story.forward(6)
  expect((await story.state()).incidents).toMatchObject([{ status: 'resolved', rollback: { status: 'helped' } }])
  expect((await story.state()).queues.deadLetters).toBe(0)

  const texts = slack.messages(ids.alerts).map(({ text }) => text)
  expect(new Set(texts).size).toBe(texts.length)
  // Without links to messages the feed of deployments names the incident.
  const { id } = await story.incident('api')
  const feed = slack.messages(ids.deploys)
  expect(feed).toHaveLength(1)
  expect(JSON.stringify(feed)).toContain(`Incident: \`${id}\`"`)
  // The chart is a newer kind of block. That it cannot be drawn is found out once and said once.
  // How long a request took is told of the machine that runs the test.
  const troubles = story.log.lines
    .filter(({ level }) => level === 'warn' || level === 'error')
    .filter(({ details }) => !('duration' in details))
  expect(troubles.filter(({ details }) => !JSON.stringify(details).includes('chat.getPermalink'))).toMatchObject([
    { message: 'Slack did not do it', details: { method: 'chat.update', code: 'invalid_blocks' } },
    { message: 'Slack refused a block; it is sent again with the oldest kinds of blocks only' },
  ])
})

it('a message whose answer was lost is found again without metadata', async () => {
  await start()
  slack.loseAnswer('chat.postMessage')
  story.cloud.topic.publish(fixtureText('metric-math-alarm'))
  await story.quiet()
  await story.forward(1)
  const { message, pending } = await story.incident('api')
  expect(slack.messages(ids.alerts).filter(({ ts }) => ts === message?.ts)).toHaveLength(1)
  expect(slack.messages(ids.alerts).filter(({ text }) => text.includes('API'))).toHaveLength(1)
  expect(pending.filter(({ effect }) => effect.kind === 'show')).toEqual([])
})

it('a reply whose answer was lost is found in the channel where threads cannot be read', async () => {
  await start()
  await story.play('bad-deploy')
  await press(una, 'Roll back')
  slack.loseAnswer('chat.postMessage')
  await slack.submit(events(), una)
  await story.quiet()
  await story.forward(10)
  const replies = slack.messages(ids.alerts).map(({ text }) => text)
  expect(new Set(replies).size).toBe(replies.length)
  expect((await story.incident('api')).pending).toEqual([])
  expect(said('no threads to read')).toHaveLength(1)
})

it('a page goes to the channel that was set, and names people one by one', async () => {
  await start()
  story.cloud.topic.publish(fixtureText('composite-alarm'))
  await story.quiet()
  await story.forward(61)
  expect(slack.messages(ids.dev).map((message) => JSON.stringify(message))).toEqual([
    expect.stringContaining('<@U1DEV>'),
  ])
})

it('where no block is taken the message arrives as text, and that is said once', async () => {
  await start({ knowsBlocks: false })
  story.cloud.topic.publish(fixtureText('metric-math-alarm'))
  await story.quiet()
  await story.forward(1)
  story.cloud.topic.publish(fixtureText('composite-alarm'))
  await story.quiet()
  const texts = slack.messages(ids.alerts).map(({ text, blocks }) => ({ text, blocks }))
  expect(texts).toContainEqual({ text: expect.stringMatching(/Critical: API errors at/), blocks: [] })
  expect(texts).toContainEqual({ text: expect.stringContaining('checkout-degraded'), blocks: [] })
  expect(said('Slack refused a block')).toHaveLength(1)
  expect(said('sent as text')).toHaveLength(1)
})

it('a group on a Slack without groups permits nobody, and the person is told', async () => {
  await start({ env: { SLACK_ONCALL: 'S0ONCALL001' } })
  story.cloud.topic.publish(fixtureText('metric-math-alarm'))
  await story.quiet()
  expect(await press(una, 'Acknowledge')).toEqual({ status: 200, body: '' })
  expect(slack.ephemerals(una)).toHaveLength(1)
  expect((await story.incident('api')).status).toBe('open')
})

it('tokens brought without another Slack are those of the stand-in', async () => {
  const env = { SLACK_BOT_TOKEN: 'xoxb-mine', SLACK_SIGNING_SECRET: 'a secret of mine', SLACK_APP_TOKEN: '' }
  story = await startStory({ env })
  await story.play('bad-deploy')
  expect(await story.press('aiko', 'api', 'Acknowledge')).toMatchObject({ ok: true, status: 200 })
  expect((await story.incident('api')).owner?.user).toBe('U0AIKO00001')
  expect(story.slack.sockets.connected()).toBe(false)
})
