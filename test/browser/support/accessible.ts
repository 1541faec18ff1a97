import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  id: string
  impact: string | null
  help: string
  nodes: { target: unknown[]; failureSummary: string }[]
}

/** What keeps somebody from using the page, one sentence each; empty is what is wanted. */
export async function barriers(page: Page): Promise<string[]> {
  // The page forbids scripts in its document, so this one is given to the browser itself.
  await page.evaluate(source)
  const violations = (await page.evaluate('axe.run().then((found) => found.violations)')) as Violation[]
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`),
    )
}

/** What is wider than the window, and buttons that stick out of the pane they stand in. */
export const cutOff = (page: Page): Promise<string[]> => page.evaluate(findCutOff)

const findCutOff = `(() => {
  const found = []
  const { scrollWidth } = document.documentElement
  if (scrollWidth > innerWidth) found.push('the page is ' + scrollWidth + ' wide in a window of ' + innerWidth)
  for (const button of document.querySelectorAll('button, a, select, input, textarea')) {
    const pane = button.closest('dialog, [popover], .right, main, nav, header, .banners') ?? document.body
    const [box, around] = [button, pane].map((each) => each.getBoundingClientRect())
    if (box.width === 0 || button.closest('.bk-wide') || !button.checkVisibility()) continue
    if (box.left < around.left - 1 || box.right > around.right + 1)
      found.push((button.textContent || button.ariaLabel) + ' sticks out of ' + pane.tagName + ' ' + pane.className)
  }
  return found
})()`
