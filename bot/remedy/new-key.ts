import { minutes } from '../../common/time.ts'
import type { Remedy } from './remedy.ts'

/** A fresh key for whoever lost theirs, with the same plans. Its value is read only when it is shown. */
export const newKey: Remedy<'new-key'> = {
  name: 'new-key',
  offeredFor: [],
  about: 'disabled-key',
  reads: 'keys',
  plan: ({ keys }, subject) => {
    const key = keys?.find(({ id }) => id === subject?.id)
    if (key === undefined) return { possible: false, why: 'keys-unreadable' }
    const write = { target: 'new-key', replaces: key.id, name: `${key.name.slice(0, 80)}-new` } as const
    return { possible: true, from: 'none', to: 'enabled', write }
  },
  now: ({ keys }, { made }) => {
    const key = keys?.find(({ id }) => id === made?.id)
    return key && (key.enabled ? 'enabled' : 'disabled')
  },
  provenWithin: minutes(10),
  verify: ({ made }, { gateway }) => {
    const answered = made && gateway?.[made.id]
    if (answered === undefined) return { is: 'not-yet', because: 'not-readable' }
    return answered === 'takes' ? { is: 'proven', shows: {} } : { is: 'not-yet', because: 'still-refuses-it' }
  },
}
