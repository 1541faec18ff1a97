import { z } from 'zod'
import { type Limit, limits } from './limits.ts'

/** A string within a limit; the problem is told in Slack's words. */
export const bounded = (limit: Limit) =>
  z.string().superRefine((value, context) => {
    const problem = limit.check(value.length)
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem })
  })

/** A list within a limit. */
export const list = <S extends z.ZodType>(of: S, limit: Limit) =>
  z.array(of).superRefine((value, context) => {
    const problem = limit.check(value.length)
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem })
  })

export const plainText = (limit: Limit) =>
  z.strictObject({ type: z.literal('plain_text'), text: bounded(limit), emoji: z.boolean().optional() })

export const mrkdwnText = (limit: Limit) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: bounded(limit), verbatim: z.boolean().optional() })

export const anyText = (limit: Limit) => z.discriminatedUnion('type', [plainText(limit), mrkdwnText(limit)])

/** What every block may carry. */
export const blockId = { block_id: bounded(limits.blockId).optional() }

/** Adds a problem for each value that appears a second time, at the place where it does. */
export const refuseRepeats = (
  values: readonly (string | undefined)[],
  what: string,
  context: { addIssue(issue: { code: 'custom'; message: string; path: (string | number)[] }): void },
  pathOf: (index: number) => (string | number)[],
) => {
  const seen = new Set<string>()
  for (const [index, value] of values.entries()) {
    if (value === undefined) continue
    if (seen.has(value)) {
      context.addIssue({ code: 'custom', message: `${what} "${value}" already exists`, path: pathOf(index) })
    }
    seen.add(value)
  }
}
