import { type CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import * as z from 'zod'
import type { Names } from '../../common/names.ts'
import { moment } from '../../common/time.ts'
import { type ErrorsSeen, errorShapes } from '../incident/error-shapes.ts'
import { countKeyUse, type KeyUse } from '../incident/key-use.ts'
import { countRequests, type RequestsSeen } from '../incident/requests-seen.ts'
import { countAttempts } from '../incident/upstream-seen.ts'
import { NoAnswer } from './within.ts'

/** Reads what the logs of the price service tell of an incident. */
export interface Logs {
  errors(functions: readonly ('api' | 'updater')[], from: string, to: string): Promise<ErrorsSeen>
  requests(from: string, to: string): Promise<RequestsSeen>
  /** What was asked with each API key. */
  keyUse(from: string, to: string): Promise<KeyUse>
}

/** Lines of our logger from warnings on, and what Lambda writes about a call that failed. */
const ofErrors = '?ERROR ?WARN ?"Task timed out" ?"Runtime exited"'
const mostPages = 5

/** A page of a log in an answer of AWS. */
const Page = z.object({
  events: z
    .array(z.object({ timestamp: z.number(), message: z.string(), logStreamName: z.string().default('') }))
    .default([]),
  nextToken: z.string().optional(),
})
type Events = z.output<typeof Page>['events']

interface Asked {
  group: string
  from: string
  to: string
  pattern?: string
}

/** `limitMs` bounds each reading as a whole, however many pages it has. */
export function createLogs(client: CloudWatchLogsClient, names: Names, limitMs: number): Logs {
  /** Pages come oldest first. What does not fit into the time and the pages is left out, and the answer says so. */
  async function read({ group, from, to, pattern }: Asked): Promise<{ events: Events; isWhole: boolean }> {
    const abortSignal = AbortSignal.timeout(limitMs)
    const events: Events = []
    let nextToken: string | undefined
    for (let page = 0; page < mostPages; page += 1) {
      const asked = new FilterLogEventsCommand({
        logGroupName: group,
        startTime: Date.parse(from),
        endTime: Date.parse(to),
        ...(pattern !== undefined && { filterPattern: pattern }),
        ...(nextToken !== undefined && { nextToken }),
      })
      try {
        const answer = Page.parse(await client.send(asked, { abortSignal }))
        events.push(...answer.events)
        nextToken = answer.nextToken
      } catch (error) {
        if (!abortSignal.aborted) throw error
        if (page > 0) return { events, isWhole: false }
        throw new NoAnswer(limitMs)
      }
      if (nextToken === undefined) return { events, isWhole: true }
    }
    return { events, isWhole: false }
  }

  return {
    async errors(functions, from, to) {
      const readings = functions.map(async (role) => {
        const group = `/aws/lambda/${names.functions[role]}`
        const { events, isWhole } = await read({ group, from, to, pattern: ofErrors })
        const lines = events.map(({ timestamp, message, logStreamName: stream }) => ({
          role,
          at: moment(timestamp),
          stream,
          message,
        }))
        return { lines, isWhole }
      })
      const all = await Promise.all(readings)
      const lines = all.flatMap((each) => each.lines)
      const upstream = countAttempts(lines)
      const isWhole = all.every((each) => each.isWhole)
      return { from, top: errorShapes(lines), isWhole, ...(upstream && { upstream }) }
    },
    async keyUse(from, to) {
      const { events, isWhole } = await read({ group: `/aws/apigateway/${names.gateway}`, from, to })
      return { from, isWhole, ...countKeyUse(events) }
    },
    async requests(from, to) {
      const { events, isWhole } = await read({ group: `/aws/apigateway/${names.gateway}`, from, to })
      const lines = events.map(({ timestamp, message }) => ({ at: moment(timestamp), message }))
      // Pages may come from one stream after the other.
      const until = lines
        .map(({ at }) => at)
        .toSorted()
        .at(-1)
      return { from, ...(until !== undefined && { until }), isWhole, ...countRequests(lines) }
    },
  }
}
