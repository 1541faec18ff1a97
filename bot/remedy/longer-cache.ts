import { minutes } from '../../common/time.ts'
import { settingRemedy } from './setting-remedy.ts'

const freshMinutes = 10

/** Prices count as fresh for longer, so that clients are not told of an age that is meant. */
export const longerCache = settingRemedy({
  name: 'longer-cache',
  offeredFor: ['ExternalApiErrorAlarm', 'PricesStaleAlarm'],
  field: 'cacheTtlMinutes',
  to: freshMinutes,
  isSo: (now) => now >= freshMinutes,
  provenWithin: minutes(5),
  // That it reads back is compared for every remedy before it is asked what proves it.
  verify: ({ to }) => ({ is: 'proven', shows: { value: to } }),
})
