import * as z from 'zod'

/** How many customers have told of it, as far as people have counted them. */
export const Complaints = z.object({
  count: z.int().positive(),
  since: z.iso.datetime(),
  last: z.object({ by: z.string(), at: z.iso.datetime() }),
  /** The latest presses, so that one told twice counts once. */
  presses: z.array(z.string()),
})
export type Complaints = z.output<typeof Complaints>

/** So many customers who tell of it by themselves are more than the usual few. */
export const manyComplaints = 3
