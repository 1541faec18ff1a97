import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { State } from './slack/state.ts'

/** What outlives a restart beside the tables: the world and the workspace at one domain time. */
export interface Saved {
  now: string
  cloud: unknown
  slack: State
}

const Shape = z.object({
  now: z.iso.datetime(),
  cloud: z.unknown(),
  slack: z.custom<State>((value) => typeof value === 'object'),
})
const fileIn = (folder: string) => join(folder, 'sandbox.json')

/** The state a folder holds, or undefined for a new folder. */
export async function readSaved(folder: string): Promise<Saved | undefined> {
  await mkdir(folder, { recursive: true })
  let text: string
  try {
    text = await readFile(fileIn(folder), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  return Shape.parse(JSON.parse(text))
}

/** Written beside and then renamed, so that a crash leaves the old state and never half of a new one. */
export async function writeSaved(folder: string, saved: Saved): Promise<void> {
  const next = `${fileIn(folder)}.next`
  await writeFile(next, JSON.stringify(saved))
  await rename(next, fileIn(folder))
}
