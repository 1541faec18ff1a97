import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { gone, incidentMessage, isPhone, main, modal, openChannel, press, says, seen, widths } from './support/rooms.ts'
import { it } from './support/workspace.ts'

async function escalate(page: Page, reason: string) {
  await press(incidentMessage(page), 'Escalate')
  await modal(page).getByRole('textbox', { name: 'Why now' }).fill(reason)
  await press(modal(page), 'Escalate')
  await gone(modal(page))
}

describe.each(widths)('%i pixels wide', (width) => {
  it('the manager is called by name of his group, reads why, and takes it on', async ({ workspace }) => {
    await workspace.steer('/scenarios/bad-deploy')
    const { page: aiko } = await workspace.sit('aiko')
    const { page: dan } = await workspace.sit('dan', { width })
    const channels = dan.getByRole('navigation', { name: 'Channels' })

    await escalate(aiko, 'The provider is fine, it is our code.')
    await says(incidentMessage(aiko), 'Escalated: to the developers')
    if (isPhone(dan)) await press(dan.getByRole('banner').first(), 'Channels')
    await seen(channels.getByRole('button', { name: /crypto-watch-dev.*unread/ }))
    expect(await channels.getByRole('button', { name: /mention/ }).count()).toBe(0)

    await escalate(aiko, 'Nobody answers')
    await says(incidentMessage(aiko), 'Escalated: to management')
    await gone(incidentMessage(aiko).getByRole('button', { name: 'Escalate' }))
    await seen(channels.getByRole('button', { name: /crypto-watch-incidents.*1 mention/ }))
    // What a screen reader is told of the thread in the open channel.
    await says(dan.locator('[aria-live]'), 'Escalated to management: @Aiko Tanaka asked for it')
    if (isPhone(dan)) await press(dan.getByRole('banner').first(), 'Channels')
    await openChannel(dan, 'crypto-watch-incidents')
    const call = incidentMessage(dan)
    await says(call, '@managers you are asked because @Aiko Tanaka asked for you: “Nobody answers”')
    await says(call, 'What customers notice')
    await says(call, 'Nobody has taken it')
    expect(await call.locator('.bk-mention-own').allTextContents()).toEqual(['@managers'])

    await press(call, 'Take over')
    await says(call, '@Dan Fischer took it over')
    await says(incidentMessage(aiko), 'Owner: @Dan Fischer')

    await call.getByRole('link', { name: 'What the team writes about it' }).click()
    await seen(dan.getByRole('complementary', { name: 'Thread' }))
    await press(dan.getByRole('complementary', { name: 'Thread' }), 'Close thread')
    await seen(main(dan).getByRole('heading', { name: '# crypto-watch-alerts' }))
    await says(incidentMessage(dan), 'Owner: @Dan Fischer')
  })
})
