import { type Customer, keyOfCustomer } from '../gateway/api-keys.ts'
import type { GatewayRequest } from '../gateway/proxy-event.ts'

/** Strangers that nobody has seen before, at addresses set aside for documents (RFC 5737). */
const addresses = Array.from({ length: 48 }, (_, index) => `192.0.2.${index + 10}`)
const coins = ['bitcoin', 'ethereum', 'solana', 'ripple', 'cardano', 'dogecoin']

/** They ask in bursts, four times as fast as the plan of a customer allows. */
const burstsAtMs = [11_100, 41_100]
const burst = { requests: 500, perSecond: 400 }

/** What strangers ask with a customer's key in the minute that starts at `start`. */
export function requestsOfStrangers(customer: Customer, start: number): (GatewayRequest & { at: Date })[] {
  return burstsAtMs.flatMap((burstMs, round) =>
    Array.from({ length: burst.requests }, (_, index) => ({
      method: 'GET',
      path: `/v1/prices/${coins[index % coins.length]}`,
      query: { currency: 'usd' },
      headers: { 'x-api-key': keyOfCustomer(customer), 'User-Agent': 'python-requests/2.32.5' },
      // The second burst goes through the addresses the other way round.
      sourceIp: addresses.at(round === 0 ? index % addresses.length : -1 - (index % addresses.length)) ?? '',
      at: new Date(start + burstMs + Math.floor((index * 1_000) / burst.perSecond)),
    })),
  )
}
