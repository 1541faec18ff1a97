import { realPricesTable } from '../../../updater/prices-table.ts'
import { createUpdateDue } from '../../../updater/update-due.ts'
import { simulatedCoins, simulatedCurrencies, upstreamPath } from '../upstream.ts'
import type { PriceServiceParts } from './options.ts'

/** The updater waits 5 s for its upstream. The sandbox runs minutes in moments, so it waits a tenth of that. */
const timeScale = 0.1

/** The function that the scheduler calls. */
export function defineUpdaterFunction({ endpoint, world, names, functions, documents }: PriceServiceParts): void {
  const { clock, wall, log, meter } = world
  functions.define(
    {
      name: names.functions.updater,
      timeoutSeconds: 60,
      memoryMb: 256,
      start: () =>
        createUpdateDue({
          clock,
          wall,
          log,
          table: realPricesTable(documents, names.tables.prices),
          upstream: {
            baseUrl: `${endpoint}${upstreamPath}`,
            fetch: (url, { signal }) => fetch(url, { signal }),
            timeLimit: (ms) => AbortSignal.timeout(ms * timeScale),
          },
          metrics: (name, value) => meter.count(name, value),
          coins: simulatedCoins,
          currencies: simulatedCurrencies,
        }),
    },
    { firstVersion: 14 },
  )
}
