import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  actions,
  alerts,
  botToken,
  button,
  type Received,
  refusal,
  type Started,
  section,
  signingSecret,
  startSlack,
} from './slack-setup.ts'

let world: Started
beforeEach(async () => {
  world = await startSlack()
})
afterEach(() => world.stop())

const option = (text: string) => ({ text: { type: 'plain_text', text }, value: text.toLowerCase() })
const blocks = [
  section('API errors', { block_id: 'head', accessory: button('Runbook') }),
  {
    type: 'container',
    title: { type: 'plain_text', text: 'More' },
    is_collapsible: true,
    child_blocks: [actions(button('Deep'))],
  },
  {
    ...actions(button('Acknowledge', { value: 'open', style: 'primary' }), {
      type: 'overflow',
      action_id: 'more',
      options: [option('Escalate'), option('Resolve')],
    }),
    block_id: 'foot',
  },
]
const post = async () =>
  String((await world.call('chat.postMessage', { channel: alerts, text: 'API errors', blocks })).ts)
const click = (ts: string, label: string, user = 'aiko') =>
  world.slack.click({ user, channel: alerts, ts, button: label })
const last = (): Received => {
  const entry = world.received.at(-1)
  if (!entry) throw new Error('the bot was sent nothing')
  return entry
}

describe('a click', () => {
  test('is signed as Slack signs it', async () => {
    await click(await post(), 'Acknowledge')
    const { headers, body } = last()
    const timestamp = headers['x-slack-request-timestamp']
    expect(timestamp).toBe('1795402800')
    const expected = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')
    expect(headers['x-slack-signature']).toBe(`v0=${expected}`)
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded')
  })

  test('carries what Slack sends', async () => {
    const ts = await post()
    expect(await click(ts, 'Acknowledge')).toEqual({ ok: true, status: 200, ephemeral: [] })
    expect(last().payload).toMatchObject({
      type: 'block_actions',
      user: { id: 'U0AIKO00001', name: 'aiko', team_id: 'T0CRYPTOW01' },
      api_app_id: 'A0CRYPTOW01',
      team: { id: 'T0CRYPTOW01' },
      container: { type: 'message', message_ts: ts, channel_id: alerts, is_ephemeral: false },
      trigger_id: expect.stringMatching(/^\d+\.\d+\.[0-9a-f]{32}$/),
      channel: { id: alerts, name: 'crypto-watch-alerts' },
      message: { ts, text: 'API errors', bot_id: 'B0CRYPTOW01' },
      state: { values: {} },
      response_url: expect.stringContaining('/response/'),
      actions: [
        { type: 'button', action_id: 'acknowledge', block_id: 'foot', value: 'open', action_ts: expect.any(String) },
      ],
    })
  })

  test('finds overflow options, accessories and blocks inside containers', async () => {
    const ts = await post()
    await click(ts, 'Escalate')
    expect(last().payload.actions).toMatchObject([
      { type: 'overflow', action_id: 'more', selected_option: { value: 'escalate', text: { text: 'Escalate' } } },
    ])
    await click(ts, 'Runbook')
    expect(last().payload.actions).toMatchObject([{ block_id: 'head', action_id: 'runbook' }])
    await click(ts, 'Deep')
    expect(last().payload.actions).toMatchObject([{ action_id: 'deep', block_id: expect.stringMatching(/.+/) }])
  })

  test('on a button that is not there names those that are', async () => {
    const ts = await post()
    await expect(click(ts, 'Roll back')).rejects.toThrow(
      'There is no button "Roll back" here. The visible buttons are: "Runbook", "Deep", "Acknowledge", "Escalate", "Resolve".',
    )
    await expect(click('1.000000', 'x')).rejects.toThrow('sees no message 1.000000')
    await expect(click(ts, 'Acknowledge', 'zoe')).rejects.toThrow('Nobody here is called "zoe"')
  })

  test('shows what only the clicker got', async () => {
    const ts = await post()
    world.answerWith(async ({ payload }) => {
      const user = (payload.user as { id: string }).id
      await world.client.chat.postEphemeral({ channel: alerts, user, text: 'Only on-call engineers may.' })
      return undefined
    })
    expect(await click(ts, 'Acknowledge', 'Eve Larsen')).toMatchObject({ ephemeral: ['Only on-call engineers may.'] })
  })

  test('on an ephemeral message comes without the message', async () => {
    const posted = await world.call('chat.postEphemeral', { channel: alerts, user: 'U0AIKO00001', blocks })
    const ts = posted.message_ts as string
    await click(ts, 'Acknowledge')
    expect(last().payload).toMatchObject({ container: { is_ephemeral: true, message_ts: ts } })
    expect(last().payload).not.toHaveProperty('message')
    await expect(click(ts, 'Acknowledge', 'ben')).rejects.toThrow('sees no message')
  })

  test('warns when the app fails, is late, or cannot be reached', async () => {
    const ts = await post()
    world.answerWith(() => ({ status: 500 }))
    expect(await click(ts, 'Acknowledge')).toMatchObject({ ok: false, status: 500, shown: 'warning' })
    world.answerWith(async () => {
      await world.forward(3_001)
      return undefined
    })
    expect(await click(ts, 'Acknowledge')).toMatchObject({
      ok: false,
      shown: 'warning',
      detail: expect.stringContaining('three seconds'),
    })
    const hasty = await startSlack({ answerLimitMs: 30 })
    try {
      hasty.answerWith(() => ({ status: -1 }))
      expect(await hasty.slack.command({ user: 'aiko', channel: alerts, command: '/x' })).toMatchObject({
        ok: false,
        detail: expect.stringContaining('three seconds'),
      })
    } finally {
      await hasty.stop()
    }
    const lonely = await startSlack({ interactivityUrl: 'http://127.0.0.1:1/' })
    try {
      expect(await lonely.slack.openHome({ user: 'aiko' })).toMatchObject({
        ok: false,
        detail: expect.stringContaining('could not be reached'),
      })
    } finally {
      await lonely.stop()
    }
  })
})

