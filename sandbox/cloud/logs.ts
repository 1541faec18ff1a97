import { AwsError } from './aws-error.ts'
import type { Pattern } from './logs/pattern.ts'

/** One line of a log, as CloudWatch Logs keeps it. */
export interface LogEvent {
  id: string
  stream: string
  /** Domain time in milliseconds. */
  at: number
  message: string
}

/** What each group keeps; older lines go. */
const kept = 10_000

/** CloudWatch Logs: groups of lines, each line in a stream. They are not part of a snapshot, as in memory they are many. */
export function createLogs() {
  const groups = new Map<string, LogEvent[]>()
  let written = 0

  function find(group: string): LogEvent[] {
    const found = groups.get(group)
    if (found === undefined)
      throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.', 400)
    return found
  }

  return {
    define(group: string): void {
      groups.set(group, groups.get(group) ?? [])
    },
    write(group: string, { stream, at, message }: { stream: string; at: Date; message: string }): void {
      const events = find(group)
      written += 1
      events.push({ id: String(written).padStart(20, '0'), stream, at: at.getTime(), message })
      if (events.length > 2 * kept) events.splice(0, events.length - kept)
    },
    /** The lines from `from` to `to`, both included, that the pattern takes; oldest first. */
    filter(group: string, { from, to, takes }: { from: number; to: number; takes: Pattern }): LogEvent[] {
      return find(group)
        .slice(-kept)
        .filter(({ at, message }) => at >= from && at <= to && takes(message))
        .toSorted((a, b) => a.at - b.at || a.id.localeCompare(b.id))
    },
  }
}

export type Logs = ReturnType<typeof createLogs>
