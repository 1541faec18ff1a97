import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { alerts, button, type Started, section, startSlack } from './slack-setup.ts'

let world: Started
beforeEach(async () => {
  world = await startSlack()
})
afterEach(() => world.stop())

const plain = (text: string) => ({ type: 'plain_text', text })
const option = (text: string) => ({ text: plain(text), value: text.toLowerCase() })
const blocks = [
  {
    type: 'actions',
    block_id: 'foot',
    elements: [
      button('Look'),
      button('Look', { action_id: 'look-again', value: 'again' }),
      { type: 'overflow', action_id: 'more', options: [option('Escalate'), option('Resolve')] },
      { type: 'checkboxes', action_id: 'any', options: [option('Read'), option('Told')] },
      { type: 'radio_buttons', action_id: 'one', options: [option('Fast'), option('Safe')] },
    ],
  },
  section('Who?', { block_id: 'side', accessory: { type: 'users_select', action_id: 'who' } }),
]

const post = async () => String((await world.call('chat.postMessage', { channel: alerts, text: 'x', blocks })).ts)
const press = (ts: string, block_id: string, action_id: string, value?: string | string[] | null) =>
  world.slack.click({ user: 'aiko', channel: alerts, ts, block_id, action_id, value })
const last = () => world.received.at(-1)?.payload

describe('a click by ids', () => {
  test('presses one of two buttons with the same text', async () => {
    const ts = await post()
    await expect(world.slack.click({ user: 'aiko', channel: alerts, ts, button: 'Look' })).rejects.toThrow('not clear')
    expect(await press(ts, 'foot', 'look-again')).toMatchObject({ ok: true })
    expect(last()).toMatchObject({ actions: [{ type: 'button', action_id: 'look-again', value: 'again' }] })
  })

  test('carries what was chosen, and the state after it, as Slack does', async () => {
    const ts = await post()
    await press(ts, 'foot', 'more', 'resolve')
    expect(last()).toMatchObject({ actions: [{ type: 'overflow', selected_option: option('Resolve') }] })
    await press(ts, 'foot', 'any', ['told', 'read'])
    expect(last()).toMatchObject({
      actions: [{ type: 'checkboxes', block_id: 'foot', selected_options: [option('Read'), option('Told')] }],
      state: { values: { foot: { any: { selected_options: [option('Read'), option('Told')] } } } },
    })
    await press(ts, 'foot', 'any', [])
    expect(last()).toMatchObject({ actions: [{ type: 'checkboxes', selected_options: [] }] })
    await press(ts, 'foot', 'one', 'safe')
    expect(last()).toMatchObject({
      actions: [{ type: 'radio_buttons', selected_option: option('Safe') }],
      state: { values: { foot: { one: { selected_option: option('Safe') } } } },
    })
    await press(ts, 'side', 'who', 'U0BEN000001')
    expect(last()).toMatchObject({
      actions: [{ type: 'users_select', action_id: 'who', selected_user: 'U0BEN000001' }],
      state: { values: { side: { who: { type: 'users_select', selected_user: 'U0BEN000001' } } } },
    })
  })

  test('on what is not there, or with what cannot be chosen, says so', async () => {
    const ts = await post()
    await expect(press(ts, 'foot', 'gone')).rejects.toThrow('There are: "foot" / "look"')
    await expect(press(ts, 'foot', 'look', 'x')).rejects.toThrow('"look" takes no value, but was given "x"')
    await expect(press(ts, 'foot', 'more')).rejects.toThrow('takes the value of one of its options')
    await expect(press(ts, 'foot', 'one', 'slow')).rejects.toThrow('takes the value of one of its options')
    await expect(press(ts, 'foot', 'any', ['read', 'x'])).rejects.toThrow('takes a list of values of its options')
    await expect(press(ts, 'side', 'who', 'zoe')).rejects.toThrow('takes the id of a person')
  })
})

