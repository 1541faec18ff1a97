import { z } from 'zod'
import { AwsError } from '../aws-error.ts'
import { readPattern } from '../logs/pattern.ts'
import type { LogEvent, Logs } from '../logs.ts'
import { type Operations, operation } from './operation.ts'

const FilterLogEvents = z.strictObject({
  logGroupName: z.string().min(1).max(512),
  startTime: z.number().int().min(0).optional(),
  endTime: z.number().int().min(0).optional(),
  filterPattern: z.string().max(1_024).optional(),
  limit: z.number().int().min(1).max(10_000).optional(),
  nextToken: z.string().optional(),
})

/** A page is full at 10,000 lines or 1 MB, whichever comes first. */
const mostBytes = 1_048_576

function pageFrom(events: readonly LogEvent[], start: number, limit: number) {
  let bytes = 0
  let end = start
  for (const { message } of events.slice(start, start + limit)) {
    bytes += Buffer.byteLength(message)
    if (bytes > mostBytes && end > start) break
    end += 1
  }
  return { items: events.slice(start, end), ...(end < events.length && { next: `page-${end}` }) }
}

function startOf(token: string | undefined): number {
  if (token === undefined) return 0
  const start = /^page-(\d+)$/.exec(token)?.[1]
  if (start === undefined) throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.')
  return Number(start)
}

/** CloudWatch Logs as its clients see it. */
export const cloudWatchLogsOperations = (logs: Logs): Operations => ({
  FilterLogEvents: operation(FilterLogEvents, (input) => {
    const { logGroupName, startTime = 0, endTime = Number.MAX_SAFE_INTEGER, limit = 10_000 } = input
    if (startTime > endTime)
      throw new AwsError('InvalidParameterException', 'startTime must not be greater than endTime.')
    const takes = readPattern(input.filterPattern)
    const found = logs.filter(logGroupName, { from: startTime, to: endTime, takes })
    const { items, next } = pageFrom(found, startOf(input.nextToken), limit)
    return {
      events: items.map(({ id, stream, at, message }) => ({
        logStreamName: stream,
        timestamp: at,
        message,
        ingestionTime: at,
        eventId: id,
      })),
      searchedLogStreams: [],
      ...(next !== undefined && { nextToken: next }),
    }
  }),
})
