import { afterEach, expect, it } from 'vitest'
import { alertsChannel, devChannel, type Story, startStory } from '../support/story.ts'
import { announce, live, logged, outcomes, ring, saidTwice, textsIn } from '../support/trouble.ts'

let story: Story
afterEach(async () => {
  expect(saidTwice(story)).toEqual([])
  await story.stop()
})

const aiko = 'U0AIKO00001'
const toAlerts = (args: Readonly<Record<string, unknown>>) => args.channel === alertsChannel
const isReply = (args: Readonly<Record<string, unknown>>) => args.thread_ts !== undefined

it('a channel that is asked to wait waits as long as Slack says, and the others go on', async () => {
  story = await startStory()
  await ring(story, 'QueueAge')
  await story.press('aiko', 'QueueAge', 'Escalate')
  const fault = { method: 'chat.postMessage', kind: 'rate-limited', retryAfterSeconds: 40, times: 1 } as const
  story.slack.faults.add({ ...fault, match: toAlerts })
  const before = story.wall.now().getTime()
  await story.http('/slack/submit', { user: 'aiko', values: { reason: 'It grows' } })
  await story.cloud.queues.settle()
  expect(textsIn(story, devChannel)).toHaveLength(1)
  expect(await story.thread('QueueAge')).toHaveLength(0)

  await story.quiet()
  const [reply] = story.slack.workspace.replies(alertsChannel, (await story.incident('QueueAge')).message?.ts ?? '')
  expect(reply?.text).toContain('It grows')
  expect(Number(reply?.ts) * 1000 - before).toBeGreaterThanOrEqual(40_000)
  expect(outcomes(story, 'conversations.replies')).toEqual([])
})

it('a root message that is asked to wait comes later, once', async () => {
  story = await startStory()
  story.slack.faults.add({ method: 'chat.postMessage', kind: 'rate-limited', retryAfterSeconds: 20, times: 2 })
  await ring(story, 'QueueAge')
  expect(story.rootMessages()).toHaveLength(1)
  expect(outcomes(story, 'chat.postMessage')).toEqual(['ratelimited', 'ratelimited', 'ok'])
})

it('an edit that is asked to wait does not keep a new message waiting', async () => {
  story = await startStory()
  await ring(story, 'QueueAge')
  story.slack.faults.add({ method: 'chat.update', kind: 'rate-limited', retryAfterSeconds: 60, times: 1 })
  await story.http('/slack/click', {
    user: 'aiko',
    channel: alertsChannel,
    ts: (await story.incident('QueueAge')).message?.ts,
    button: 'Acknowledge',
  })
  announce(story, 'DiskFull')
  await story.cloud.queues.settle()
  expect(story.rootMessages()).toHaveLength(2)
  expect(await story.rootText('QueueAge')).toContain('nobody yet')
  await story.quiet()
  expect(await story.rootText('QueueAge')).toContain(`<@${aiko}>`)
})

it.each(['server-error', 'hang', 'lose-answer'] as const)(
  'a root message that ends in "%s" is looked for after 30 s and stands there once',
  async (kind) => {
    story = await startStory()
    story.slack.faults.add({ method: 'chat.postMessage', kind, times: 1 })
    announce(story, 'QueueAge')
    await story.cloud.queues.settle()
    const [waiting] = (await story.incident('QueueAge')).pending
    expect(waiting).toMatchObject({ effect: { kind: 'show' }, claim: { by: expect.any(String) } })
    expect(outcomes(story, 'chat.postMessage')).toHaveLength(1)

    const before = story.wall.now().getTime()
    await story.quiet()
    expect(story.wall.now().getTime() - before).toBeGreaterThanOrEqual(29_000)
    expect(outcomes(story, 'conversations.history')).toEqual(['ok'])
    expect(story.rootMessages()).toHaveLength(1)
    expect((await story.incident('QueueAge')).message).toEqual({
      channel: alertsChannel,
      ts: story.rootMessages()[0]?.ts,
    })
    await story.press('aiko', 'QueueAge', 'Acknowledge')
    expect(await story.rootText('QueueAge')).toContain(`*Owner:* <@${aiko}>`)
    expect((await story.incident('QueueAge')).pending).toEqual([])
  },
)

it.each(['server-error', 'hang', 'lose-answer'] as const)(
  'a reply and a page that end in "%s" stand there once',
  async (kind) => {
    story = await startStory()
    await ring(story, 'QueueAge')
    await story.press('aiko', 'QueueAge', 'Escalate')
    story.slack.faults.add({ method: 'chat.postMessage', kind, times: 1, match: isReply })
    story.slack.faults.add({
      method: 'chat.postMessage',
      kind,
      times: 1,
      match: ({ channel }) => channel === devChannel,
    })
    await story.submit('aiko', { reason: 'It grows' })
    expect(await story.thread('QueueAge')).toHaveLength(1)
    expect(textsIn(story, devChannel)).toHaveLength(1)
    expect(outcomes(story, 'conversations.replies')).toEqual(['ok'])
    expect((await story.incident('QueueAge')).pending).toEqual([])
  },
)

it.each(['server-error', 'hang', 'lose-answer'] as const)('an edit that ends in "%s" is drawn again', async (kind) => {
  story = await startStory()
  await ring(story, 'QueueAge')
  story.slack.faults.add({ method: 'chat.update', kind, times: 2 })
  await story.press('aiko', 'QueueAge', 'Acknowledge')
  expect(await story.rootText('QueueAge')).toContain(`*Owner:* <@${aiko}>`)
  expect(story.rootMessages()).toHaveLength(1)
  expect((await story.incident('QueueAge')).pending).toEqual([])
})

it('as long as Slack will not show its history, nothing is posted a second time', async () => {
  story = await startStory()
  story.slack.faults.add({ method: 'chat.postMessage', kind: 'lose-answer', times: 1 })
  story.slack.faults.add({ method: 'conversations.history', kind: 'rate-limited', retryAfterSeconds: 5, times: 1 })
  story.slack.faults.add({ method: 'conversations.history', kind: 'server-error', times: 5 })
  announce(story, 'QueueAge')
  await live(story, 6)
  expect(outcomes(story, 'conversations.history')).toHaveLength(7)
  expect(outcomes(story, 'chat.postMessage')).toEqual(['connection-lost'])
  expect(story.rootMessages()).toHaveLength(1)
  expect((await story.incident('QueueAge')).message?.ts).toBe(story.rootMessages()[0]?.ts)
})

it('blocks that Slack refuses are left out, then all of them, and the log says it once', async () => {
  story = await startStory()
  story.slack.faults.add({ method: /^chat\./, kind: 'invalid_blocks', match: ({ blocks }) => blocks !== undefined })
  await ring(story, 'QueueAge')
  await ring(story, 'DiskFull')
  const [root] = story.rootMessages()
  expect(story.rootMessages()).toHaveLength(2)
  expect(root?.text).toContain('QueueAge')
  expect(root?.blocks).toBeUndefined()
  expect(
    logged(story, 'warn', 'Slack refused a block; it is sent again with the oldest kinds of blocks only'),
  ).toHaveLength(1)
  expect(logged(story, 'warn', 'Slack refused the oldest kinds of blocks too; it is sent as text')).toHaveLength(1)

  story.slack.faults.clear()
  await live(story, 1)
  await ring(story, 'QueueAge', 'OK')
  expect(await story.rootText('QueueAge')).toContain('"type":"header"')
})
