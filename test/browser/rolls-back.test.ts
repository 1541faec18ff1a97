import { describe, expect } from 'vitest'
import {
  closeRoom,
  firstMinute,
  gone,
  incidentMessage,
  isPhone,
  modal,
  openRoom,
  openThread,
  part,
  press,
  says,
  seen,
  thread,
  widths,
} from './support/rooms.ts'
import { it } from './support/workspace.ts'

describe.each(widths)('%i pixels wide', (width) => {
  it('whoever is on call breaks a deployment, rolls it back and reads the proof', async ({ workspace }) => {
    const { page } = await workspace.sit('aiko', { width })
    const message = incidentMessage(page)
    const ticked = firstMinute(page).getByRole('listitem').filter({ hasText: '(done)' })

    await press(firstMinute(page), 'Break it')
    await seen(message.getByRole('heading', { name: /API errors at [\d.]+ %, limit 5 %/ }))
    await says(
      message,
      /v41 → v42 of crypto-watch-api-function, deployed \d+ min before the alarm by Ren Ito, .*: likely the cause/,
    )
    for (const name of ['Roll back', 'Escalate', 'Resolve']) await seen(message.getByRole('button', { name }))
    await openRoom(page)
    await seen(part(page, 'Error rate').getByRole('img', { name: /Last minute [5-9][\d.]* %/ }))
    await closeRoom(page)

    await press(message, 'Acknowledge')
    await says(message, 'Owner: @Aiko Tanaka')
    await gone(message.getByRole('button', { name: 'Acknowledge' }))

    await press(message, 'Roll back')
    await says(modal(page), 'v42 → v41')
    await says(modal(page), 'Verdict: likely the cause')
    await says(modal(page), /Commits that go away\s*• v42 \w+ by Ren Ito/)
    await press(modal(page), 'Roll back')
    await gone(modal(page))
    await says(message, '▸')

    await press(firstMinute(page), 'Let five minutes pass')
    await says(message, /Rolled back v42 → v41 by @Aiko Tanaka, errors [\d.]+ % → 0 %, alarm OK after/)
    await seen(firstMinute(page).getByRole('heading', { name: 'That was the first minute' }))
    await says(firstMinute(page).getByRole('status'), 'All three steps are done.')
    // The proof is there before the five minutes are over, and only then the page goes to the message.
    await seen(firstMinute(page).getByRole('button', { name: 'A storm of forty alarms', disabled: false }))
    // A phone has no room for steps that are done.
    expect(await ticked.count()).toBe(isPhone(page) ? 0 : 3)
    await openRoom(page)
    await seen(part(page, 'Error rate').getByRole('img', { name: /Last minute 0 %/ }))
    await says(part(page, 'Service').getByRole('listitem').filter({ hasText: /^v41/ }), '100 %')
    await closeRoom(page)

    await openThread(page)
    await says(thread(page), '@Aiko Tanaka asked to roll back crypto-watch-api-function, v42 → v41.')
    await says(thread(page), 'crypto-watch-api-function now serves v41 instead of v42.')
    await says(thread(page), /Rolled back v42 → v41 by @Aiko Tanaka, errors [\d.]+ % → 0 %/)
    await press(thread(page), 'Close thread')

    await openRoom(page)
    await press(part(page, 'Time'), '+5 min')
    await says(part(page, 'Incidents').getByRole('listitem'), 'Resolved')
    await closeRoom(page)
    await seen(message.getByRole('heading', { name: /Resolved/ }))
    expect(await message.getByRole('button', { name: /Roll back|Escalate|Resolve/ }).count()).toBe(0)
  })
})
