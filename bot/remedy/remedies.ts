import * as z from 'zod'
import { disableKey } from './disable-key.ts'
import { longerCache } from './longer-cache.ts'
import { maintenanceMode } from './maintenance-mode.ts'
import { newKey } from './new-key.ts'
import { otherProvider } from './other-provider.ts'
import { raiseConcurrency } from './raise-concurrency.ts'
import type { Remedy } from './remedy.ts'
import { updateLessOften } from './update-less-often.ts'

/** Every remedy there is, in the order of the menu. */
export const remedies = [
  updateLessOften,
  longerCache,
  otherProvider,
  disableKey,
  newKey,
  raiseConcurrency,
  maintenanceMode,
] as const

export const RemedyName = z.enum(remedies.map(({ name }) => name))
export type RemedyName = z.output<typeof RemedyName>

export function remedyNamed(wanted: RemedyName): Remedy<RemedyName> {
  const found = remedies.find(({ name }) => name === wanted)
  if (!found) throw new Error(`There is no remedy ${wanted}`)
  return found
}

/**
 * Who looks at what a remedy is about. Whoever lists API keys can read their values, so only their own performer may; and
 * only the worker may call a function.
 */
export type Looker = 'evidence' | 'remedy' | 'worker'

export function lookerOf(name: RemedyName): Looker {
  const { reads } = remedyNamed(name)
  switch (reads) {
    case 'settings':
    case 'concurrency':
      return 'evidence'
    case 'keys':
      return 'remedy'
    case 'api':
      return 'worker'
    default:
      return reads satisfies never
  }
}
