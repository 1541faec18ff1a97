import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { barriers, cutOff } from './support/accessible.ts'
import {
  closeRoom,
  incidentMessage,
  isPhone,
  main,
  modal,
  openChannel,
  openRoom,
  openThread,
  press,
  says,
  seen,
  thread,
  widths,
} from './support/rooms.ts'
import { it } from './support/workspace.ts'

const looks = widths.flatMap((width) => (['light', 'dark'] as const).map((theme) => ({ width, theme })))

describe.each(looks)('$width pixels wide, $theme', ({ width, theme }) => {
  it('every part of the page can be used by everybody, and nothing of it is cut off', async ({ workspace }) => {
    await workspace.steer('/scenarios/bad-deploy')
    const { page } = await workspace.sit('aiko', { width, theme })
    const problems: Record<string, string[]> = {}
    const check = async (what: string) => {
      const found = [...(await barriers(page)), ...(await cutOff(page))]
      if (found.length > 0) problems[what] = found
    }
    await press(incidentMessage(page), 'Acknowledge')
    await says(incidentMessage(page), 'Owner: @Aiko Tanaka')
    await closeRoom(page)
    await check('channel')
    await press(incidentMessage(page), 'Roll back')
    await says(modal(page), 'v42 → v41')
    await check('modal')
    await press(modal(page), 'Cancel')
    await openThread(page)
    await check('thread')
    await press(thread(page), 'Close thread')
    await openMore(page)
    await check('menu of a message')
    await page.keyboard.press('Escape')
    await openRoom(page)
    await check('control room')
    await closeRoom(page)
    if (isPhone(page)) {
      await press(page.getByRole('banner').first(), 'Channels')
      await check('channels')
      await press(page.getByRole('banner').first(), 'Channels')
    }
    await openChannel(page, 'Crypto Watch')
    await seen(main(page).getByRole('tabpanel', { name: 'Home' }))
    await check('home of the app')
    expect(problems).toEqual({})
  })
})

async function openMore(page: Page): Promise<void> {
  const more = incidentMessage(page).getByRole('button', { name: 'More actions' })
  if ((await more.count()) > 0) await more.click()
}
