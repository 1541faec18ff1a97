import * as z from 'zod'
import { disableKey } from './disable-key.ts'
import { longerCache } from './longer-cache.ts'
import { newKey } from './new-key.ts'
import { otherProvider } from './other-provider.ts'
import { raiseConcurrency } from './raise-concurrency.ts'
import type { Remedy } from './remedy.ts'
import { updateLessOften } from './update-less-often.ts'

/** Every remedy there is, in the order of the menu. */
export const remedies = [updateLessOften, longerCache, otherProvider, disableKey, newKey, raiseConcurrency] as const

export const RemedyName = z.enum(remedies.map(({ name }) => name))
export type RemedyName = z.output<typeof RemedyName>

export function remedyNamed(wanted: RemedyName): Remedy<RemedyName> {
  const found = remedies.find(({ name }) => name === wanted)
  if (!found) throw new Error(`There is no remedy ${wanted}`)
  return found
}

/** Who looks at what a remedy is about. Whoever lists API keys can read their values, so only their own performer may. */
export type Looker = 'evidence' | 'remedy'
export const lookerOf = (name: RemedyName): Looker => (remedyNamed(name).reads === 'keys' ? 'remedy' : 'evidence')
