import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { startSandbox } from '../../sandbox/sandbox.ts'
import { createQuietLog } from '../support/quiet-log.ts'
import { launchOptions } from './support/chromium.ts'
import {
  controlRoom,
  firstMinute,
  incidentMessage,
  main,
  modal,
  openChannel,
  openThread,
  part,
  press,
  says,
  seen,
} from './support/rooms.ts'
import { sit } from './support/seat.ts'
import { strip } from './support/strip.ts'

/**
 * Makes the pictures of the documents from a running sandbox. The machine needs the fonts that people have at home:
 * Debian's fonts-lato, fonts-noto-cjk and fonts-noto-color-emoji.
 */
const folder = fileURLToPath(new URL('../../docs/pictures/', import.meta.url))
const start = new Date('2026-11-23T03:00:00.000Z')

const save = (name: string, picture: Buffer) => writeFile(`${folder}${name}.png`, picture)
const show = (page: Page) =>
  incidentMessage(page)
    .first()
    .evaluate((message) => message.scrollIntoView())

const sandbox = await startSandbox({ log: createQuietLog(), portBase: 0, env: {}, start, speed: 1, seed: 7 })
const browser = await chromium.launch(launchOptions())
const at = sandbox.addresses.workspace
try {
  await mkdir(folder, { recursive: true })
  const laptop = (await sit(browser, at, 'aiko', { scale: 1.5 })).page
  const phone = (await sit(browser, at, 'aiko', { width: 390, scale: 1.5, theme: 'dark' })).page

  await press(firstMinute(laptop), 'Break it')
  await says(incidentMessage(laptop), 'What changed')
  await press(firstMinute(phone), 'Hide')
  await press(firstMinute(laptop), 'Hide')
  await show(laptop)
  await seen(controlRoom(laptop).getByText('alarm rings'))
  const alarm = await laptop.screenshot()
  await save('workspace', alarm)

  await press(incidentMessage(laptop), 'Acknowledge')
  await says(incidentMessage(laptop), 'Owner: @Aiko Tanaka')
  await press(incidentMessage(phone), 'Roll back')
  await says(modal(phone), 'v42 → v41')
  await save('phone', await phone.screenshot())
  await press(modal(phone), 'Cancel')

  await press(incidentMessage(laptop), 'Roll back')
  await says(modal(laptop), 'v42 → v41')
  const asked = await laptop.screenshot()
  await press(modal(laptop), 'Roll back')
  await says(incidentMessage(laptop), 'Prove it')
  await says(part(laptop, 'Service').getByRole('listitem').filter({ hasText: /^v41/ }), '100 %')
  await show(laptop)
  const moved = await laptop.screenshot()

  await press(controlRoom(laptop), '+5 min')
  await says(incidentMessage(laptop), 'Rolled back v42 → v41')
  await seen(controlRoom(laptop).getByText('alarm OK'))
  await show(laptop)
  const proof = await laptop.screenshot()

  const dark = (await sit(browser, at, 'aiko', { scale: 1.5, theme: 'dark' })).page
  await press(firstMinute(dark), 'Hide')
  await openThread(dark)
  await save('thread', await dark.screenshot())

  const frames = [
    { caption: '1  The alarm rings', picture: alarm },
    { caption: '2  What will be undone, and why', picture: asked },
    { caption: '3  The alias moves', picture: moved },
    { caption: '4  The proof', picture: proof },
  ]
  await save('rollback-strip', await strip(browser, frames))
  await pictureManager(browser)
} finally {
  await browser.close()
  await sandbox.stop()
}

/** Nobody could help, so management is asked, on a phone. */
async function pictureManager(withBrowser: Browser): Promise<void> {
  const another = await startSandbox({ log: createQuietLog(), portBase: 0, env: {}, start, speed: 1, seed: 7 })
  try {
    const address = another.addresses.workspace
    const aiko = (await sit(withBrowser, address, 'aiko')).page
    const dan = (await sit(withBrowser, address, 'dan', { width: 390, scale: 1.5 })).page
    await press(firstMinute(aiko), 'Break it')
    await press(firstMinute(dan), 'Hide')
    for (const [why, said] of [
      ['The code is new to me', 'Escalated: to the developers'],
      ['Customers call, and nobody answers', 'Escalated: to management'],
    ] as const) {
      await press(incidentMessage(aiko), 'Escalate')
      await modal(aiko).getByRole('textbox', { name: 'Why now' }).fill(why)
      await press(modal(aiko), 'Escalate')
      await says(incidentMessage(aiko), said)
    }
    await openChannel(dan, 'crypto-watch-incidents')
    const card = main(dan).getByRole('article').filter({ hasText: 'Your decision is needed' })
    await says(card, 'requests failed')
    // One picture of what a person scrolls through.
    await dan.setViewportSize({ width: 390, height: 1010 })
    await card.first().evaluate((message) => message.scrollIntoView({ block: 'end' }))
    await save('manager', await dan.screenshot())
  } finally {
    await another.stop()
  }
}
