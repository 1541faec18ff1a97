import { expect } from 'vitest'
import { incidentMessage, says } from './support/rooms.ts'
import { it } from './support/workspace.ts'

it('a page never shows the time of the machine, not even before the first tick', async ({ workspace }) => {
  await workspace.steer('/scenarios/bad-deploy')
  const { page } = await workspace.sit('aiko')
  // Keeps every moment that the clock in the bar has shown since the page was opened.
  await page.addInitScript(`
    window.shown = []
    new MutationObserver(() => {
      const clock = document.querySelector('time.clock')
      if (clock) window.shown.push(clock.dateTime)
    }).observe(document, { subtree: true, childList: true, attributes: true })`)
  await page.reload()
  await says(incidentMessage(page), 'since Today 12:12')
  const shown = (await page.evaluate('window.shown')) as string[]
  expect(shown.length).toBeGreaterThan(0)
  expect(shown.filter((at) => !at.startsWith('2026-11-23T03:1'))).toEqual([])
})
