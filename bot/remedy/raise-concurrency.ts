import { isBefore, minutes } from '../../common/time.ts'
import type { Remedy } from './remedy.ts'

/** AWS keeps so many executions of an account for whatever reserves none. */
const keptUnreserved = 100
const quietSteps = 2

/**
 * The API may run more calls at a time. Only where something is reserved for it: a first reservation would be a limit,
 * and lower what it can do.
 */
export const raiseConcurrency: Remedy<'raise-concurrency'> = {
  name: 'raise-concurrency',
  offeredFor: ['LambdaThrottleAlarm', 'ApiGateway5xxAlarm'],
  about: 'service',
  reads: 'concurrency',
  plan: ({ concurrency }) => {
    if (concurrency === undefined) return { possible: false, why: 'settings-unreadable' }
    const { reserved, unreserved, function: name } = concurrency
    // A reservation of nothing stops a function on purpose, and no remedy lifts that.
    if (reserved === undefined || reserved === 0) return { possible: false, why: 'none-reserved' }
    const to = Math.min(reserved * 2, reserved + unreserved - keptUnreserved)
    if (to <= reserved) return { possible: false, why: 'no-room', now: reserved }
    const write = { target: 'concurrency', function: name, expect: reserved, write: to } as const
    return { possible: true, from: reserved, to, write }
  },
  now: ({ concurrency }) => concurrency && (concurrency.reserved ?? 0),
  provenWithin: minutes(15),
  // That it reads back is compared before; calls that are no longer refused tell that it was enough.
  verify: ({ at }, { throttles }) => {
    if (throttles === undefined) return { is: 'not-yet', because: 'not-readable' }
    const since = throttles.filter((step) => isBefore(at, step.at)).slice(-quietSteps)
    const isQuiet = since.length === quietSteps && since.every(({ count }) => count === 0)
    return isQuiet ? { is: 'proven', shows: {} } : { is: 'not-yet', because: 'still-throttled' }
  },
}
