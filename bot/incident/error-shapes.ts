import * as z from 'zod'
import { fold, masked } from './fold.ts'
import { type LogLine, readLine, versionOf } from './log-line.ts'
import { UpstreamSeen } from './upstream-seen.ts'

/** Errors of one shape, in the log of one function. */
export const ErrorShape = z.object({
  role: z.enum(['api', 'updater']),
  level: z.enum(['error', 'warning']),
  count: z.number(),
  first: z.iso.datetime(),
  last: z.iso.datetime(),
  /** The first of them, clipped, without what looks like a secret. */
  sample: z.string(),
  /** The versions that wrote it, as far as the log tells; at most three. */
  versions: z.array(z.string()),
})
export type ErrorShape = z.output<typeof ErrorShape>

/** What the logs of the functions tell of errors around the start of an incident. */
export const ErrorsSeen = z.object({
  /** Lines are read from here on. */
  from: z.iso.datetime(),
  /** The most frequent shapes; errors before warnings. */
  top: z.array(ErrorShape),
  /** False when there was more than is read: the counts are what was seen at least. */
  isWhole: z.boolean(),
  /** Attempts at the price source that failed; absent without any. */
  upstream: UpstreamSeen.optional(),
})
export type ErrorsSeen = z.output<typeof ErrorsSeen>

const mostShapes = 3
const mostVersions = 3
const sampleLength = 300

interface Group extends Omit<ErrorShape, 'count' | 'versions'> {
  counts: { code: number; lambda: number }
  versions: Set<string>
}

/** The errors that lines tell of, grouped by shape, the worst three. */
export function errorShapes(lines: readonly LogLine[]): ErrorShape[] {
  const groups = new Map<string, Group>()
  for (const { role, at, stream, message } of lines) {
    const told = readLine(message)
    if (told === undefined || told.text === '') continue
    const key = `${role} ${fold(told.text, told.values)}`
    const group = groups.get(key) ?? {
      role,
      level: told.level,
      first: at,
      last: at,
      sample: masked(told.text).slice(0, sampleLength),
      counts: { code: 0, lambda: 0 },
      versions: new Set<string>(),
    }
    groups.set(key, group)
    group.counts[told.by] += 1
    if (told.level === 'error') group.level = 'error'
    if (at < group.first) group.first = at
    if (at > group.last) group.last = at
    const version = versionOf(stream)
    if (version !== undefined && group.versions.size < mostVersions) group.versions.add(version)
  }
  return [...groups.values()]
    .map(({ counts, versions, ...rest }) => ({
      ...rest,
      // What our code logs and then throws, Lambda logs again: the larger number counts each failure once.
      count: Math.max(counts.code, counts.lambda),
      versions: [...versions].toSorted((a, b) => Number(a) - Number(b)),
    }))
    .toSorted((a, b) => a.level.localeCompare(b.level) || b.count - a.count || a.first.localeCompare(b.first))
    .slice(0, mostShapes)
}
