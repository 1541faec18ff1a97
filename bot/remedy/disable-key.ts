import { minutes } from '../../common/time.ts'
import type { Remedy } from './remedy.ts'

/** A key that others got hold of, or that takes more than its share: the gateway lets it in no longer. */
export const disableKey: Remedy<'disable-key'> = {
  name: 'disable-key',
  offeredFor: ['DynamoDBThrottleAlarm', 'LambdaThrottleAlarm'],
  about: 'picked-key',
  reads: 'keys',
  plan: ({ keys }, subject) => {
    const key = keys?.find(({ id }) => id === subject?.id)
    if (key === undefined) return { possible: false, why: 'keys-unreadable' }
    if (!key.enabled) return { possible: false, why: 'already-so', now: 'disabled' }
    const write = { target: 'api-key', key: key.id, expect: 'enabled', write: 'disabled' } as const
    return { possible: true, from: 'enabled', to: 'disabled', write }
  },
  now: ({ keys }, { subject }) => {
    const key = keys?.find(({ id }) => id === subject?.id)
    return key && (key.enabled ? 'enabled' : 'disabled')
  },
  // The gateway may take a while to notice.
  provenWithin: minutes(10),
  verify: ({ subject }, { gateway }) => {
    const answered = subject && gateway?.[subject.id]
    if (answered === undefined) return { is: 'not-yet', because: 'not-readable' }
    return answered === 'refuses' ? { is: 'proven', shows: {} } : { is: 'not-yet', because: 'still-takes-it' }
  },
}
