import { afterEach, expect, it } from 'vitest'
import { readTables } from '../support/checkpoint.ts'
import { alertsChannel, type Story, startStory } from '../support/story.ts'
import { ring } from '../support/trouble.ts'

let story: Story
afterEach(() => story.stop())

const entries = async () => {
  const { cloud } = story
  const table = cloud.names.tables.incidents
  const items = (await readTables(cloud.endpoint, [table]))[table] ?? []
  return items
    .filter((item) => item.pk?.S?.startsWith('HISTORY#'))
    .flatMap((item) => Object.entries(item).flatMap(([name, entry]) => (name.startsWith('incident#') ? [entry.M] : [])))
}

it('an incident whose successor came before everything was told is archived all the same', async () => {
  story = await startStory()
  await ring(story, 'disk-full')
  // Its message is up; what comes then waits, and the copy with it.
  const heal = story.slack.faults.add({ method: /^chat\./, kind: 'server-error' })
  await story.forward(1)
  await ring(story, 'disk-full', 'OK')
  await story.forward(6)
  const first = await story.incident('disk-full')
  expect(first).toMatchObject({ status: 'resolved', archived: false })
  await story.sandboxForward(31 * 60)
  await ring(story, 'disk-full')
  expect((await story.incident('disk-full')).id).not.toBe(first.id)
  expect(await entries()).toEqual([])

  heal()
  await story.forward(20)
  expect(await entries()).toMatchObject([{ id: { S: first.id }, message: { M: { channel: { S: alertsChannel } } } }])
}, 120_000)
