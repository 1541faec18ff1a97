import type { Clock } from '../common/clock.ts'
import { describeError, type Log } from '../common/logger.ts'
import type { Maintenance } from '../common/maintenance.ts'
import type { SnapshotCache } from './snapshot-cache.ts'

export interface MaintenanceLookup {
  /** The maintenance that is on, or undefined; undefined too where that cannot be read. Never throws. */
  now(): Promise<Maintenance | undefined>
}

/** After a failed look the table is left alone for so long, so that not every request waits in vain. */
const restMs = 10_000
/** While the table cannot be read, what was read before counts for so long: a lifted maintenance must not last. */
const worthMs = 5 * 60_000

/**
 * Reads it out of the settings that come with the prices of one currency, a copy of some seconds: no request reads
 * anything for it alone.
 */
export function createMaintenanceLookup(
  { clock, log }: { clock: Clock; log: Log },
  snapshots: SnapshotCache,
  currency: string,
): MaintenanceLookup {
  let readAt = 0
  let restUntil = 0
  return {
    async now() {
      const now = clock.now().getTime()
      if (now < restUntil) return undefined
      try {
        const { settings, from } = await snapshots.of(currency)
        if (from === 'table') readAt = now
        return now - readAt <= worthMs ? settings.maintenance : undefined
      } catch (error) {
        restUntil = now + restMs
        log.warn('whether maintenance mode is on could not be read, so it counts as off', {
          error: describeError(error),
        })
        return undefined
      }
    },
  }
}
