import { minutes, msBetween } from '../../common/time.ts'
import { settingRemedy } from './setting-remedy.ts'

const everyMinutes = 10
/** An update begins some seconds after its minute, and later when the source is asked more than once. */
const leastApart = minutes(everyMinutes - 1)

/** The source says that it is asked too often: every other update is skipped. */
export const updateLessOften = settingRemedy({
  name: 'update-less-often',
  offeredFor: ['ExternalApiErrorAlarm', 'PricesStaleAlarm'],
  field: 'updateEveryMinutes',
  to: everyMinutes,
  isSo: (now) => now >= everyMinutes,
  // The first update comes within ten minutes, the second ten after it; the rest is for one that fails.
  provenWithin: minutes(35),
  verify: ({ updates }, seen) => {
    if (seen.updates === undefined) return { is: 'not-yet', because: 'not-readable' }
    const [earlier, latest] = updates.slice(-2)
    if (earlier === undefined) return { is: 'not-yet', because: 'no-update' }
    if (latest === undefined) return { is: 'not-yet', because: 'one-update' }
    const apart = msBetween(earlier, latest)
    if (apart < leastApart) return { is: 'not-yet', because: 'too-often' }
    return { is: 'proven', shows: { minutesApart: Math.round(apart / minutes(1)) } }
  },
})
