import * as z from 'zod'

export const AlarmState = z.enum(['ALARM', 'OK', 'INSUFFICIENT_DATA'])
export type AlarmState = z.output<typeof AlarmState>

/** An alarm that this incident explains: one of another service, or of its own while maintenance mode is on. */
export const Consequence = z.object({
  /** The service it belongs to as soon as this incident explains it no longer. */
  service: z.string(),
  when: z.enum(['prices-too-old', 'maintenance-mode']),
  /** The last moment at which the evidence explained it. */
  explainedAt: z.iso.datetime(),
})
export type Consequence = z.output<typeof Consequence>

/** What an incident remembers of one alarm. */
export const AlarmRecord = z.object({
  /** As CloudWatch names it, stage included. */
  name: z.string(),
  /** Its name in the alarm list, when it is one of ours. */
  listed: z.string().optional(),
  state: AlarmState,
  /** INSUFFICIENT_DATA is no all-clear: an alarm rings from ALARM until OK. */
  ringing: z.boolean(),
  /** `StateChangeTime` of the newest state; an older one changes nothing. */
  changedAt: z.iso.datetime(),
  firedAt: z.iso.datetime().optional(),
  /** It rang inside a silence, and nobody was told before then: what people owe it counts from here. */
  silencedUntil: z.iso.datetime().optional(),
  clearedAt: z.iso.datetime().optional(),
  /** How often it fired; repeats fold into this count. */
  fired: z.int(),
  /** CloudWatch's words, clipped. */
  reason: z.string(),
  value: z.number().optional(),
  threshold: z.number().optional(),
  severity: z.enum(['Critical', 'High', 'Medium', 'Low']),
  /** Sweeps in a row that saw the value above the alarm's second value. */
  sweepsAbove: z.int(),
  /** When that was counted last: two readings of the same minute are one sweep. */
  countedAt: z.iso.datetime().optional(),
  /** Set when the alarm only follows from this incident: it weighs nothing in what is decided. */
  consequence: Consequence.optional(),
})
export type AlarmRecord = z.output<typeof AlarmRecord>

/** One state change of one alarm, as it came in. */
export interface AlarmChange {
  name: string
  listed?: string
  state: AlarmState
  changedAt: string
  reason: string
  value?: number
  threshold?: number
  severity: AlarmRecord['severity']
  /** When it began to count, where that is later than its state: an alarm that was explained until then. */
  countsFrom?: string
  /** It has rung since `firedAt` inside a silence, and is told at the end of that, `until`. */
  silenced?: { firedAt: string; until: string }
}

/** When an alarm that fires began to ring. */
export const beganAt = ({ silenced, countsFrom, changedAt }: AlarmChange): string =>
  silenced?.firedAt ?? countsFrom ?? changedAt

/** From when on people could know that it rings. */
export const toldFrom = ({ silencedUntil, firedAt }: AlarmRecord): string | undefined => silencedUntil ?? firedAt

const longestReason = 300
/** More alarms than this on one incident are counted by the timeline, not kept one by one. */
export const mostAlarms = 40

/** The record after `change`; the caller has checked that the change is newer. */
export function recordAlarm(known: AlarmRecord | undefined, change: AlarmChange): AlarmRecord {
  const fires = change.state === 'ALARM' && !known?.ringing
  const clears = change.state === 'OK' && known?.ringing === true
  const firedAt = fires ? beganAt(change) : known?.firedAt
  const silencedUntil = change.silenced?.until ?? (fires ? undefined : known?.silencedUntil)
  const clearedAt = clears ? change.changedAt : fires ? undefined : known?.clearedAt
  const value = change.value ?? known?.value
  const threshold = change.threshold ?? known?.threshold
  return {
    name: change.name,
    ...(change.listed !== undefined && { listed: change.listed }),
    state: change.state,
    ringing: change.state === 'ALARM' || (change.state === 'INSUFFICIENT_DATA' && known?.ringing === true),
    changedAt: change.changedAt,
    ...(firedAt !== undefined && { firedAt }),
    ...(silencedUntil !== undefined && { silencedUntil }),
    ...(clearedAt !== undefined && { clearedAt }),
    fired: (known?.fired ?? 0) + (fires ? 1 : 0),
    reason: change.reason.slice(0, longestReason),
    ...(value !== undefined && { value }),
    ...(threshold !== undefined && { threshold }),
    severity: change.severity,
    sweepsAbove: change.state === 'ALARM' ? (known?.sweepsAbove ?? 0) : 0,
    ...(change.state === 'ALARM' && known?.countedAt !== undefined && { countedAt: known.countedAt }),
    ...(known?.consequence && { consequence: known.consequence }),
  }
}
