import { WebClient } from '@slack/web-api'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { actions, alerts, appToken, button, refusal, type Started, section, startSlack } from './slack-setup.ts'

let world: Started
beforeEach(async () => {
  world = await startSlack()
})
afterEach(() => world.stop())

describe('tokens and methods', () => {
  test('auth.test says who the bot is', async () => {
    expect(await world.client.auth.test()).toMatchObject({ ok: true, user: 'crypto-watch', user_id: 'U0BOTWATCH1' })
  })

  test('a call without a token, with a wrong one, or with one of the other kind is refused', async () => {
    const as = (token?: string) => refusal(new WebClient(token, world.clientOptions).auth.test())
    expect((await as()).error).toBe('not_authed')
    expect((await as('xoxb-wrong')).error).toBe('invalid_auth')
    expect((await as(appToken)).error).toBe('not_allowed_token_type')
  })

  test('the token may stand in the form or the query, arguments in JSON', async () => {
    const get = await fetch(`${world.baseUrl}/api/auth.test?token=xoxb-sandbox`)
    expect(await get.json()).toMatchObject({ ok: true })
    const form = new URLSearchParams({ token: 'xoxb-sandbox', user: 'U0AIKO00001' })
    const posted = await fetch(`${world.baseUrl}/api/users.info`, { method: 'POST', body: form })
    expect(await posted.json()).toMatchObject({ ok: true, user: { name: 'aiko' } })
    const headers = { authorization: 'Bearer xoxb-sandbox', 'content-type': 'application/json' }
    const body = JSON.stringify({ channel: alerts, text: 'JSON' })
    const json = await fetch(`${world.baseUrl}/api/chat.postMessage`, { method: 'POST', headers, body })
    expect(await json.json()).toMatchObject({ ok: true, message: { text: 'JSON' } })
    const broken = await fetch(`${world.baseUrl}/api/chat.postMessage`, { method: 'POST', headers, body: '{' })
    expect(await broken.json()).toEqual({ ok: false, error: 'invalid_json' })
  })

  test('a method that is not here is unknown, and an argument that is not supported is named', async () => {
    expect(await refusal(world.client.apiCall('chat.startStream', {}))).toMatchObject({ error: 'unknown_method' })
    const { error, messages } = await refusal(
      world.client.apiCall('chat.postMessage', { channel: alerts, text: 'x', attachments: [] }),
    )
    expect(error).toBe('invalid_arguments')
    expect(messages).toEqual(['[ERROR] unsupported field: attachments [json-pointer:/attachments]'])
  })

  test('every call is in the log with its time, channel and outcome', async () => {
    await world.client.chat.postMessage({ channel: alerts, text: 'one' })
    await refusal(world.client.chat.update({ channel: alerts, ts: '1.000000', text: 'x' }))
    expect(world.slack.calls).toEqual([
      { at: '2026-11-23T03:00:00.000Z', method: 'chat.postMessage', channel: alerts, outcome: 'ok' },
      { at: '2026-11-23T03:00:00.000Z', method: 'chat.update', channel: alerts, outcome: 'message_not_found' },
    ])
  })
})

describe('people, groups and channels', () => {
  test('people have a title, a zone and, when asked for, a locale', async () => {
    const { members } = await world.client.users.list({})
    expect(members?.map(({ profile }) => profile?.title)).toEqual([
      'On-call engineer',
      'On-call engineer',
      'Developer',
      'Developer',
      'Manager',
      'Visitor',
      'Incident bot',
    ])
    const { user } = await world.client.users.info({ user: 'U0AIKO00001', include_locale: true })
    expect(user).toMatchObject({ tz: 'Asia/Tokyo', tz_offset: 32_400, locale: 'en-US' })
    expect((await world.client.users.info({ user: 'U0AIKO00001' })).user?.locale).toBeUndefined()
    const yui = await world.client.users.info({ user: 'U0YUI000001', include_locale: true })
    expect(yui.user).toMatchObject({ locale: 'ja-JP' })
    expect((await refusal(world.client.users.info({ user: 'U0' }))).error).toBe('user_not_found')
  })

  test('groups have members', async () => {
    const { usergroups } = await world.client.usergroups.list({ include_users: true })
    expect(usergroups?.map(({ handle, users }) => [handle, users?.length])).toEqual([
      ['oncall', 2],
      ['developers', 2],
      ['managers', 1],
    ])
    const { users } = await world.client.usergroups.users.list({ usergroup: 'S0MANAGER01' })
    expect(users).toEqual(['U0DAN000001'])
    expect((await refusal(world.client.usergroups.users.list({ usergroup: 'S0' }))).error).toBe('no_such_subteam')
  })

  test('channels are listed with pages', async () => {
    const { channels, response_metadata } = await world.client.conversations.list({ limit: 3 })
    expect(channels?.map(({ name }) => name)).toEqual([
      'crypto-watch-alerts',
      'crypto-watch-dev',
      'crypto-watch-incidents',
    ])
    const cursor = response_metadata?.next_cursor ?? ''
    const rest = await world.client.conversations.list({ limit: 3, cursor })
    expect(rest.channels?.map(({ name }) => name)).toEqual(['crypto-watch-deploys'])
    const info = await world.client.conversations.info({ channel: alerts })
    expect(info.channel).toMatchObject({ name: 'crypto-watch-alerts', is_member: true })
  })
})

test('changes tell a page what to draw anew', async () => {
  const seen: string[] = []
  const stop = world.slack.changes.subscribe((change) => seen.push(change.kind))
  const { ts = '' } = await world.client.chat.postMessage({
    channel: alerts,
    text: 'x',
    blocks: [actions(button('Go'))],
  })
  await world.client.chat.update({ channel: alerts, ts, text: 'y' })
  await world.client.chat.postEphemeral({ channel: alerts, user: 'U0EVE000001', text: 'z' })
  await world.client.chat.delete({ channel: alerts, ts })
  stop()
  await world.client.chat.postMessage({ channel: alerts, text: 'unseen' })
  expect(seen).toEqual(['message-posted', 'message-edited', 'ephemeral-posted', 'message-deleted'])
})

test('a snapshot holds everything and can be started from', async () => {
  const { ts = '' } = await world.client.chat.postMessage({ channel: alerts, text: 'kept', blocks: [section('kept')] })
  await world.client.views.publish({
    user_id: 'U0AIKO00001',
    view: { type: 'home', blocks: [section('home') as never] },
  })
  const snapshot = JSON.parse(JSON.stringify(world.slack.snapshot()))
  expect(snapshot).toEqual(world.slack.snapshot())
  const again = await startSlack({ snapshot })
  try {
    const { messages } = await again.client.conversations.history({ channel: alerts })
    expect(messages).toMatchObject([{ ts, text: 'kept' }])
    const next = await again.client.chat.postMessage({ channel: alerts, text: 'later' })
    expect(Number(next.ts)).toBeGreaterThan(Number(ts))
  } finally {
    await again.stop()
  }
})
