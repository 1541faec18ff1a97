import * as z from 'zod'
import type { Version } from './evidence.ts'

/** The commits of two versions, the older first. */
export const Commits = z.object({ older: z.string(), newer: z.string() })
export type Commits = z.output<typeof Commits>

/** Both commits, where both are known and they differ. */
export function commitsBetween(versions: readonly Version[], one: string, other: string): Commits | undefined {
  const commitOf = (wanted: string) => versions.find(({ version }) => version === wanted)?.commit
  const [older, newer] = [one, other].toSorted((a, b) => Number(a) - Number(b)).map(commitOf)
  return older === undefined || newer === undefined || older === newer ? undefined : { older, newer }
}
