import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { LogLevel, WebClient } from '@slack/web-api'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startMinimalSlack } from '../support/minimal-slack.ts'
import { actions, button, refusal, section } from './slack-setup.ts'

type Slack = Awaited<ReturnType<typeof startMinimalSlack>>

let slack: Slack
let client: WebClient
const received: { body: string; signature: unknown; timestamp: unknown }[] = []
const app = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request) body += chunk
  const { 'x-slack-signature': signature, 'x-slack-request-timestamp': timestamp } = request.headers
  received.push({ body, signature, timestamp })
  response.end()
})
const appUrl = () => `http://127.0.0.1:${(app.address() as AddressInfo).port}/`
const payload = () => JSON.parse(new URLSearchParams(received.at(-1)?.body).get('payload') ?? '{}')

beforeEach(async () => {
  received.length = 0
  slack = await startMinimalSlack({
    token: 'xoxb-minimal',
    signingSecret: 'hush',
    now: () => new Date('2026-11-23T03:00:00Z'),
    channels: { alerts: 'C1' },
    people: { U1: 'una' },
  })
  const options = { slackApiUrl: slack.url, retryConfig: { retries: 0 }, logLevel: LogLevel.ERROR }
  client = new WebClient('xoxb-minimal', options)
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  await slack.stop()
  app.closeAllConnections()
  await new Promise((resolve) => app.close(resolve))
})

const post = (...blocks: object[]) => client.apiCall('chat.postMessage', { channel: '#alerts', text: 'x', blocks })

test('has the few methods of its kind and no others', async () => {
  expect(await client.auth.test()).toMatchObject({ user_id: 'BOT' })
  expect((await client.conversations.list()).channels).toMatchObject([{ id: 'C1', name: 'alerts' }])
  expect((await client.users.info({ user: 'U1' })).user).toMatchObject({ name: 'una' })
  expect((await refusal(client.usergroups.list())).error).toBe('unknown_method')
  expect((await refusal(client.conversations.replies({ channel: 'C1', ts: '1' }))).error).toBe('unknown_method')
})

test('forgets metadata and refuses newer blocks', async () => {
  const metadata = { event_type: 'e', event_payload: { id: '1' } }
  await client.chat.postMessage({ channel: 'C1', text: 'kept', metadata })
  const { messages } = await client.conversations.history({ channel: 'C1', include_all_metadata: true })
  expect(messages).toMatchObject([{ text: 'kept' }])
  expect(messages?.[0]).not.toHaveProperty('metadata')
  for (const type of ['data_visualization', 'container', 'rich_text', 'image', 'table']) {
    expect((await refusal(post({ type }))).error).toBe('invalid_blocks')
  }
})

test('sends signed clicks and submissions', async () => {
  const { ts } = Object(await post(section('x', { accessory: button('Side') }), actions(button('Go', { value: 'v' }))))
  expect(await slack.click(appUrl(), { user: 'U1', channel: 'C1', ts, button: 'Go' })).toMatchObject({ status: 200 })
  const { body, signature, timestamp } = received.at(-1) ?? {}
  expect(signature).toBe(`v0=${createHmac('sha256', 'hush').update(`v0:${timestamp}:${body}`).digest('hex')}`)
  expect(payload()).toMatchObject({
    type: 'block_actions',
    user: { id: 'U1' },
    actions: [{ action_id: 'go', value: 'v' }],
  })

  const input = { type: 'input', block_id: 'why', element: { type: 'plain_text_input', action_id: 'text' } }
  const view = { type: 'modal', blocks: [input] }
  const opened = await client.apiCall('views.open', { trigger_id: payload().trigger_id, view })
  const { id, hash } = Object(opened).view
  await client.apiCall('views.update', { view_id: id, hash, view })
  expect((await refusal(client.apiCall('views.update', { view_id: id, hash, view }))).error).toBe('hash_conflict')
  await slack.submit(appUrl(), 'U1', { why: 'errors' })
  expect(payload()).toMatchObject({
    type: 'view_submission',
    view: { state: { values: { why: { text: { value: 'errors' } } } } },
  })
  expect(slack.view('U1')).toBeUndefined()
  await expect(slack.click(appUrl(), { user: 'U1', channel: 'C1', ts, button: 'Side' })).resolves.toMatchObject({
    status: 200,
  })
  await expect(slack.click(appUrl(), { user: 'U1', channel: 'C1', ts, button: 'Stop' })).rejects.toThrow(
    'no button "Stop"',
  )
})

test('edits messages and shows some to one person only', async () => {
  const { ts } = Object(await post(section('before')))
  await client.chat.update({ channel: 'C1', ts, text: 'after' })
  await client.chat.postEphemeral({ channel: 'C1', user: 'U1', text: 'for you' })
  expect(slack.messages('C1').map(({ text }) => text)).toEqual(['after'])
  expect(slack.ephemerals('U1').map(({ text }) => text)).toEqual(['for you'])
})
