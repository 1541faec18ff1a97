import * as z from 'zod'

/** A step of a runbook: the alarm's name in the list, the chapter or case, and which step of it, from 0. */
export const StepId = z.string().regex(/^[A-Za-z0-9]+\/[a-z0-9-]+\/\d{1,2}$/)

/** A step that somebody says is done; `text` is how the runbook has it, clipped, in the language of the channel. */
export const TickedStep = z.object({ step: StepId, text: z.string(), by: z.string(), at: z.iso.datetime() })
export type TickedStep = z.output<typeof TickedStep>
