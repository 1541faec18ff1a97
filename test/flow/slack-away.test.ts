import { afterEach, expect, it } from 'vitest'
import { alertsChannel, devChannel, incidentsChannel, type Story, startStory } from '../support/story.ts'
import { announce, live, logged, outcomes, ring, saidTwice, textsIn, whispers } from '../support/trouble.ts'

let story: Story
afterEach(async () => {
  expect(saidTwice(story)).toEqual([])
  await story.stop()
})

const aiko = 'U0AIKO00001'

it('a channel that is not found keeps its messages, and gets each once when it is found again', async () => {
  story = await startStory()
  const channel = story.slack.channels.find(({ id }) => id === alertsChannel)
  if (!channel) throw new Error('The sample workspace has no channel for alerts')
  const { members } = channel
  Object.assign(channel, { is_private: true, members: [aiko] })
  announce(story, 'QueueAge')
  await live(story, 3)
  const pending = (await story.incident('QueueAge')).pending
  expect(pending.map(({ effect }) => effect.kind)).toEqual(['show'])
  expect(logged(story, 'error', 'an effect is refused and tried again later')).toContainEqual(
    expect.objectContaining({ because: 'channel_not_found' }),
  )
  Object.assign(channel, { members })
  // Each try waits twice as long as the one before.
  await live(story, 6)
  expect(story.rootMessages()).toHaveLength(1)
  expect((await story.incident('QueueAge')).pending).toEqual([])
})

it('a reply that Slack will never take is left out, and the thread goes on without it', async () => {
  story = await startStory()
  await ring(story, 'QueueAge')
  story.slack.faults.add({
    method: 'chat.postMessage',
    kind: 'refuse',
    error: 'msg_too_long',
    match: ({ text }) => String(text).includes('is on it'),
  })
  await story.press('aiko', 'QueueAge', 'Acknowledge')
  await live(story, 1)
  await ring(story, 'QueueAge', 'OK')
  await live(story, 2)
  const thread = (await story.thread('QueueAge')).join('\n')
  expect(thread).not.toContain('is on it')
  expect(thread).toContain('Every alarm is quiet')
  const incident = await story.incident('QueueAge')
  expect(incident.pending).toEqual([])
  expect(incident.timeline).toContainEqual(expect.objectContaining({ what: 'reply-left-out', about: 'msg_too_long' }))
})

it('a root message that somebody deleted is posted anew, and the thread goes on there', async () => {
  story = await startStory()
  await ring(story, 'QueueAge')
  const first = story.rootMessages()[0]?.ts ?? ''
  const clicked = { user: 'aiko', channel: alertsChannel, ts: first, button: 'Acknowledge' }
  await story.http('/slack/click', clicked)
  expect(await story.slack.api('chat.delete', { channel: alertsChannel, ts: first })).toMatchObject({ ok: true })
  await live(story, 1)
  await ring(story, 'QueueAge', 'OK')
  await live(story, 7)
  expect(story.rootMessages()).toHaveLength(1)
  expect(story.rootMessages()[0]?.ts).not.toBe(first)
  expect((await story.state()).incidents[0]).toMatchObject({ status: 'resolved', slack: { channel: alertsChannel } })
  const thread = (await story.thread('QueueAge')).join('\n')
  expect(thread).toContain('Every alarm is quiet')
  expect(thread).toContain('Resolved')
  expect((await story.incident('QueueAge')).pending).toEqual([])
})

// After fifty minutes of tries every half minute, messages are in the dead letters, and only the record knows them.
it.each([30, 55])(
  'after %i min without Slack everything is said once, in order, and the record is true',
  async (away) => {
    story = await startStory()
    story.cloud.traffic.setRequestsPerMinute(1)
    story.setSlackDown(true)
    for (const check of ['One', 'Two', 'Three']) {
      announce(story, `${check}-errors`, 'ALARM', 'api')
      await live(story, 1)
    }
    await live(story, away - 3)
    expect(story.rootMessages()).toHaveLength(0)
    expect(await story.incident('api')).toMatchObject({ status: 'open', openedAt: '2026-11-23T03:00:00.000Z' })

    story.setSlackDown(false)
    await live(story, 20)
    expect(story.rootMessages()).toHaveLength(1)
    const { message, pending, timeline } = await story.incident('api')
    const escalations = timeline.filter(({ what }) => what === 'escalated')
    expect(message?.ts).toBe(story.rootMessages()[0]?.ts)
    expect(pending).toEqual([])
    const replies = await story.thread('api')
    expect(replies[0]).toContain('Two-errors')
    expect(replies[1]).toContain('Three-errors')
    expect(replies).toHaveLength(2 + escalations.length)
    // High is announced by one line once it has gone up, and each escalation is one message.
    const announced = escalations.length > 0 ? 1 : 0
    const outside = [...textsIn(story, devChannel), ...textsIn(story, incidentsChannel)]
    expect(outside).toHaveLength(announced + escalations.length)
    expect(await story.rootText('api')).toContain('nobody yet')
  },
)

it('a person whose window does not open is told so, whatever the reason', async () => {
  story = await startStory()
  await ring(story, 'QueueAge')
  story.slack.faults.add({ method: 'views.open', kind: 'server-error', times: 1 })
  await story.press('aiko', 'QueueAge', 'Escalate')
  expect(whispers(story, aiko)).toEqual([
    'Slack closed the window before it could open; nothing was done. Please press again.',
  ])
  story.slack.faults.add({ method: 'views.open', kind: 'hang', times: 1 })
  await story.press('aiko', 'QueueAge', 'Escalate')
  expect(whispers(story, aiko)).toHaveLength(2)

  story.wall.jump(6 * 60_000)
  story.slack.faults.add({ method: 'usergroups.users.list', kind: 'slow', delayMs: 4_000, times: 1 })
  await story.press('aiko', 'QueueAge', 'Escalate')
  expect(outcomes(story, 'views.open').at(-1)).toBe('expired_trigger_id')
  expect(whispers(story, aiko)).toHaveLength(3)

  await story.press('aiko', 'QueueAge', 'Escalate')
  expect(await story.submit('aiko', { reason: 'At last' })).toMatchObject({ ok: true })
  expect((await story.incident('QueueAge')).escalation.level).toBe(2)
})

it('groups that Slack will not tell count as they were last known', async () => {
  story = await startStory()
  await ring(story, 'QueueAge')
  await ring(story, 'DiskFull')
  await story.press('aiko', 'QueueAge', 'Acknowledge')
  story.wall.jump(6 * 60_000)
  story.slack.faults.add({ method: 'usergroups.users.list', kind: 'rate-limited' })
  await story.press('ben', 'DiskFull', 'Acknowledge')
  expect((await story.incident('DiskFull')).owner?.user).toBe('U0BEN000001')
})

it('groups that Slack never told permit nobody, and the person learns that it is not their fault', async () => {
  story = await startStory()
  await ring(story, 'QueueAge')
  story.slack.faults.add({ method: 'usergroups.users.list', kind: 'server-error' })
  await story.press('aiko', 'QueueAge', 'Acknowledge')
  expect((await story.incident('QueueAge')).owner).toBeUndefined()
  expect(whispers(story, aiko)).toEqual([
    'Slack did not say who is in the groups that may do this, so nothing was done. Please press again in a minute.',
  ])
  story.slack.faults.clear()
  await story.press('aiko', 'QueueAge', 'Acknowledge')
  expect((await story.incident('QueueAge')).owner?.user).toBe(aiko)
})
