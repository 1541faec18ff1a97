import { expect } from 'vitest'
import { fixtureText } from '../support/fixture.ts'
import { gone, incidentMessage, openRoom, part, press, says, seen } from './support/rooms.ts'
import { it } from './support/workspace.ts'

it('while Slack is away the page says so, a press shows why it failed, and what waited arrives later', async ({
  workspace,
}) => {
  await workspace.steer('/scenarios/bad-deploy')
  const { page, forgive } = await workspace.sit('aiko')
  // The stand-in refuses with 503, which a browser reports as an error of its own.
  forgive(/status of 503/)
  const message = incidentMessage(page)
  const banner = page.getByText('Slack is down: nothing arrives, and nobody can press or write anything.')
  const down = part(page, 'Slack').getByRole('switch', { name: 'Slack is down' })
  await openRoom(page)
  await seen(message)
  expect(await banner.count()).toBe(0)

  await down.click()
  await seen(banner)
  expect(await down.getAttribute('aria-checked')).toBe('true')
  await press(message, 'Acknowledge')
  await seen(
    message.getByRole('img', { name: 'Slack is down: nobody can press or type anything until it is up again.' }),
  )
  await says(message, 'Owner: nobody yet')
  workspace.sandbox().cloud.topic.publish(fixtureText('composite-alarm'))
  await seen(part(page, 'Incidents').getByText('no message yet'))
  const waiting = incidentMessage(page, 'checkout-degraded')
  expect(await waiting.count()).toBe(0)

  await down.click()
  await gone(banner)
  // What was answered 503 is claimed for half a minute of protocol time before it is looked for and sent again.
  await waiting.first().waitFor({ timeout: 50_000 })
  await press(message, 'Acknowledge')
  await says(message, 'Owner: @Aiko Tanaka')
})
