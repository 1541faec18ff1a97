import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { gone, incidentMessage, main, modal, says, seen, widths } from './support/rooms.ts'
import { it } from './support/workspace.ts'

/** The name of the button that has the focus; nothing when another kind of thing has it. */
const focused = async (page: Page) => (await page.locator('button:focus').allInnerTexts()).join()

/** Presses Tab until the focus stands on what is called so; how far that is does not matter, only that it is reached. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    if ((await focused(page)) === name) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${name} is not reached with Tab`)
}

describe.each(widths)('%i pixels wide', (width) => {
  it('a form is opened, left and sent without a mouse', async ({ workspace }) => {
    await workspace.steer('/scenarios/bad-deploy')
    const { page } = await workspace.sit('aiko', { width })
    await seen(incidentMessage(page))
    await main(page)
      .getByRole('region', { name: /^Messages in/ })
      .focus()

    await tabTo(page, 'Roll back')
    await page.keyboard.press('Enter')
    await says(modal(page), 'v42 → v41')
    await page.keyboard.press('Escape')
    await gone(modal(page))
    expect(await focused(page)).toBe('Roll back')

    await page.keyboard.press('Enter')
    await says(modal(page), 'v42 → v41')
    await tabTo(page, 'Roll back')
    await page.keyboard.press('Enter')
    await gone(modal(page))
    await says(incidentMessage(page), 'Rolling back v42 → v41, asked by @Aiko Tanaka')
  })
})
