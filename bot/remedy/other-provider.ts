import { priceSources } from '../../common/price-sources.ts'
import { isBefore, minutes } from '../../common/time.ts'
import { settingRemedy } from './setting-remedy.ts'

/** The first source fails: the second is asked first, and the first stands in for it. */
export const otherProvider = settingRemedy({
  name: 'other-provider',
  offeredFor: ['ExternalApiErrorAlarm', 'PricesStaleAlarm'],
  field: 'provider',
  to: 'second',
  isSo: (now) => now === 'second',
  // One update, at most ten minutes away, and one more try.
  provenWithin: minutes(20),
  verify: ({ at }, { updates }) => {
    if (updates === undefined) return { is: 'not-yet', because: 'not-readable' }
    const since = updates.filter((update) => isBefore(at, update.at))
    if (since.length === 0) return { is: 'not-yet', because: 'no-update' }
    // A simulated source says so behind its name.
    const found = since.find(({ source }) => source.startsWith(priceSources.second))
    return found ? { is: 'proven', shows: { source: found.source } } : { is: 'not-yet', because: 'no-price-of-it' }
  },
})
