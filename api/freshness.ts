import { type Price, servedMinutes } from '../common/prices.ts'
import { minutes, msBetween } from '../common/time.ts'

/** How old a price is, and what that makes of it. */
export interface Freshness {
  ageSeconds: number
  state: 'fresh' | 'stale' | 'too-old'
  /** Seconds it stays fresh; 0 once it is stale. */
  freshForSeconds: number
}

/** Judges an age: fresh up to the cache's time to live, served as stale up to an hour, then not served at all. */
export function freshnessOf(updatedAt: string, now: string, cacheTtlMinutes: number): Freshness {
  // A clock of ours that is a little behind must not make a price younger than new.
  const ageMs = Math.max(0, msBetween(updatedAt, now))
  const ttlMs = minutes(cacheTtlMinutes)
  const state = ageMs > minutes(servedMinutes) ? 'too-old' : ageMs > ttlMs ? 'stale' : 'fresh'
  return {
    ageSeconds: Math.floor(ageMs / 1000),
    state,
    freshForSeconds: state === 'fresh' ? Math.floor((ttlMs - ageMs) / 1000) : 0,
  }
}

export const priceFreshness = (price: Price, now: string, cacheTtlMinutes: number): Freshness =>
  freshnessOf(price.updatedAt, now, cacheTtlMinutes)
