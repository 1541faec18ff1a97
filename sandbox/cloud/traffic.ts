import { liveAlias } from '../../common/names.ts'
import type { Functions } from './functions.ts'
import { type Customer, customers, keyOfCustomer } from './gateway/api-keys.ts'
import type { Gateway, GatewayRequest } from './gateway.ts'
import { requestsOfStrangers } from './traffic/leaked-key.ts'

const minuteMs = 60_000
const updateEveryMinutes = 5

/** A coin that a twelfth of the requests is about: what goes wrong with it alone is no disaster, but enough to notice. */
export const rarelyAskedCoin = 'dogecoin'
const askedCoins = [
  'bitcoin',
  'ethereum',
  'solana',
  'ripple',
  'cardano',
  'litecoin',
  'chainlink',
  'polkadot',
  'stellar',
  'uniswap',
  'near',
] as const
const currencies = ['usd', 'jpy', 'usd', 'eur'] as const

type Question = { path: string; query?: Record<string, string> }

const pick = <T>(list: readonly [T, ...T[]], index: number): T => list[index % list.length] ?? list[0]

/** What customers ask, over and over: mostly one price, sometimes a list, now and then the past. */
const questions: readonly Question[] = Array.from({ length: 60 }, (_, index): Question => {
  const currency = pick(currencies, Math.floor(index / 5))
  if (index % 12 === 5) return { path: `/v1/prices/${rarelyAskedCoin}`, query: { currency } }
  if (index % 12 === 9) return { path: '/v1/prices', query: { ids: 'bitcoin,ethereum,solana', currency: 'usd,jpy' } }
  if (index === 30) return { path: '/v1/coins' }
  if (index % 30 === 16) return { path: '/v1/prices/bitcoin/history', query: { interval: '1h' } }
  return { path: `/v1/prices/${pick(askedCoins, index)}`, query: { currency } }
})

/** Where each customer's requests come from: addresses set aside for documents (RFC 5737). */
const addresses: Readonly<Record<Customer, string>> = {
  'hoshi-app': '203.0.113.10',
  'kawase-desk': '203.0.113.77',
  'portfolio-widget': '198.51.100.23',
}

/** The customers and the scheduler: requests spread over each minute, and the updater every five minutes. */
export function createTraffic({
  gateway,
  functions,
  updater,
}: {
  gateway: Gateway
  functions: Functions
  updater: string
}) {
  const usual = 60
  let perMinute = usual
  let leaked: Customer | undefined

  const requestsOfCustomers = (start: number) =>
    Array.from({ length: perMinute }, (_, index): GatewayRequest & { at: Date } => {
      // Turns of five, so that every customer asks for every kind of thing.
      const customer = pick(customers, Math.floor(index / 5))
      const { path, query } = questions[index % questions.length] ?? { path: '/v1/prices' }
      return {
        method: 'GET',
        path,
        ...(query && { query }),
        headers: { 'x-api-key': keyOfCustomer(customer), 'User-Agent': customer },
        sourceIp: addresses[customer],
        at: new Date(start + Math.floor((index * minuteMs) / perMinute)),
      }
    })

  return {
    requestsPerMinute: () => perMinute,
    setRequestsPerMinute(requests: number): void {
      perMinute = requests
    },
    /** Whose key strangers use as well. */
    leaked: () => leaked,
    setLeaked(customer: Customer | undefined): void {
      leaked = customer
    },
    calm(): void {
      perMinute = usual
      leaked = undefined
    },
    /** Plays the minute that ends now. */
    async minute(now: Date): Promise<void> {
      const start = now.getTime() - minuteMs
      const strangers = leaked === undefined ? [] : requestsOfStrangers(leaked, start)
      // In the order of their times, so that one who is too fast is in the way of another with the same key.
      const requests = [...requestsOfCustomers(start), ...strangers].sort((a, b) => a.at.getTime() - b.at.getTime())
      for (const request of requests) await gateway.request(request)
    },
    /** Whether the scheduler calls the updater at this minute. */
    updateIsDue: (now: Date): boolean => Math.floor(now.getTime() / minuteMs) % updateEveryMinutes === 0,
    /** Calls the updater as the scheduler does: the outcome is Lambda's business, a failed run is not tried again. */
    async update(at: Date): Promise<void> {
      await functions.invoke(updater, liveAlias, { source: 'aws.scheduler' }, at)
    },
  }
}

export type Traffic = ReturnType<typeof createTraffic>
