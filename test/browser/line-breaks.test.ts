import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { gone, incidentMessage, main, press, says, seen } from './support/rooms.ts'
import { openWire } from './support/wire.ts'
import { it } from './support/workspace.ts'

const cut = /ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|ERR_INCOMPLETE_CHUNKED|ERR_EMPTY_RESPONSE/
const lost = (page: Page) => page.getByText('The sandbox does not answer.')
const status = (page: Page) => page.getByRole('status')

it('a sandbox that begins anew says so, and what was there is gone', async ({ workspace }) => {
  await workspace.steer('/scenarios/bad-deploy')
  const { page, forgive } = await workspace.sit('aiko')
  forgive(cut)
  await seen(incidentMessage(page))
  await workspace.stop()
  await seen(lost(page))
  await seen(incidentMessage(page))

  await workspace.startAgain()
  await seen(page.getByText('The sandbox was started again. It begins anew; what was here is gone.'))
  await gone(lost(page))
  await gone(incidentMessage(page))
  await press(status(page).filter({ hasText: 'begins anew' }), 'Understood')
  await gone(page.getByText('It begins anew'))
})

it('a sandbox with a folder goes on from what it had saved, and says so', async ({ workspace }) => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'crypto-watch-'))
  await workspace.stop()
  await workspace.startAgain({ dataFolder })
  await workspace.steer('/scenarios/bad-deploy')
  const { page, forgive } = await workspace.sit('aiko')
  forgive(cut)
  await seen(incidentMessage(page))
  await workspace.stop()
  await seen(lost(page))

  await workspace.startAgain({ dataFolder })
  await seen(page.getByText('The sandbox was started again and went on from what it had saved.'))
  await press(incidentMessage(page), 'Acknowledge')
  await says(incidentMessage(page), 'Owner: @Aiko Tanaka')
  await workspace.stop()
  await rm(dataFolder, { recursive: true })
  await workspace.startAgain()
})

it('after a connection that was cut the page has what happened meanwhile', async ({ workspace }) => {
  const wire = await openWire(workspace.sandbox().addresses.workspace)
  const { page, forgive } = await workspace.sit('aiko', {}, wire.address)
  forgive(cut)
  await seen(main(page).getByText('No messages in #crypto-watch-alerts yet.'))
  await wire.cut()
  await seen(lost(page))
  await workspace.steer('/slack/say', { user: 'ben', channel: 'crypto-watch-alerts', text: 'Is anybody there?' })
  expect(await main(page).getByText('Is anybody there?').count()).toBe(0)

  await wire.mend()
  await gone(lost(page))
  await seen(main(page).getByRole('article').filter({ hasText: 'Is anybody there?' }))
  expect(await page.getByText('was started again').count()).toBe(0)
  await wire.cut()
})
