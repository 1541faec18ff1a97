import type { HistoryPoint } from '../common/prices.ts'
import { minutes, moment } from '../common/time.ts'
import { cachedJson } from './answers.ts'
import type { ApiDeps } from './deps.ts'
import { badRequest, noPrices, unknownCoins } from './problems.ts'
import { encodeCursor, type HistoryQuery, rangeOf } from './query.ts'
import type { ApiRequest } from './request.ts'
import type { HistoryAnswer, Interval } from './schemas.ts'

const intervalMs: Record<Interval, number> = { '5m': minutes(5), '1h': minutes(60), '1d': minutes(24 * 60) }
/** A new point comes with the next update. */
const maxAge = 60

/** `GET /v1/prices/{id}/history`: a page is a span of time, so that no page is larger than it may be. */
export async function getHistory(deps: ApiDeps, request: ApiRequest, id: string, query: HistoryQuery) {
  const range = rangeOf(query, moment(deps.clock.now()))
  if (typeof range === 'string') return badRequest(request, [range])
  const { currency, interval, limit, cursor } = query
  if (cursor !== undefined && (cursor < range.from || cursor >= range.to))
    return badRequest(request, ['cursor: it belongs to another query; send it with the from and to of the page before'])
  const { snapshot } = await deps.snapshots.of(currency)
  if (snapshot === undefined) return noPrices(deps, request, [currency])
  if (!Object.hasOwn(snapshot.prices, id)) return unknownCoins(request, [id])

  const page = pageOf(range, interval, limit, cursor)
  const body: HistoryAnswer = {
    id,
    currency,
    interval,
    ...range,
    points: lastOfEach(await deps.table.history(currency, id, page.from, page.to), intervalMs[interval]),
    next: page.to < range.to ? encodeCursor(page.to) : null,
  }
  return cachedJson(body, { maxAge, identity: body }, request.header('if-none-match'))
}

/** The span of one page. It ends where an interval ends, so that no interval is cut in two. */
export function pageOf(
  range: { from: string; to: string },
  interval: Interval,
  limit: number,
  cursor: string | undefined,
): { from: string; to: string } {
  const from = cursor ?? range.from
  const step = intervalMs[interval]
  const end = (Math.floor(Date.parse(from) / step) + limit) * step
  return { from, to: end < Date.parse(range.to) ? moment(end) : range.to }
}

/** The last price within each interval, counted from 1970 as clocks count: hours begin at the full hour UTC. */
export function lastOfEach(points: readonly HistoryPoint[], stepMs: number): HistoryPoint[] {
  const last = new Map<number, HistoryPoint>()
  for (const point of points) last.set(Math.floor(Date.parse(point.at) / stepMs), point)
  return [...last.values()]
}
