import * as z from 'zod'

/** What the access log tells of the requests since an incident began. */
export const RequestsSeen = z.object({
  from: z.iso.datetime(),
  /** Of which time the last request is that was read; absent without any. */
  until: z.iso.datetime().optional(),
  /** False when there were more requests than are read. */
  isWhole: z.boolean(),
  total: z.number(),
  /** Answered with 500 or more. */
  failed: z.number(),
  /** How often each status of 500 or more was answered, the most frequent first; at most three. Older records lack it. */
  statuses: z.array(z.object({ status: z.int(), count: z.number() })).optional(),
  /** The API key with the most requests. */
  busiest: z.object({ key: z.string(), count: z.number() }).optional(),
  /** Where most requests failed, by route; at most three. */
  endpoints: z.array(z.object({ resource: z.string(), failed: z.number(), total: z.number() })),
  /** Whose requests were refused with 429, by the id of the API key; at most three. */
  limited: z.array(z.object({ key: z.string(), count: z.number() })),
})
export type RequestsSeen = z.output<typeof RequestsSeen>

const mostNamed = 3

/** A line of the access log, of whose format this is what counts here. API Gateway writes a dash for what it lacks. */
const Request = z.object({
  keyId: z.string().default('-'),
  resource: z.string().default('-'),
  status: z.coerce.number().int(),
})

/** Counts requests by what came of them; a line that cannot be read is none. */
export function countRequests(lines: readonly { at: string; message: string }[]) {
  const endpoints = new Map<string, { failed: number; total: number }>()
  const limited = new Map<string, number>()
  const statuses = new Map<number, number>()
  const keys = new Map<string, number>()
  let [total, failed] = [0, 0]
  for (const { message } of lines) {
    const request = Request.safeParse(readJson(message)).data
    if (request === undefined) continue
    const { status } = request
    const key = request.keyId.slice(0, 40)
    const resource = request.resource.slice(0, 100)
    const endpoint = endpoints.get(resource) ?? { failed: 0, total: 0 }
    endpoints.set(resource, endpoint)
    total += 1
    endpoint.total += 1
    if (status >= 500) {
      failed += 1
      endpoint.failed += 1
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    if (status === 429) limited.set(key, (limited.get(key) ?? 0) + 1)
    if (key !== '-') keys.set(key, (keys.get(key) ?? 0) + 1)
  }
  const [busiest] = ranked(keys)
  return {
    total,
    failed,
    statuses: ranked(statuses)
      .slice(0, mostNamed)
      .map(([status, count]) => ({ status, count })),
    ...(busiest && { busiest: { key: busiest[0], count: busiest[1] } }),
    endpoints: [...endpoints]
      .filter(([, endpoint]) => endpoint.failed > 0)
      .toSorted(([a, one], [b, other]) => other.failed - one.failed || a.localeCompare(b))
      .slice(0, mostNamed)
      .map(([resource, endpoint]) => ({ resource, ...endpoint })),
    limited: ranked(limited)
      .slice(0, mostNamed)
      .map(([key, count]) => ({ key, count })),
  }
}

/** The largest first; what is as large comes in the order of its name. */
const ranked = <K extends string | number>(counts: ReadonlyMap<K, number>): [K, number][] =>
  [...counts].toSorted(([a, one], [b, other]) => other - one || String(a).localeCompare(String(b)))

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
