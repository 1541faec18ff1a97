import { alarmNamed } from '../../common/alarms.ts'
import { minutes, plus } from '../../common/time.ts'
import type { Incident } from './incident.ts'

/** Whose logs tell of an incident, and from when on. */
export interface LogWindow {
  functions: ('api' | 'updater')[]
  /** Errors begin before their alarm rings. */
  errorsFrom: string
  /** The earliest minute that an alarm of the incident was judged by. */
  requestsFrom: string
}

/** A map, because a service may be called anything, and an object knows `toString`. */
const functionsOf: ReadonlyMap<string, LogWindow['functions']> = new Map([
  ['api', ['api']],
  ['updater', ['updater']],
  // Both stand on the table.
  ['table', ['api', 'updater']],
])

const before = minutes(10)
/** Of a long incident the last hour is read: logs have no end, and the message tells from when on it counts. */
const longest = minutes(60)

/** What of the logs is read for an incident at `now`; undefined where no log of ours tells of it. */
export function logWindow(incident: Incident, now: string): LogWindow | undefined {
  const functions = functionsOf.get(incident.service)
  if (functions === undefined) return undefined
  const judged = Object.values(incident.alarms).map((alarm) => {
    const { periodMinutes = 1, datapoints = 1 } = alarmNamed(alarm.listed ?? '') ?? {}
    return minutes(periodMinutes * datapoints)
  })
  const recent = plus(now, -longest)
  const from = (lead: number) => {
    const at = plus(incident.ringingSince, -lead)
    return at < recent ? recent : at
  }
  return { functions, errorsFrom: from(before), requestsFrom: from(Math.min(before, Math.max(minutes(1), ...judged))) }
}
