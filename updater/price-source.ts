import type { Price } from '../common/prices.ts'
import type { Moment } from '../common/time.ts'

/** Why an attempt brought no prices. */
export type FailureReason =
  /** 429: we ask too often. */
  | 'rate-limited'
  /** 5xx: its trouble, not ours. */
  | 'unavailable'
  /** No whole answer within the time limit. */
  | 'timed-out'
  /** The network did not let us through, or it sent us elsewhere. */
  | 'unreachable'
  /** The answer breaks off. */
  | 'truncated'
  /** The answer is something else than expected. */
  | 'malformed'
  /** Not one usable price in the answer. */
  | 'empty'
  /** Any other status, such as 401 for a wrong key. */
  | 'refused'

export interface Failure {
  ok: false
  reason: FailureReason
  /** The HTTP status, if one came. */
  status?: number
  /** When the source wants to be asked again, in milliseconds from now. */
  retryAfterMs?: number
  /** More about it, for the log: never a header, and nothing of the answer. */
  detail?: string
  /** Ids of coins that were in the answer but could not be used. */
  dropped: readonly string[]
}

export interface Quotes {
  ok: true
  prices: readonly Price[]
  /** Ids of coins that were in the answer but could not be used. */
  dropped: readonly string[]
  /** Ids of coins that were asked for and are not in the answer. */
  missing: readonly string[]
}

/** What is asked with one attempt. */
export interface Question {
  /** CoinGecko's ids. */
  coins: readonly string[]
  /** In small letters. */
  currency: string
  /** When the attempt begins, in domain time: the prices' `updatedAt`. */
  at: Moment
  /** Milliseconds for everything, the body included. */
  limitMs: number
}

/** Somebody who knows prices. An attempt is one HTTP request; what becomes of it is a value, it does not throw. */
export interface PriceSource {
  /** Kept with each price, as in `coingecko`. */
  name: string
  ask(question: Question): Promise<Quotes | Failure>
}

/** Prices that were found in an answer; not one of them is a failure. */
export const quotesOf = (
  asked: readonly string[],
  prices: readonly Price[],
  dropped: readonly string[],
): Quotes | Failure => {
  if (prices.length === 0) return { ok: false, reason: 'empty', status: 200, dropped }
  const known = new Set([...prices.map(({ id }) => id), ...dropped])
  return { ok: true, prices, dropped, missing: asked.filter((id) => !known.has(id)) }
}