describe('the response address', () => {
  const answer = async (body: object) => {
    const response = await fetch(String(last().payload.response_url), { method: 'POST', body: JSON.stringify(body) })
    return [response.status, ((await response.json()) as { error?: string }).error]
  }
  const texts = () => world.slack.workspace.messages(alerts).map(({ text }) => text)

  test('answers the person alone by default, or the channel', async () => {
    await click(await post(), 'Acknowledge')
    expect(await answer({ text: 'just you' })).toEqual([200, undefined])
    expect(world.slack.workspace.ephemerals('U0AIKO00001')).toMatchObject([{ text: 'just you', channel: alerts }])
    await answer({ text: 'everyone', response_type: 'in_channel' })
    expect(texts()).toEqual(['API errors', 'everyone'])
  })

  test('replaces and deletes the original', async () => {
    await click(await post(), 'Acknowledge')
    await answer({ text: 'Acknowledged', replace_original: true })
    expect(texts()).toEqual(['Acknowledged'])
    await answer({ delete_original: true })
    expect(texts()).toEqual([])
    expect(await answer({ delete_original: true })).toEqual([404, 'message_not_found'])
  })

  test('replaces an ephemeral original too', async () => {
    const posted = await world.call('chat.postEphemeral', { channel: alerts, user: 'U0AIKO00001', blocks })
    await click(posted.message_ts as string, 'Acknowledge')
    await answer({ text: 'done', replace_original: true })
    expect(world.slack.workspace.ephemerals('U0AIKO00001').map(({ text }) => text)).toEqual(['done'])
    await answer({ delete_original: true })
    expect(world.slack.workspace.ephemerals('U0AIKO00001')).toEqual([])
  })

  test('works five times, for half an hour, and refuses bad blocks', async () => {
    const ts = await post()
    await click(ts, 'Acknowledge')
    expect(await answer({ blocks: [{ type: 'hologram' }] })).toEqual([400, 'invalid_blocks'])
    for (let use = 2; use <= 5; use++) expect(await answer({ text: `${use}` })).toEqual([200, undefined])
    expect(await answer({ text: 'six' })).toEqual([404, 'used_url'])
    await click(ts, 'Acknowledge')
    await world.forward(30 * 60_000 + 1)
    expect(await answer({ text: 'late' })).toEqual([404, 'expired_url'])
  })
})

