import { liveAlias } from '../../common/names.ts'
import type { Functions } from './functions.ts'
import type { Gateway } from './gateway.ts'
import { simulatedCoins, simulatedCurrencies } from './upstream.ts'

const minuteMs = 60_000
const updateEveryMinutes = 5

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

  const pick = (list: readonly string[], index: number): string => list[index % list.length] ?? ''

  return {
    requestsPerMinute: () => perMinute,
    setRequestsPerMinute(requests: number): void {
      perMinute = requests
    },
    calm(): void {
      perMinute = usual
    },
    /** Plays the minute that ends now. */
    async minute(now: Date): Promise<void> {
      const start = now.getTime() - minuteMs
      for (let index = 0; index < perMinute; index++) {
        await gateway.request({
          method: 'GET',
          path: `/v1/prices/${pick(simulatedCoins, index)}`,
          query: { currency: pick(simulatedCurrencies, Math.floor(index / simulatedCoins.length)) },
          at: new Date(start + Math.floor((index * minuteMs) / perMinute)),
        })
      }
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
