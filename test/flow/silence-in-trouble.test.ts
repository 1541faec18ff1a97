import { afterEach, expect, it } from 'vitest'
import { bulletins, silences } from '../support/silences.ts'
import { type Story, startStory } from '../support/story.ts'
import { logged, ring, saidTwice } from '../support/trouble.ts'

let story: Story
afterEach(async () => {
  expect(saidTwice(story)).toEqual([])
  expect((await story.state()).queues.deadLetters).toBe(0)
  await story.stop()
})

const aiko = 'U0AIKO00001'
const errors = 'LambdaErrorAlarm'
/** The record of the silence of the API cannot be read, or not be saved when it says so. */
const breakSilence = (broken: 'GetItem' | 'PutItem', says = '') =>
  story.cloud.faults.add({
    match: ({ operation, input }) => {
      const text = JSON.stringify(input)
      return operation === broken && text.includes('BULLETIN#silence-api') && text.includes(says)
    },
    kind: 'error',
  })
const lastLines = () => bulletins(story).map((lines) => lines.at(-1))

it('an alarm is announced as usual while the silence cannot be read, and the log says so', async () => {
  story = await startStory()
  await silences(story, aiko)
  const heal = breakSilence('GetItem')
  await ring(story, errors)
  heal()
  expect((await story.incident('api')).status).toBe('open')
  expect(logged(story, 'error', 'a silence could not be asked, so its alarms are announced')).toEqual([
    { service: 'api', error: expect.any(String) },
  ])
})

it('an alarm that the silence could not write down is announced as usual', async () => {
  story = await startStory()
  await silences(story, aiko)
  const heal = breakSilence('PutItem')
  await ring(story, errors)
  heal()
  expect((await story.incident('api')).status).toBe('open')
  expect(bulletins(story)[0]).toContain('No alarm so far.')
})

it('an alarm of the last second is held back until the end and no longer', async () => {
  story = await startStory()
  await silences(story, aiko)
  await story.forward(14)
  await story.sandboxForward(59)
  await ring(story, errors)
  expect((await story.state()).incidents).toEqual([])
  await story.forward(1)
  expect((await story.incident('api')).alarms[errors]).toMatchObject({ firedAt: '2026-11-23T03:14:59.000Z' })
})

it('an end that could not be saved is told later, once, and the incident did not wait for it', async () => {
  story = await startStory()
  await silences(story, aiko)
  await ring(story, errors)
  const heal = breakSilence('PutItem', 'handedOn')
  await story.forward(16)
  const { id, openedAt } = await story.incident('api')
  expect(openedAt).toBe('2026-11-23T03:15:00.000Z')
  const told = '🔴 API errors · first 03:00 · rang once · rang on at the end'
  expect(lastLines()).toEqual([told])
  heal()
  await story.forward(2)
  expect(lastLines()).toEqual([`${told} · incident \`${id}\``, `${told} · incident \`${id}\``])
  expect((await story.state()).incidents.map((incident) => incident.id)).toEqual([id])
  await story.forward(3)
  expect(lastLines()).toHaveLength(2)
})
