import type { Locator, Page } from 'playwright-core'

/** The parts of the page as a person names them. */

export const widths = [1280, 390]

export const main = (page: Page): Locator => page.getByRole('main')
export const thread = (page: Page): Locator => page.getByRole('complementary', { name: 'Thread' })
export const controlRoom = (page: Page): Locator => page.getByRole('complementary', { name: 'Control room' })
export const firstMinute = (page: Page): Locator => page.getByRole('region', { name: /first minute/ })
export const modal = (page: Page): Locator => page.getByRole('dialog')
/** A section of the control room, by its heading. */
export const part = (page: Page, title: string): Locator =>
  controlRoom(page).getByRole('region', { name: title, exact: true })

/** The message of an incident in the channel that is open; its text changes, its place does not. */
export const incidentMessage = (page: Page, service = 'api'): Locator =>
  main(page)
    .getByRole('article')
    .filter({ hasText: new RegExp(`${service}-\\d{8}T`) })

/** Waits until it can be seen. */
export const seen = (place: Locator): Promise<void> => place.first().waitFor()
export const says = (place: Locator, words: string | RegExp): Promise<void> =>
  place.filter({ hasText: words }).first().waitFor()
export const gone = (place: Locator): Promise<void> => place.first().waitFor({ state: 'hidden' })
export const press = (place: Locator, name: string | RegExp): Promise<void> =>
  place.getByRole('button', { name, exact: true }).click()

export const isPhone = (page: Page): boolean => (page.viewportSize()?.width ?? 0) < 760

const roomButton = (page: Page) => page.getByRole('banner').first().getByRole('button', { name: 'Control room' })

async function turnRoom(page: Page, to: 'true' | 'false'): Promise<void> {
  const button = roomButton(page)
  if ((await button.getAttribute('aria-pressed')) !== to) await button.click()
}

/** Beside the messages; on a phone in front of them. */
export async function openRoom(page: Page): Promise<void> {
  await turnRoom(page, 'true')
  await seen(controlRoom(page))
}

/** On a phone the control room has to go before the channel is seen again. */
export async function closeRoom(page: Page): Promise<void> {
  await turnRoom(page, 'false')
  await seen(main(page))
}

export async function openChannel(page: Page, name: string): Promise<void> {
  if (isPhone(page)) await press(page.getByRole('banner').first(), 'Channels')
  await page.getByRole('navigation', { name: 'Channels' }).getByRole('button', { name }).click()
}

/** The thread of the incident that is open in the channel. */
export async function openThread(page: Page, service = 'api'): Promise<void> {
  await incidentMessage(page, service)
    .getByRole('button', { name: /repl(y|ies)|Reply in thread/ })
    .click()
  await seen(thread(page))
}