test('a click in a modal tells the app what was typed so far', async () => {
  const form = {
    type: 'modal',
    title: plain('Roll back'),
    submit: plain('Do it'),
    blocks: [
      { type: 'input', block_id: 'why', label: plain('Why'), element: { type: 'plain_text_input', action_id: 'text' } },
      {
        type: 'input',
        block_id: 'name',
        label: plain('Name'),
        dispatch_action: true,
        element: { type: 'plain_text_input', action_id: 'text' },
      },
      { type: 'actions', block_id: 'foot', elements: [button('Look')] },
      {
        type: 'actions',
        block_id: 'two',
        elements: [
          { type: 'static_select', action_id: 'from', options: [option('A')] },
          { type: 'static_select', action_id: 'to', options: [option('B')] },
        ],
      },
    ],
  }
  world.answerWith(async ({ payload }) => {
    await world.client.apiCall('views.open', { trigger_id: payload.trigger_id, view: form })
    return undefined
  })
  await world.slack.command({ user: 'aiko', channel: alerts, command: '/rollback' })
  world.answerWith(() => undefined)
  const inModal = { user: 'aiko', view: true } as const
  const values = { why: 'it hurts', 'two/to': 'b' }
  await world.slack.click({ ...inModal, block_id: 'foot', action_id: 'look', values })
  expect(last()).toMatchObject({
    actions: [{ action_id: 'look' }],
    view: {
      state: {
        values: {
          why: { text: { value: 'it hurts' } },
          two: { from: { selected_option: null }, to: { selected_option: option('B') } },
        },
      },
    },
  })
  // What was typed stays typed, and what was just used holds its value.
  await world.slack.click({ ...inModal, block_id: 'two', action_id: 'from', value: 'a' })
  expect(last()).toMatchObject({
    view: {
      state: { values: { why: { text: { value: 'it hurts' } }, two: { from: { selected_option: option('A') } } } },
    },
  })
  await world.slack.click({ ...inModal, block_id: 'name', action_id: 'text', value: 'api' })
  expect(last()).toMatchObject({ actions: [{ type: 'plain_text_input', value: 'api' }] })
  // An input that did not ask for it tells nothing before the submission.
  await expect(world.slack.click({ ...inModal, block_id: 'why', action_id: 'text', value: 'x' })).rejects.toThrow(
    'nothing to press',
  )
})

describe('over HTTP', () => {
  const send = async (path: string, body: object) => {
    const response = await fetch(`${world.baseUrl}/_sandbox/slack/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    })
    return { status: response.status, ...((await response.json()) as { ok: boolean; ts?: string; error?: string }) }
  }

  test('a click by ids, and what mixes both ways', async () => {
    const on = { user: 'aiko', channel: alerts, ts: await post() }
    const exact = { block_id: 'side', action_id: 'who', value: 'U0DAN000001' }
    expect(await send('click', { ...on, ...exact })).toMatchObject({ status: 200, ok: true })
    expect(await send('click', { ...on, ...exact, button: 'Look' })).toMatchObject({
      status: 400,
      error: expect.stringContaining('{block_id, action_id, value}'),
    })
  })

  test('a person says something, in the channel and in a thread', async () => {
    const said = await send('say', { user: 'aiko', channel: 'crypto-watch-dev', text: 'Looking into it' })
    expect(said).toMatchObject({ status: 200, ok: true, channel: 'C0DEV000001', ts: expect.any(String) })
    const reply = { user: 'ben', channel: 'crypto-watch-dev', text: 'Thanks', thread_ts: said.ts }
    expect(await send('say', reply)).toMatchObject({ ok: true })
    expect(world.slack.workspace.messages('C0DEV000001')).toMatchObject([
      { user: 'U0AIKO00001', text: 'Looking into it' },
      { user: 'U0BEN000001', text: 'Thanks', thread_ts: said.ts },
    ])
    expect(await send('say', { ...reply, text: '  ' })).toMatchObject({ status: 400 })
    expect(await send('say', { ...reply, thread_ts: '1.000000' })).toMatchObject({ status: 400 })
    expect(world.received).toHaveLength(0)
  })

  test('an ephemeral message is dismissed by the one who sees it', async () => {
    const answer = await world.call('chat.postEphemeral', { channel: alerts, user: 'U0AIKO00001', text: 'Only you' })
    const it = { user: 'aiko', channel: alerts, ts: String(answer.message_ts) }
    expect(await send('dismiss', { ...it, user: 'ben' })).toMatchObject({ status: 400 })
    expect(await send('dismiss', { ...it, channel: 'crypto-watch-dev' })).toMatchObject({ status: 400 })
    expect(await send('dismiss', it)).toEqual({ status: 200, ok: true })
    expect(world.slack.workspace.ephemerals('U0AIKO00001')).toEqual([])
    expect(await send('dismiss', it)).toMatchObject({ status: 400, error: expect.stringContaining('only they see') })
  })
})
