import { afterEach, beforeAll, expect, it } from 'vitest'
import type { Incident } from '../../bot/incident/incident.ts'
import { noon } from '../support/builders.ts'
import type { Checkpoint } from '../support/checkpoint.ts'
import { alertsChannel, type Story, startStory } from '../support/story.ts'

const [aiko, chie, vic] = ['U0AIKO00001', 'U0CHIE00001', 'U0VIC000001']
let story: Story
/** A bad deployment was rolled back by Aiko, and it is over. */
let over: Checkpoint
afterEach(() => story.stop())

beforeAll(async () => {
  story = await startStory({ start: new Date(noon) })
  await story.play('bad-deploy')
  await story.press('aiko', 'api', 'Acknowledge')
  await story.press('aiko', 'api', 'Roll back')
  await story.submit('aiko')
  await story.forward(10)
  over = await story.checkpoint()
  await story.stop()
}, 120_000)

const begin = async () => {
  story = await startStory({ from: over })
}
console.log(aiko, chie, vic, alertsChannel)

it('draft', async () => {
  await begin()
  const before: Incident = await story.incident('api')
  expect(before.status).toBe('resolved')
  expect(await story.press('chie', 'api', 'Postmortem')).toMatchObject({ ok: true })
  const thread = await story.thread('api')
  console.log(JSON.stringify(await story.incident('api'), null, 1).slice(0, 3000))
  console.log(thread.slice(-4).join('\n\n'))
})
