import { createRequire } from 'node:module'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { actions, alerts, appToken, button, refusal, type Started, startSlack } from './slack-setup.ts'

// The client comes with Bolt, so it is found from there.
const fromBolt = createRequire(createRequire(import.meta.url).resolve('@slack/bolt'))
const { SocketModeClient } = fromBolt('@slack/socket-mode') as typeof import('@slack/socket-mode')

type Envelope = {
  ack: (answer?: object) => Promise<void>
  body: Record<string, unknown>
  accepts_response_payload: boolean
}

let world: Started
let client: InstanceType<typeof SocketModeClient>
beforeEach(async () => {
  world = await startSlack()
  client = new SocketModeClient({
    appToken,
    clientOptions: world.clientOptions,
    logger: world.clientOptions.logger as never,
  })
  await client.start()
})
afterEach(async () => {
  await client.disconnect()
  await world.stop()
})

const post = async () =>
  String((await world.call('chat.postMessage', { channel: alerts, text: 'x', blocks: [actions(button('Go'))] })).ts)

test('a click comes over the socket, and not over HTTP', async () => {
  expect(world.slack.sockets.connected()).toBe(true)
  const envelopes: Envelope[] = []
  client.on('interactive', async (envelope: Envelope) => {
    envelopes.push(envelope)
    await envelope.ack()
  })
  const seen = await world.slack.click({ user: 'aiko', channel: alerts, ts: await post(), button: 'Go' })
  expect(seen).toMatchObject({ ok: true, status: 200 })
  expect(envelopes).toMatchObject([{ body: { type: 'block_actions' }, accepts_response_payload: false }])
  expect(world.received).toEqual([])
})

test('a modal opened and submitted over the socket follows the acknowledgement', async () => {
  const plain = (text: string) => ({ type: 'plain_text', text })
  client.on('slash_commands', async ({ ack, body }: Envelope) => {
    const view = { type: 'modal', title: plain('t'), submit: plain('s'), blocks: [{ type: 'divider' }] }
    await world.client.apiCall('views.open', { trigger_id: body.trigger_id, view })
    await ack({ text: 'opened' })
  })
  client.on('interactive', ({ ack }: Envelope) => ack({ response_action: 'clear' }))
  const opened = await world.slack.command({ user: 'ben', channel: alerts, command: '/x' })
  expect(opened).toMatchObject({ ok: true, ephemeral: ['opened'], view: { type: 'modal' } })
  expect(await world.slack.submit({ user: 'ben' })).toMatchObject({ ok: true, response_action: 'clear' })
})

test('events come as events', async () => {
  const types: unknown[] = []
  client.on('app_home_opened', async ({ ack, event }: Envelope & { event: { tab: string } }) => {
    types.push(event.tab)
    await ack()
  })
  expect(await world.slack.openHome({ user: 'aiko' })).toMatchObject({ ok: true })
  expect(types).toEqual(['home'])
})

test('a socket needs the app token, and its address works once', async () => {
  expect((await refusal(world.client.apiCall('apps.connections.open'))).error).toBe('not_allowed_token_type')
  const { url } = (await world.slack.api('apps.connections.open')) as { url: string }
  expect(url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/link\/\?ticket=/)
})
