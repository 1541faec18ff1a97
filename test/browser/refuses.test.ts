import { describe, expect } from 'vitest'
import { gone, incidentMessage, main, modal, press, says, seen, widths } from './support/rooms.ts'
import { it } from './support/workspace.ts'

describe.each(widths)('%i pixels wide', (width) => {
  it('a visitor is told who may, and nobody else hears of it', async ({ workspace }) => {
    await workspace.steer('/scenarios/bad-deploy')
    const { page: ben } = await workspace.sit('ben')
    const { page: eve } = await workspace.sit('eve', { width })
    const told = main(eve).getByRole('article').filter({ hasText: 'Only visible to you' })

    await press(incidentMessage(eve), 'Roll back')
    await says(told, 'Nothing was done: only @oncall @developers may do this. Please ask one of them.')
    expect(await modal(eve).count()).toBe(0)
    await press(told, 'Dismiss message')
    await gone(told)

    await press(incidentMessage(eve), 'Acknowledge')
    await says(told, 'Nothing was done: only @oncall @developers @managers may do this.')
    // What Eve says arrives after what she was told, so it would be on Ben's page by now.
    await workspace.steer('/slack/say', { user: 'eve', channel: 'crypto-watch-alerts', text: 'I only looked' })
    await seen(main(ben).getByRole('article').filter({ hasText: 'I only looked' }))
    expect(await main(ben).getByText('Only visible to you').count()).toBe(0)
    await says(incidentMessage(ben), 'Owner: nobody yet')
  })
})
