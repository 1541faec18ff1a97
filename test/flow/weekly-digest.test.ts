import { afterEach, expect, it } from 'vitest'
import { alertsChannel, type Story, startStory } from '../support/story.ts'
import { ring } from '../support/trouble.ts'

let story: Story
afterEach(() => story.stop())

/** The office opens on Monday at 9:00 in Tokyo, midnight of UTC. */
const early = new Date('2026-11-22T23:45:00.000Z')
const justBefore = new Date('2026-11-22T23:58:00.000Z')

const digests = () =>
  story.slack.workspace
    .messages(alertsChannel)
    .filter((message) => JSON.stringify(message).includes('The week in incidents, 2026-W48'))
const digest = () => JSON.stringify(digests()[0] ?? '').replaceAll('\\n', '\n')

it('the week is told once, as the office opens on Monday', async () => {
  story = await startStory({ start: early })
  await ring(story, 'disk-full')
  await ring(story, 'Low-backup-late')
  await story.forward(2)
  await ring(story, 'disk-full', 'OK')
  await story.forward(12)
  expect(digests()).toEqual([])

  await story.forward(4)
  expect(digests()).toHaveLength(1)
  expect(digest()).toContain('*Incidents:* 2 (0 the week before)')
  expect(digest()).toContain('*Loudest alarms*')
  expect(digest()).toContain('*Low alarms*, which woke nobody')
  expect(digest()).toContain('`Low-backup-late`: fired once')
  expect(digest()).toContain('*Still open*')
  expect(digest()).toContain('|Open its message>')

  // Neither the rest of the day nor a restart tells it again.
  const from = await story.checkpoint()
  await story.forward(3)
  expect(digests()).toHaveLength(1)
  await story.stop()
  story = await startStory({ from })
  await story.forward(3)
  expect(digests()).toHaveLength(1)
}, 240_000)

it('sweeps that could do nothing for half an hour only make it late, and it is told once', async () => {
  story = await startStory({ start: justBefore })
  await story.forward(1)
  const heal = story.cloud.faults.add({ match: ({ operation }) => operation === 'UpdateItem', kind: 'error' })
  await story.forward(30)
  expect(digests()).toEqual([])
  heal()
  await story.forward(2)
  expect(digests()).toHaveLength(1)
}, 240_000)

it('a table that does not answer at nine only makes it late', async () => {
  story = await startStory({ start: justBefore })
  await story.forward(1)
  const heal = story.cloud.faults.add({ match: ({ operation }) => operation === 'BatchGetItem', kind: 'hang' })
  await story.forward(2)
  expect(digests()).toEqual([])
  heal()
  await story.forward(1)
  expect(digests()).toHaveLength(1)
  expect(digest()).toContain('No incident in these seven days nor in the seven before')
}, 240_000)

it('what was over before the bot watched is not told', async () => {
  story = await startStory({ start: new Date('2026-11-23T00:05:00.000Z') })
  await story.forward(2)
  expect(digests()).toEqual([])
}, 120_000)
