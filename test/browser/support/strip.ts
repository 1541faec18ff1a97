import type { Browser } from 'playwright-core'

export interface Frame {
  caption: string
  /** A PNG. */
  picture: Buffer
}

const frame = ({ caption, picture }: Frame) =>
  `<figure><figcaption>${caption}</figcaption><img src="data:image/png;base64,${picture.toString('base64')}"></figure>`

/** Frames in two rows of two, as one PNG; the browser lays them out, so that no image library is needed. */
export async function strip(browser: Browser, frames: readonly Frame[]): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: 1360, height: 940 } })
  await page.setContent(`
    <style>
      body { margin: 0; padding: 12px; background: #ece9ef; font: 600 18px Lato, sans-serif; color: #1d1c1d }
      main { display: grid; grid-template-columns: 1fr 1fr; gap: 12px }
      figure { margin: 0; overflow: hidden; border-radius: 10px; background: #fff }
      figcaption { padding: 8px 14px }
      img { display: block; width: 100% }
    </style>
    <main>${frames.map(frame).join('')}</main>`)
  await page.locator('img').last().waitFor()
  const picture = await page.locator('body').screenshot()
  await page.close()
  return picture
}