describe('a trigger', () => {
  const view = { type: 'modal', title: { type: 'plain_text', text: 'Roll back' }, blocks: [] }
  const open = (trigger_id: unknown) => world.client.apiCall('views.open', { trigger_id, view })

  test('opens one view within three seconds', async () => {
    const ts = await post()
    await click(ts, 'Acknowledge')
    const { trigger_id } = last().payload
    await world.forward(3_000)
    expect(await open(trigger_id)).toMatchObject({ ok: true, view: { type: 'modal', hash: expect.any(String) } })
    expect((await refusal(open(trigger_id))).error).toBe('exchanged_trigger_id')
    await click(ts, 'Acknowledge')
    await world.forward(3_001)
    expect((await refusal(open(last().payload.trigger_id))).error).toBe('expired_trigger_id')
    expect((await refusal(open('made.up'))).error).toBe('invalid_trigger_id')
  })

  test('is not spent by a view that Slack refuses', async () => {
    await click(await post(), 'Acknowledge')
    const { trigger_id } = last().payload
    const wrong = world.client.apiCall('views.open', { trigger_id, view: { ...view, colour: 'red' } })
    expect((await refusal(wrong)).error).toBe('invalid_arguments')
    expect(await open(trigger_id)).toMatchObject({ ok: true })
  })
})

test('a slash command is a form, and its answer is shown', async () => {
  world.answerWith(() => ({ body: 'All quiet.' }))
  const seen = await world.slack.command({
    user: 'dan',
    channel: 'crypto-watch-dev',
    command: '/incident',
    text: 'list',
  })
  expect(seen).toEqual({ ok: true, status: 200, ephemeral: ['All quiet.'] })
  expect(last().payload).toMatchObject({
    command: '/incident',
    text: 'list',
    user_id: 'U0DAN000001',
    channel_name: 'crypto-watch-dev',
    trigger_id: expect.any(String),
  })
  world.answerWith(() => ({ body: { response_type: 'in_channel', text: 'Two are open.' } }))
  await world.slack.command({ user: 'dan', channel: alerts, command: '/incident' })
  expect(world.slack.workspace.messages(alerts)).toMatchObject([{ text: 'Two are open.', user: world.slack.botId }])
})

test('the Home tab is an event, and its buttons work', async () => {
  world.answerWith(async ({ payload }) => {
    const { event } = payload as { event?: { user: string } }
    const view = { type: 'home', blocks: [section('Nothing burns', { accessory: button('Refresh') })] }
    if (event) await world.client.apiCall('views.publish', { user_id: event.user, view })
    return undefined
  })
  const seen = await world.slack.openHome({ user: 'aiko' })
  expect(seen.home).toMatchObject({ type: 'home' })
  expect(last().headers['content-type']).toBe('application/json')
  expect(last().payload).toMatchObject({ type: 'event_callback', event: { type: 'app_home_opened', tab: 'home' } })
  await world.slack.click({ user: 'aiko', view: 'home', button: 'Refresh' })
  expect(last().payload).toMatchObject({ container: { type: 'view', view_id: seen.home?.id }, view: { type: 'home' } })
})

describe('over HTTP, for scripts', () => {
  const send = async (path: string, body: unknown) => {
    const response = await fetch(`${world.baseUrl}/_sandbox/slack/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${botToken}` },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    return { status: response.status, ...((await response.json()) as object) }
  }

  test('people and channels may be named, and answers are what Slack would show', async () => {
    const ts = await post()
    const done = await send('click', { user: 'aiko', channel: 'crypto-watch-alerts', ts, button: 'Acknowledge' })
    expect(done).toMatchObject({ ok: true, status: 200, ephemeral: [] })
    const view = await fetch(`${world.baseUrl}/_sandbox/slack/view?user=aiko`)
    expect(await view.json()).toEqual({ view: null })
  })

  test('what cannot be done is a 400 with a sentence', async () => {
    const ts = await post()
    const press = (body: unknown) => send('click', body)
    expect(await press('{')).toMatchObject({ status: 400, error: expect.stringContaining('not JSON') })
    expect(await press({ user: 'aiko' })).toMatchObject({
      status: 400,
      error: expect.stringContaining('send {user, channel, ts, button}'),
    })
    expect(await press({ user: 'aiko', channel: alerts, ts, button: 'Explode' })).toMatchObject({
      status: 400,
      error: expect.stringContaining('The visible buttons are'),
    })
    expect(await send('submit', { user: 'aiko' })).toMatchObject({
      status: 400,
      error: expect.stringContaining('no modal open'),
    })
    expect(await send('command', { user: 'aiko', channel: alerts, command: 'x' })).toMatchObject({ status: 400 })
    expect(await send('close', { user: 'aiko' })).toMatchObject({ status: 400 })
    const nobody = await fetch(`${world.baseUrl}/_sandbox/slack/view`)
    expect(nobody.status).toBe(400)
    world.slack.setDown(true)
    expect(await press({ user: 'aiko', channel: alerts, ts, button: 'Acknowledge' })).toMatchObject({ status: 503 })
  })
})
