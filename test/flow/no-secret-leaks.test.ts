import { inspect } from 'node:util'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb'
import { afterEach, expect, it } from 'vitest'
import { alertsChannel, type Story, startStory } from '../support/story.ts'
import { announce, breakAws, live, logged, ring, touchesIncidents } from '../support/trouble.ts'

/** Words that stand in the middle of each secret, so that a part of it would be seen too. */
const marks = ['tokenmark7q2x', 'signmark9z4k']
const botToken = `xoxb-sandbox-${marks[0]}-end`
const signingSecret = `sandbox-${marks[1]}-end`

let story: Story
afterEach(() => story.stop())

const startMarked = () => startStory({ env: { SLACK_BOT_TOKEN: botToken, SLACK_SIGNING_SECRET: signingSecret } })

async function itemsOf(table: string): Promise<unknown[]> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const client = new DynamoDBClient({ endpoint: story.cloud.endpoint, region: 'ap-northeast-1', credentials })
  const items: unknown[] = []
  for await (const page of paginateScan({ client: DynamoDBDocumentClient.from(client) }, { TableName: table })) {
    items.push(...(page.Items ?? []))
  }
  client.destroy()
  return items
}

/** Every place where something may be read or kept, as text. */
async function places(): Promise<Record<string, unknown>> {
  const { cloud, slack, log } = story
  return {
    log: log.lines,
    slack: slack.snapshot(),
    'calls of Slack': slack.calls,
    // What the bot sent to AWS: items written, bodies of queue messages, events of functions.
    'calls of AWS': cloud.calls.list(),
    incidents: await itemsOf(cloud.names.tables.incidents),
    prices: await itemsOf(cloud.names.tables.prices),
    queues: cloud.queues.names().map((name) => cloud.queues.peek(name)),
    cloud: cloud.snapshot(),
    state: await story.state(),
    journal: story.journal.list(),
    room: await story.room.current(),
    settings: story.env,
  }
}

/** Where which mark was found. */
async function leaks(): Promise<string[]> {
  return Object.entries(await places()).flatMap(([place, held]) => {
    // JSON leaves errors out, and a printer cuts long texts: each sees what the other does not.
    const text = `${JSON.stringify(held)}${inspect(held, { depth: null, maxStringLength: null, maxArrayLength: null })}`
    return marks.filter((mark) => text.toLowerCase().includes(mark)).map((mark) => `${place}: ${mark}`)
  })
}

it('the search itself finds a secret in an error, and a part of one in a message', async () => {
  story = await startMarked()
  story.log.warn('planted', { error: new Error(`Bearer ${botToken}`) })
  expect(await leaks()).toEqual(['log: tokenmark7q2x'])
  story.log.lines.length = 0
  expect(await leaks()).toEqual([])
  await story.slack.api('chat.postMessage', { channel: alertsChannel, text: signingSecret.slice(4, 24) })
  expect(await leaks()).toEqual(['slack: signmark9z4k'])
})

it('a rollback from alarm to end shows neither token nor signing secret to anybody', async () => {
  story = await startMarked()
  await story.play('bad-deploy')
  await story.press('aiko', 'api', 'Acknowledge')
  await story.press('eve', 'api', 'Roll back')
  await story.press('aiko', 'api', 'Roll back')
  expect(await leaks()).toEqual([])
  expect(await story.submit('aiko')).toMatchObject({ ok: true })
  await story.forward(10)
  expect((await story.incident('api')).rollback).toMatchObject({ status: 'helped' })
  expect(await leaks()).toEqual([])
})

it.each(['rate-limited', 'server-error', 'hang', 'lose-answer', 'invalid_blocks'] as const)(
  'Slack in trouble ("%s") brings no secret into the log',
  async (kind) => {
    story = await startMarked()
    await ring(story, 'DiskFull')
    story.slack.faults.add({ kind, times: 4 })
    announce(story, 'QueueAge')
    await story.press('aiko', 'DiskFull', 'Acknowledge')
    await story.press('aiko', 'DiskFull', 'Escalate')
    await live(story, 2)
    expect(story.log.lines.some(({ message }) => message === 'Slack did not do it')).toBe(true)
    expect(await leaks()).toEqual([])
  },
)

it('AWS in trouble brings no secret into the log', async () => {
  story = await startMarked()
  await ring(story, 'QueueAge')
  const heal = story.cloud.faults.add({ match: (call) => touchesIncidents(story, call), kind: 'error' })
  breakAws(story, 'secretsmanager', 'GetSecretValue', 'refuse')
  story.wall.jump(6 * 60_000)
  await story.press('aiko', 'QueueAge', 'Acknowledge')
  announce(story, 'DiskFull')
  await live(story, 1)
  heal()
  await live(story, 1)
  expect(logged(story, 'warn', 'the secrets could not be read again')).not.toEqual([])
  expect(await leaks()).toEqual([])
})

it('a token that Slack takes no longer is read again, and neither it nor the new one is shown', async () => {
  story = await startMarked()
  await ring(story, 'QueueAge')
  const revoked = { botToken: `xoxb-revoked-${marks[0]}`, signingSecret }
  story.cloud.secrets.set(story.cloud.names.slackSecret, JSON.stringify(revoked))
  story.wall.jump(6 * 60_000)
  announce(story, 'DiskFull')
  await live(story, 1)
  expect(story.log.lines.some(({ details }) => 'code' in details && details.code === 'invalid_auth')).toBe(true)
  expect(await leaks()).toEqual([])

  story.cloud.secrets.set(story.cloud.names.slackSecret, JSON.stringify({ botToken, signingSecret }))
  await live(story, 2)
  expect(story.rootMessages()).toHaveLength(2)
  expect(await leaks()).toEqual([])
})

it.each([
  ['no JSON', `{"botToken":"${botToken}","signingSecret":"${signingSecret}"`],
  ['another name', JSON.stringify({ token: botToken, signingSecret })],
  ['an empty part', JSON.stringify({ botToken: '', signingSecret })],
])('a secret that is not readable (%s) is told without its text', async (_what, text) => {
  story = await startMarked()
  story.cloud.secrets.set(story.cloud.names.slackSecret, text)
  await ring(story, 'QueueAge')
  expect(story.rootMessages()).toHaveLength(0)
  const said = story.log.lines.filter(({ level }) => level === 'error').map(({ details }) => JSON.stringify(details))
  expect(said.join('\n')).toContain('has to be JSON with botToken and signingSecret')
  expect(await leaks()).toEqual([])
})

it('a request that nobody signed gets an answer that tells nothing', async () => {
  story = await startMarked()
  const timestamp = String(Math.floor(story.wall.now().getTime() / 1000))
  const answers = await Promise.all(
    ['payload={"type":"block_actions"}', 'payload=', '%%%', '{'].map(async (body) => {
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${'0'.repeat(64)}`,
      }
      const answer = await fetch(`${story.addresses.bot}/slack/events`, { method: 'POST', headers, body })
      return { status: answer.status, headers: [...answer.headers], text: await answer.text() }
    }),
  )
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401])
  expect(marks.filter((mark) => JSON.stringify(answers).includes(mark))).toEqual([])
  expect(story.slack.workspace.messages(alertsChannel)).toEqual([])
  expect(await leaks()).toEqual([])
})
