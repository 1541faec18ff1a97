import { expect } from 'vitest'
import { gone, incidentMessage, modal, press, says, seen } from './support/rooms.ts'
import { it } from './support/workspace.ts'

it('what one does stands on the page of the other at once, and what is private does not', async ({ workspace }) => {
  await workspace.steer('/scenarios/bad-deploy')
  const { page: aiko } = await workspace.sit('aiko')
  const { page: ben } = await workspace.sit('ben', { width: 390 })
  let loads = 0
  for (const page of [aiko, ben]) page.on('load', () => (loads += 1))
  await seen(incidentMessage(aiko))

  await press(incidentMessage(ben), 'Acknowledge')
  await says(incidentMessage(aiko), 'Owner: @Ben Ortiz')
  await press(incidentMessage(ben), 'Roll back')
  await says(modal(ben), 'v42 → v41')
  expect(await modal(aiko).count()).toBe(0)

  await press(incidentMessage(aiko), 'Roll back')
  await says(modal(aiko), 'v42 → v41')
  await press(modal(aiko), 'Roll back')
  await gone(modal(aiko))
  // Ben's form is still open over the message that changes beneath it.
  await says(incidentMessage(ben), 'Rolling back v42 → v41, asked by @Aiko Tanaka')
  await press(modal(ben), 'Roll back')
  await says(modal(ben), /Nothing was done.*@Aiko Tanaka asked for a rollback v42 → v41/)
  expect(await modal(aiko).count()).toBe(0)
  expect(loads).toBe(0)
})
