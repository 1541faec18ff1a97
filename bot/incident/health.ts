import * as z from 'zod'

/** How the API is now, and how it was before the deployment that is suspected: what the runbook's criteria are about. */
export const Health = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** Calls of the function in that time, and how many ended as errors. */
  calls: z.number(),
  errors: z.number(),
  /** Requests at the gateway in that time. */
  requests: z.number(),
  /** In seconds; absent without requests. */
  p95: z.number().optional(),
  /** The day before the deployment; absent where there is none, or no request was made in it. */
  before: z.object({ until: z.iso.datetime(), p95: z.number() }).optional(),
})
export type Health = z.output<typeof Health>
