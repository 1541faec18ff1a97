import type { Reader } from './blocks/reader.ts'
import type { Place } from './place.ts'
import type { Reading } from './times.ts'
import type { ReadMarks } from './unread.ts'
import type { Actions } from './use-actions.ts'
import type { World } from './world.ts'

/** What every part of the page is drawn from. */
export interface Workspace {
  world: World
  place: Place
  go: (change: Partial<Place>) => void
  /** Who looks, for Block Kit. */
  reader: Reader
  /** Who looks, for times. */
  reading: Reading
  actions: Actions
  marks: ReadMarks
  read: (key: string, ts: string) => void
}
