import * as z from 'zod'
import { Maintenance } from '../../common/maintenance.ts'

const StoredValue = z.union([z.string(), z.number()])

/** Whether the gateway lets a key in. */
export const KeyState = z.enum(['enabled', 'disabled'])
export type KeyState = z.output<typeof KeyState>

/**
 * One change of one thing, with what undoes it in it: it is made only while `expect` still stands there. In a setting
 * `null` is nothing at all, where a default counts.
 */
export const Write = z.discriminatedUnion('target', [
  z.object({
    target: z.literal('settings'),
    field: z.enum(['updateEveryMinutes', 'cacheTtlMinutes', 'provider']),
    expect: StoredValue.nullable(),
    write: StoredValue.nullable(),
  }),
  /** A field of the settings too, which holds more than one value; `null` is no maintenance. */
  z.object({ target: z.literal('maintenance'), expect: Maintenance.nullable(), write: Maintenance.nullable() }),
  z.object({ target: z.literal('api-key'), key: z.string().min(1), expect: KeyState, write: KeyState }),
  /** A new key with the plans of the one that it replaces. `name` is how its own name begins. */
  z.object({ target: z.literal('new-key'), replaces: z.string().min(1), name: z.string().min(1) }),
  z.object({
    target: z.literal('concurrency'),
    function: z.string().min(1),
    expect: z.int().positive(),
    write: z.int().positive(),
  }),
])
export type Write = z.output<typeof Write>
export type Target = Write['target']
export type WriteOf<T extends Target> = Extract<Write, { target: T }>

/**
 * The write that takes another one back: what stood there before, unless it has been changed since. A key that was made
 * is disabled and not deleted, so that logs go on telling whose it was.
 */
export function undoing(done: Write, made: { id: string } | undefined): Write | undefined {
  switch (done.target) {
    case 'settings':
      return { ...done, expect: done.write, write: done.expect }
    case 'maintenance':
      return { ...done, expect: done.write, write: done.expect }
    case 'api-key':
      return { ...done, expect: done.write, write: done.expect }
    case 'concurrency':
      return { ...done, expect: done.write, write: done.expect }
    case 'new-key':
      return made && { target: 'api-key', key: made.id, expect: 'enabled', write: 'disabled' }
    default:
      return done satisfies never
  }
}
