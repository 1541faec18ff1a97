import { describe, expect } from 'vitest'
import { firstMinute, gone, incidentMessage, main, modal, press, says, seen, widths } from './support/rooms.ts'
import { it } from './support/workspace.ts'

describe.each(widths)('%i pixels wide', (width) => {
  it('a leaked key is typed, recorded, disabled and replaced, and the new one is seen once', async ({ workspace }) => {
    const { page } = await workspace.sit('aiko', { width })
    await press(firstMinute(page), 'Hide')
    await workspace.steer('/scenarios/key-leaked')
    const message = incidentMessage(page, 'api-keys')
    const composer = main(page).getByRole('textbox', { name: 'Message #crypto-watch-alerts' })
    await composer.fill('/incident key')
    await composer.press('Enter')
    await says(modal(page), 'This records a security incident')
    await modal(page).getByRole('textbox', { name: 'What did you see?' }).fill('It is in a public repository.')
    await press(modal(page), 'Record and go on')

    await says(modal(page), /█{8,} *portfolio-widget: [\d,]+ requests/)
    const keys = modal(page).getByRole('combobox', { name: 'Key to disable' })
    const [leaked] = await keys.getByRole('option').filter({ hasText: 'portfolio-widget' }).allTextContents()
    await keys.selectOption({ label: leaked ?? '' })
    await press(modal(page), 'Apply')
    await gone(modal(page))
    await says(message, 'An API key is disabled (portfolio-widget)')

    await press(message, 'Issue a new API key (portfolio-widget)')
    await says(modal(page), 'The customer can ask for prices again')
    await press(modal(page), 'Apply')
    await gone(modal(page))
    const show = message.getByRole('button', { name: /^Show the new key/ })
    await show.click()
    await says(modal(page), 'This is the only time that it is shown.')
    expect(await modal(page).innerText()).toMatch(/\b[A-Za-z0-9]{40}\b/)
    await modal(page).getByRole('button', { name: 'Close' }).last().click()
    await gone(show)
    await seen(message.getByRole('button', { name: 'Resolve' }))
  })
})
