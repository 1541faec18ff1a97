import type { Maintenance } from '../../common/maintenance.ts'
import { minutes, plus } from '../../common/time.ts'
import type { Remedy } from './remedy.ts'

/** How long it may be asked for, in minutes. */
export const maintenanceMinutes = [30, 60, 120, 240] as const

/** What of a maintenance is told and compared: that it is off, or until when it is expected. */
export const shownMaintenance = (maintenance: Maintenance | null | undefined): string =>
  maintenance ? (maintenance.expectedUntil ?? 'on') : 'off'

/** Better no prices than wrong ones: the API answers none until somebody lifts it. A manager decides it. */
export const maintenanceMode: Remedy<'maintenance-mode'> = {
  name: 'maintenance-mode',
  offeredFor: [],
  about: 'service',
  reads: 'api',
  approvedBy: 'managers',
  plan: (_seen, _subject, asked) => {
    if (asked === undefined) return { possible: false, why: 'settings-unreadable' }
    const { at, minutes: lasts, incident } = asked
    const write: Maintenance = {
      since: at,
      expectedUntil: plus(at, minutes(lasts)),
      ...(incident !== undefined && { incident }),
    }
    // Whatever else stands there was put there by somebody else, and the write finds it out.
    return {
      possible: true,
      from: shownMaintenance(null),
      to: shownMaintenance(write),
      write: { target: 'maintenance', expect: null, write },
    }
  },
  // The API answers from a copy some seconds old, so that prices tell of no change by somebody else.
  now: ({ api }, { to }) => (api?.is === 'maintenance' ? (api.until ?? to) : api && to),
  provenWithin: minutes(10),
  verify: (_applied, { api }) => {
    if (api === undefined) return { is: 'not-yet', because: 'not-readable' }
    return api.is === 'maintenance' ? { is: 'proven', shows: {} } : { is: 'not-yet', because: 'still-answers' }
  },
}
