import * as z from 'zod'

/** Reminders to an owner who went silent, counted until the owner does something. */
export const Reminders = z.object({ count: z.int().positive(), at: z.iso.datetime() })
export type Reminders = z.output<typeof Reminders>
