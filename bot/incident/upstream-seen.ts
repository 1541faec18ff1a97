import * as z from 'zod'
import type { LogLine } from './log-line.ts'

/** Why an attempt at a price source brought no prices, by the words of the updater's log. */
export const AttemptFailure = z.enum([
  'rate-limited',
  'unavailable',
  'timed-out',
  'unreachable',
  'truncated',
  'malformed',
  'empty',
  'refused',
])
export type AttemptFailure = z.output<typeof AttemptFailure>

/** How the failed attempts at the price source ended that is asked first. */
export const UpstreamSeen = z.object({
  provider: z.string(),
  total: z.number(),
  /** The most frequent first. */
  reasons: z.array(z.object({ reason: AttemptFailure, count: z.number() })),
})
export type UpstreamSeen = z.output<typeof UpstreamSeen>

/** A line of the updater about one attempt, of whose details this is what counts here. */
const Attempt = z.object({
  message: z.string().startsWith('External API ERROR'),
  provider: z.string().min(1).max(60),
  reason: AttemptFailure,
})

/** Counts failed attempts; undefined without any. A line about anything else is none. */
export function countAttempts(lines: readonly Pick<LogLine, 'role' | 'message'>[]): UpstreamSeen | undefined {
  const providers = new Map<string, Map<AttemptFailure, number>>()
  for (const { role, message } of lines) {
    const attempt = role === 'updater' ? Attempt.safeParse(readJson(message)).data : undefined
    if (attempt === undefined) continue
    const { provider, reason } = attempt
    const reasons = providers.get(provider) ?? new Map<AttemptFailure, number>()
    providers.set(provider, reasons)
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  }
  // The source asked last is tried only when the first has failed: the first fails at least as often, and before it.
  const [first] = [...providers]
    .map(([provider, reasons]) => ({ provider, total: sum(reasons), reasons }))
    .toSorted((a, b) => b.total - a.total)
  return (
    first && {
      ...first,
      reasons: [...first.reasons]
        .map(([reason, count]) => ({ reason, count }))
        .toSorted((a, b) => b.count - a.count || a.reason.localeCompare(b.reason)),
    }
  )
}

const sum = (counts: ReadonlyMap<unknown, number>): number =>
  [...counts.values()].reduce((all, count) => all + count, 0)

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
