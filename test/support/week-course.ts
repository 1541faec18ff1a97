import { alarms, type Severity } from '../../common/alarms.ts'
import type { Ms } from './week-facts.ts'

/** What the judge of a week knows of an incident. It is no record of ours: only what the rules in words speak of. */
export interface Course {
  severity: Severity
  /** When it opened or came back, and when it got as grave as it is. */
  since: Ms
  graveSince: Ms
  over?: Ms
  /** When it may end, while nothing rings. */
  quietUntil?: Ms
  level: 1 | 2 | 3
  levelSince: Ms
  askedAgainAt?: Ms
  owner?: { by: string; since: Ms }
  /** When each person was last heard of. */
  heard: Map<string, Ms>
  reminders: { at: Ms; count: number }
  heldUntil: Ms
  alarms: Map<string, Alarm>
  rollback?: Rollback
  automaticRollbackFailed: boolean
  complaints: { count: number; last: Ms }
  service: { stopped: boolean; stoppedAt: Ms; wentOnAt: Ms }
}

export interface Alarm {
  name: string
  severity: Severity
  rings: boolean
  since: Ms
  changed: Ms
  /** Sweeps in a row that measured more than its second value, and the minute of the last one. */
  above: number
  countedIn?: Ms
}

export interface Rollback {
  is: 'asked' | 'moving' | 'to be proven' | 'good' | 'unclear' | 'failed' | 'did not help'
  since: Ms
  /** The alarm by which it is judged. */
  alarm: string
}

export const min = 60_000
export const never = Number.NEGATIVE_INFINITY
export const gravity: Record<Severity, number> = { Low: 0, Medium: 1, High: 2, Critical: 3 }

export const anew = (at: Ms, severity: Severity): Course => ({
  severity,
  since: at,
  graveSince: at,
  level: 1,
  levelSince: at,
  heard: new Map(),
  reminders: { at: never, count: 0 },
  heldUntil: never,
  alarms: new Map(),
  automaticRollbackFailed: false,
  complaints: { count: 0, last: never },
  service: { stopped: false, stoppedAt: never, wentOnAt: never },
})

export const ringing = (course: Course): Alarm[] => [...course.alarms.values()].filter(({ rings }) => rings)

export const isRunning = (rollback: Rollback | undefined): boolean =>
  rollback !== undefined && ['asked', 'moving', 'to be proven'].includes(rollback.is)

interface Listed {
  name: string
  threshold: number
  comparison: string
  escalate: { above?: number; afterMinutes: number; complaints?: boolean }
}
/** The list of alarms is the reference for every threshold. */
export const listed = (name: string): Listed | undefined =>
  (alarms as readonly Listed[]).find((alarm) => alarm.name === name)
