import { existsSync } from 'node:fs'
import { processEnv } from '../../../common/env.ts'

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Where the Chromium of this machine is: what CHROMIUM_PATH names, or the first of the usual places. */
export function chromiumPath(): string {
  const named = processEnv().CHROMIUM_PATH
  const found = (named === undefined ? usual : [named]).find((path) => existsSync(path))
  if (found !== undefined) return found
  throw new Error(
    named === undefined
      ? `There is no Chromium at ${usual.join(', ')}. Install it (apt-get install chromium) or name it in CHROMIUM_PATH.`
      : `CHROMIUM_PATH names ${named}, and there is nothing.`,
  )
}

/** A browser without a window that asks nobody on the network for anything of its own. */
export const launchOptions = () => ({
  executablePath: chromiumPath(),
  args: [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
})
