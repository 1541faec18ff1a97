import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { alerts, refusal, type Started, section, startSlack } from './slack-setup.ts'

let world: Started
beforeEach(async () => {
  world = await startSlack()
})
afterEach(() => world.stop())

describe('messages', () => {
  test('are posted by id, name and #name, with a ts that always grows', async () => {
    const ts: string[] = []
    for (const channel of [alerts, 'crypto-watch-alerts', '#crypto-watch-alerts']) {
      const posted = await world.client.chat.postMessage({ channel, text: channel })
      expect(posted.channel).toBe(alerts)
      ts.push(posted.ts ?? '')
    }
    expect(ts).toEqual(['1795402800.000000', '1795402800.000100', '1795402800.000200'])
  })

  test('go to a person as a direct message', async () => {
    const opened = await world.client.conversations.open({ users: 'U0DAN000001' })
    const posted = await world.client.chat.postMessage({ channel: 'U0DAN000001', text: 'One decision, please' })
    expect(posted.channel).toBe(opened.channel?.id)
    expect(posted.channel).toMatch(/^D/)
  })

  test('are refused as Slack refuses them', async () => {
    const { client, slack } = world
    const post = (args: { channel: string; text?: string; thread_ts?: string }) =>
      refusal(client.apiCall('chat.postMessage', args))
    expect((await post({ channel: 'nowhere', text: 'x' })).error).toBe('channel_not_found')
    expect((await post({ channel: alerts })).error).toBe('no_text')
    expect((await post({ channel: alerts, text: 'x', thread_ts: '1.000000' })).error).toBe('thread_not_found')
    const dev = slack.channels.find(({ name }) => name === 'crypto-watch-dev')
    const deploys = slack.channels.find(({ name }) => name === 'crypto-watch-deploys')
    if (!dev || !deploys) throw new Error('the sample channels are gone')
    dev.is_archived = true
    deploys.members = []
    expect((await post({ channel: dev.id, text: 'x' })).error).toBe('is_archived')
    expect((await post({ channel: deploys.id, text: 'x' })).error).toBe('not_in_channel')
    await client.conversations.join({ channel: deploys.id })
    await client.chat.postMessage({ channel: deploys.id, text: 'now a member' })
  })

  test('are edited by id and ts only, and only by their author', async () => {
    const { client, slack } = world
    const posted = await client.chat.postMessage({ channel: alerts, text: 'errors', blocks: [section('errors')] })
    const ts = posted.ts ?? ''
    const edited = await client.chat.update({ channel: alerts, ts, text: 'fewer errors' })
    expect(edited.message).toMatchObject({ text: 'fewer errors', edited: { user: slack.botId } })
    expect(edited.message).not.toHaveProperty('blocks')
    expect((await refusal(client.chat.update({ channel: 'crypto-watch-alerts', ts, text: 'x' }))).error).toBe(
      'channel_not_found',
    )
    const said = slack.say({ user: 'ben', channel: alerts, text: 'I look' })
    expect((await refusal(client.chat.update({ channel: alerts, ts: said.ts, text: 'x' }))).error).toBe(
      'cant_update_message',
    )
    expect((await refusal(client.chat.delete({ channel: alerts, ts: said.ts }))).error).toBe('cant_delete_message')
    await client.chat.delete({ channel: alerts, ts })
    expect((await refusal(client.chat.update({ channel: alerts, ts, text: 'x' }))).error).toBe('message_not_found')
  })

  test('stand in threads, and history shows roots only', async () => {
    const { client } = world
    const root = await client.chat.postMessage({ channel: alerts, text: 'root' })
    const thread_ts = root.ts ?? ''
    const reply = await client.chat.postMessage({ channel: alerts, text: 'reply', thread_ts })
    await client.chat.postMessage({ channel: alerts, text: 'reply to reply', thread_ts: reply.ts ?? '' })
    const history = await client.conversations.history({ channel: alerts })
    expect(history.messages).toMatchObject([{ text: 'root', reply_count: 2, thread_ts }])
    const replies = await client.conversations.replies({ channel: alerts, ts: thread_ts })
    expect(replies.messages?.map(({ text }) => text)).toEqual(['root', 'reply', 'reply to reply'])
    const link = await client.chat.getPermalink({ channel: alerts, message_ts: reply.ts ?? '' })
    expect(link.permalink).toContain(`/archives/${alerts}/p${reply.ts?.replace('.', '')}?thread_ts=${thread_ts}`)
  })

  test('metadata comes back only when asked for', async () => {
    const { client } = world
    const metadata = { event_type: 'incident', event_payload: { id: 'api-1', effect: 'post' } }
    await client.chat.postMessage({ channel: alerts, text: 'x', metadata })
    const plain = await client.conversations.history({ channel: alerts })
    expect(plain.messages?.[0]).not.toHaveProperty('metadata')
    const full = await client.conversations.history({ channel: alerts, include_all_metadata: true })
    expect(full.messages?.[0]?.metadata).toEqual(metadata)
    const wrong = client.apiCall('chat.postMessage', { channel: alerts, text: 'x', metadata: { event_type: 'x' } })
    expect((await refusal(wrong)).error).toBe('invalid_metadata_format')
  })

  test('history has pages and borders', async () => {
    const { client, forward } = world
    const ts: string[] = []
    for (const text of ['a', 'b', 'c', 'd', 'e']) {
      await forward(1_000)
      ts.push((await client.chat.postMessage({ channel: alerts, text })).ts ?? '')
    }
    const texts = async (args: object) => {
      const page = await client.conversations.history({ channel: alerts, ...args })
      return [page.messages?.map(({ text }) => text).join(''), page.response_metadata?.next_cursor ?? ''] as const
    }
    const [first, cursor] = await texts({ limit: 2 })
    expect(first).toBe('ed')
    const [second, next] = await texts({ limit: 2, cursor })
    expect(second).toBe('cb')
    expect(await texts({ limit: 2, cursor: next })).toEqual(['a', ''])
    expect((await texts({ oldest: ts[1], latest: ts[3] }))[0]).toBe('c')
    expect((await texts({ oldest: ts[1], latest: ts[3], inclusive: true }))[0]).toBe('dcb')
  })

  test('ephemeral ones are seen by one person and stand in no history', async () => {
    const { client, slack } = world
    const posted = await client.chat.postEphemeral({ channel: alerts, user: 'U0EVE000001', text: 'You may not.' })
    expect(slack.workspace.ephemerals('U0EVE000001')).toMatchObject([{ ts: posted.message_ts, text: 'You may not.' }])
    expect(slack.workspace.ephemerals('U0AIKO00001')).toEqual([])
    expect((await client.conversations.history({ channel: alerts })).messages).toEqual([])
    const stranger = client.chat.postEphemeral({ channel: alerts, user: 'U0NOBODY', text: 'x' })
    expect((await refusal(stranger)).error).toBe('user_not_found')
  })
})
