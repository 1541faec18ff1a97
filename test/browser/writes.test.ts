import { describe, expect } from 'vitest'
import { main, openChannel, press, says, seen, thread, widths } from './support/rooms.ts'
import { it } from './support/workspace.ts'

describe.each(widths)('%i pixels wide', (width) => {
  it('two people write to each other, in the channel and in a thread', async ({ workspace }) => {
    const { page: aiko } = await workspace.sit('aiko', { width })
    const { page: ben } = await workspace.sit('ben')
    const written = (text: string) => main(ben).getByRole('article').filter({ hasText: text })
    const composer = aiko.getByRole('textbox', { name: 'Message #crypto-watch-alerts' })

    await composer.fill('It is slow again')
    await composer.press('Shift+Enter')
    await composer.pressSequentially('since noon')
    await composer.press('Enter')
    await seen(written('since noon'))
    expect(await written('since noon').innerText()).toMatch(/It is slow again\nsince noon/)
    expect(await composer.inputValue()).toBe('')

    await press(written('since noon'), 'Reply in thread')
    await thread(ben).getByRole('textbox', { name: 'Reply' }).fill('I look at it')
    await press(thread(ben), 'Send')
    await says(main(aiko).getByRole('button', { name: /1 reply/ }), '1 new')
    await main(aiko)
      .getByRole('button', { name: /1 reply/ })
      .click()
    await says(thread(aiko).getByRole('article'), 'I look at it')
    await press(thread(aiko), 'Close thread')

    await composer.fill('/prices bitcoin')
    await composer.press('Enter')
    await says(main(aiko).getByRole('alert'), '/prices failed.')
    expect(await composer.inputValue()).toBe('/prices bitcoin')
  })

  it('the place of the app has a Home tab and a conversation', async ({ workspace }) => {
    const { page } = await workspace.sit('aiko', { width })
    await openChannel(page, 'Crypto Watch')
    const tab = (name: string) => main(page).getByRole('tab', { name })
    const panel = (name: string) => main(page).getByRole('tabpanel', { name })
    await says(panel('Home'), 'Nothing is open.')
    await says(panel('Home'), 'On call: @Aiko Tanaka')
    await tab('Home').press('ArrowRight')
    await says(panel('Messages'), 'No messages in Crypto Watch yet.')
    expect(await tab('Messages').getAttribute('aria-selected')).toBe('true')
  })
})
