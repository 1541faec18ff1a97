import * as z from 'zod'
import { longerCache } from './longer-cache.ts'
import { otherProvider } from './other-provider.ts'
import type { Remedy } from './remedy.ts'
import { updateLessOften } from './update-less-often.ts'

/** Every remedy there is, in the order of the menu. */
export const remedies = [updateLessOften, longerCache, otherProvider] as const

export const RemedyName = z.enum(remedies.map(({ name }) => name))
export type RemedyName = z.output<typeof RemedyName>

export function remedyNamed(wanted: RemedyName): Remedy<RemedyName> {
  const found = remedies.find(({ name }) => name === wanted)
  if (!found) throw new Error(`There is no remedy ${wanted}`)
  return found
}
