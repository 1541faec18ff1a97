import * as z from 'zod'

/**
 * While it is set, the price API answers no prices. It is a field of the settings item: since when, until when it is
 * expected to last, and in which incident it was approved; the last is absent where the public must not know of it.
 */
export const Maintenance = z.object({
  since: z.iso.datetime(),
  expectedUntil: z.iso.datetime().optional(),
  incident: z.string().min(1).max(200).optional(),
})
export type Maintenance = z.output<typeof Maintenance>

/** The problem type by which the price API refuses while it is set; the bot knows its proof by it. */
export const maintenanceProblem = 'urn:crypto-watch:problem:maintenance'
