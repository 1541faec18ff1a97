import type { Browser, BrowserContext, ConsoleMessage, Page } from 'playwright-core'

export interface SeatOptions {
  /** Width of the window; the height follows from it. */
  width?: number
  theme?: 'light' | 'dark'
  scale?: number
  /** What comes after `/?as=…`, as in `#C0ALERTS001`. */
  at?: string
}

/** One person in front of the page: a browser context of their own. */
export interface Seat {
  page: Page
  context: BrowserContext
  /** Complaints of the browser that the story itself brings about, such as a connection that it cuts. */
  forgive: (complaint: RegExp) => void
  /** What the browser complained of, beside what was forgiven. */
  complaints: () => string[]
}

/** Tall enough for a whole incident on a phone, and the usual window of a laptop. */
const heightFor = (width: number) => (width < 760 ? 844 : 800)

const sentenceOf = (message: ConsoleMessage) => `${message.type()}: ${message.text()} (${message.location().url})`

/** Opens the page as somebody. Whatever the browser complains of, and whatever leaves this machine, is kept. */
export async function sit(browser: Browser, address: string, who: string, options: SeatOptions = {}): Promise<Seat> {
  const { width = 1280, theme = 'light', scale = 1, at = '' } = options
  const context = await browser.newContext({
    viewport: { width, height: heightFor(width) },
    deviceScaleFactor: scale,
    colorScheme: theme,
    locale: 'en-GB',
    timezoneId: 'Asia/Tokyo',
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(30_000)
  const heard: string[] = []
  const forgiven: RegExp[] = []
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') heard.push(sentenceOf(message))
  })
  page.on('pageerror', (error) => heard.push(`exception: ${error.message}`))
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol.startsWith('http') && url.hostname !== 'localhost') heard.push(`left this machine: ${url.href}`)
  })
  await page.goto(`${address}/?as=${who}${at}`)
  return {
    page,
    context,
    forgive: (complaint) => forgiven.push(complaint),
    complaints: () => heard.filter((each) => !forgiven.some((complaint) => complaint.test(each))),
  }
}
