import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { describeError } from '../common/logger.ts'
import type { JournalEntry } from './page/protocol.ts'
import type { Recorded } from './room/record.ts'
import type { State } from './slack/state.ts'

/** What outlives a restart beside the tables: the world and the workspace at one domain time. */
export interface Saved {
  now: string
  /** How fast the clock ran. */
  speed: number
  cloud: unknown
  slack: State
  /** What the control room remembers; absent in what older sandboxes saved. */
  room?: { record: Recorded; journal: readonly JournalEntry[] } | undefined
}

const Shape = z.object({
  now: z.iso.datetime(),
  speed: z.number().min(0),
  cloud: z.unknown(),
  slack: z.custom<State>((value) => typeof value === 'object' && value !== null),
  room: z
    .custom<Saved['room']>((value) => value === undefined || (typeof value === 'object' && value !== null))
    .optional(),
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
  try {
    return Shape.parse(JSON.parse(text))
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : describeError(error)
    throw new Error(`${fileIn(folder)} cannot be read. Remove the folder to begin anew. ${why}`)
  }
}

/** Saves one after the other, each written beside and then renamed: a crash leaves the old state, never half of a new one. */
export function createSaver(folder: string): (saved: Saved) => Promise<void> {
  let last: Promise<void> = Promise.resolve()
  const write = async (saved: Saved): Promise<void> => {
    const next = `${fileIn(folder)}.next`
    await writeFile(next, JSON.stringify(saved))
    await rename(next, fileIn(folder))
  }
  return (saved) => {
    const mine = last.then(() => write(saved))
    last = mine.catch(() => undefined)
    return mine
  }
}
