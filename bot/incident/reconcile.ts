import { isBefore, msBetween } from '../../common/time.ts'
import type { AlarmChange } from './alarm-record.ts'
import { isFollowing } from './consequence.ts'
import type { Incident } from './incident.ts'

/** A notification under way is given this long before the sweep speaks for it. */
export const grace = 90_000

/**
 * The changes that no notification has told us: alarms ringing in CloudWatch that their incident does
 * not know, and alarms it takes for ringing that are OK. An alarm that CloudWatch does not list is
 * unknown, not clear.
 */
export function untold(
  seen: readonly AlarmChange[],
  incident: Pick<Incident, 'alarms'> | undefined,
  now: string,
): AlarmChange[] {
  return seen.filter((alarm) => {
    const known = incident?.alarms[alarm.name]
    const isNewer = known === undefined || isBefore(known.changedAt, alarm.changedAt)
    if (!isNewer || msBetween(alarm.changedAt, now) < grace) return false
    if (alarm.state === 'ALARM') return !known?.ringing
    return alarm.state === 'OK' && known?.ringing === true
  })
}

/**
 * What has to be told of an alarm that its own incident or that of its cause may hold: a change to either of them,
 * or to the cause that its own incident has it. Both can hold it when a sweep was killed while it moved it.
 */
export function newsFor(
  alarm: AlarmChange,
  { own, cause }: { own: Incident | undefined; cause: Incident | undefined },
  now: string,
): ('own' | 'cause' | 'let-go')[] {
  const isNews = (incident: Incident | undefined) => untold([alarm], incident, now).length > 0
  const toOwn = isNews(own) ? (['own'] as const) : []
  if (!isFollowing(cause?.alarms[alarm.name])) return [...toOwn]
  const ringsAtHome = own?.status !== 'resolved' && own?.alarms[alarm.name]?.ringing === true
  if (ringsAtHome) return ['let-go', ...toOwn]
  return isNews(cause) ? ['cause'] : []
}
