import type { Clock } from '../../common/clock.ts'
import { defaultCurrencies } from '../../common/prices.ts'
import { defaultCoins } from '../../updater/coins.ts'
import { coinbaseAnswers } from './upstream/coinbase.ts'
import { coinGeckoAnswers } from './upstream/coingecko.ts'
import { createSource } from './upstream/source.ts'

export { UpstreamMode } from './upstream/source.ts'

export const simulatedCoins: readonly string[] = defaultCoins.map(({ id }) => id)
export const simulatedCurrencies: readonly string[] = defaultCurrencies

/** The two price sources that the updater asks; each can be made to fail by itself. */
export function createUpstreams(clock: Clock) {
  let withheld: readonly string[] = []
  return {
    first: {
      ...createSource({ path: '/simulated-upstream', clock, answers: coinGeckoAnswers(clock, () => withheld) }),
      /** Coins whose change over 24 h it does not tell from now on, by id; an empty list heals. */
      withholdChange(coinIds: readonly string[]): void {
        withheld = [...coinIds]
      },
      withheldChange: (): readonly string[] => withheld,
    },
    second: createSource({ path: '/simulated-second-upstream', clock, answers: coinbaseAnswers(clock) }),
  }
}

export type Upstreams = ReturnType<typeof createUpstreams>
