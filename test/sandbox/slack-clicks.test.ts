import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { alerts, button, incidentIn, type Started, section, signingSecret, startSlack } from './slack-setup.ts'

let world: Started
let incident: ReturnType<typeof incidentIn>
beforeEach(async () => {
  world = await startSlack()
  incident = incidentIn(world)
})
afterEach(() => world.stop())

describe('a click', () => {
  test('is signed as Slack signs it', async () => {
    await incident.click(await incident.post(), 'Acknowledge')
    const { headers, body } = incident.last()
    const timestamp = headers['x-slack-request-timestamp']
    expect(timestamp).toBe('1795402800')
    const expected = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')
    expect(headers['x-slack-signature']).toBe(`v0=${expected}`)
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded')
  })

  test('carries what Slack sends', async () => {
    const ts = await incident.post()
    expect(await incident.click(ts, 'Acknowledge')).toEqual({ ok: true, status: 200, ephemeral: [] })
    expect(incident.last().payload).toMatchObject({
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
    const ts = await incident.post()
    await incident.click(ts, 'Escalate')
    expect(incident.last().payload.actions).toMatchObject([
      { type: 'overflow', action_id: 'more', selected_option: { value: 'escalate', text: { text: 'Escalate' } } },
    ])
    await incident.click(ts, 'Runbook')
    expect(incident.last().payload.actions).toMatchObject([{ block_id: 'head', action_id: 'runbook' }])
    await incident.click(ts, 'Deep')
    expect(incident.last().payload.actions).toMatchObject([
      { action_id: 'deep', block_id: expect.stringMatching(/.+/) },
    ])
  })

  test('on a button that is not there names those that are', async () => {
    const ts = await incident.post()
    await expect(incident.click(ts, 'Roll back')).rejects.toThrow(
      'There is no button "Roll back" here. The visible buttons are: "Runbook", "Deep", "Acknowledge", "Escalate", "Resolve".',
    )
    await expect(incident.click('1.000000', 'x')).rejects.toThrow('sees no message 1.000000')
    await expect(incident.click(ts, 'Acknowledge', 'zoe')).rejects.toThrow('Nobody here is called "zoe"')
  })

  test('shows what only the clicker got', async () => {
    const ts = await incident.post()
    world.answerWith(async ({ payload }) => {
      const user = (payload.user as { id: string }).id
      await world.client.chat.postEphemeral({ channel: alerts, user, text: 'Only on-call engineers may.' })
      return undefined
    })
    expect(await incident.click(ts, 'Acknowledge', 'Eve Larsen')).toMatchObject({
      ephemeral: ['Only on-call engineers may.'],
    })
  })

  test('on an ephemeral message comes without the message', async () => {
    const ts = await incident.postFor('U0AIKO00001')
    await incident.click(ts, 'Acknowledge')
    expect(incident.last().payload).toMatchObject({ container: { is_ephemeral: true, message_ts: ts } })
    expect(incident.last().payload).not.toHaveProperty('message')
    await expect(incident.click(ts, 'Acknowledge', 'ben')).rejects.toThrow('sees no message')
  })

  test('warns when the app fails, is late, or cannot be reached', async () => {
    const ts = await incident.post()
    world.answerWith(() => ({ status: 500 }))
    expect(await incident.click(ts, 'Acknowledge')).toMatchObject({ ok: false, status: 500, shown: 'warning' })
    world.answerWith(async () => {
      await world.forward(3_001)
      return undefined
    })
    expect(await incident.click(ts, 'Acknowledge')).toMatchObject({
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

test('a slash command is a form, and its answer is shown', async () => {
  world.answerWith(() => ({ body: 'All quiet.' }))
  const seen = await world.slack.command({
    user: 'dan',
    channel: 'crypto-watch-dev',
    command: '/incident',
    text: 'list',
  })
  expect(seen).toEqual({ ok: true, status: 200, ephemeral: ['All quiet.'] })
  expect(incident.last().payload).toMatchObject({
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
  expect(incident.last().headers['content-type']).toBe('application/json')
  expect(incident.last().payload).toMatchObject({
    type: 'event_callback',
    event: { type: 'app_home_opened', tab: 'home' },
  })
  await world.slack.click({ user: 'aiko', view: 'home', button: 'Refresh' })
  expect(incident.last().payload).toMatchObject({
    container: { type: 'view', view_id: seen.home?.id },
    view: { type: 'home' },
  })
})
