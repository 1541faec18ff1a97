import { afterEach, expect, it } from 'vitest'
import { fixtureText } from '../support/fixture.ts'
import { type Story, startStory } from '../support/story.ts'

let story: Story
afterEach(() => story.stop())

/** Longer than ten tries with their waits. */
const failedOver = 40 * 60_000

it('messages that no performer can read end in the dead letters, and the bot goes on', async () => {
  story = await startStory()
  const { queues } = story.cloud.names
  for (const name of [queues.sender, queues.evidence, queues.worker, queues.remedy]) {
    story.cloud.queues.send(name, { body: '{"effect":', groupId: 'g', deduplicationId: 'd' })
  }
  await story.quiet(3 * failedOver)
  expect((await story.state()).queues).toEqual({
    alarms: 0,
    sender: 0,
    worker: 0,
    evidence: 0,
    remedy: 0,
    mailer: 0,
    deadLetters: 4,
  })

  await story.play('bad-deploy')
  expect(story.rootMessages()).toHaveLength(1)
  expect((await story.incident('api')).evidence?.functions.api?.alias.version).toBe('42')
  expect((await story.state()).queues.deadLetters).toBe(4)
})

it('an effect sent to the wrong performer ends there, and its own performer does it', async () => {
  story = await startStory()
  const { queues } = story.cloud.names
  story.setSlackDown(true)
  story.cloud.topic.publish(fixtureText('composite-alarm'))
  await story.cloud.queues.settle()
  const incident = await story.incident('checkout-degraded')
  const show = incident.pending.find(({ effect }) => effect.kind === 'show')
  const body = JSON.stringify({ service: incident.service, incident: incident.id, effect: show?.id, attempt: 1 })
  const misled = { body, groupId: 'g', deduplicationId: 'misled' }
  expect(show).toBeDefined()
  story.cloud.queues.send(queues.worker, misled)
  await story.quiet(failedOver)
  expect(story.cloud.queues.counts('crypto-watch-worker-dead-letters.fifo').visible).toBe(1)
  story.setSlackDown(false)
  await story.forward(5)
  expect(story.rootMessages()).toHaveLength(1)
  expect(story.cloud.calls.list().filter(({ operation }) => operation === 'UpdateAlias')).toEqual([])
})
