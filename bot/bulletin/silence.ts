import * as z from 'zod'
import { priceServices } from '../../common/incident-record.ts'
import { isBefore, minutes, plus } from '../../common/time.ts'
import { type AlarmChange, AlarmRecord, recordAlarm } from '../incident/alarm-record.ts'
import type { Incident } from '../incident/incident.ts'

/** What can be silenced: a service of ours, or all of them. An alarm about anything else is announced as ever. */
export const Silenced = z.enum(['api', 'updater', 'table', 'all'])
export type Silenced = z.output<typeof Silenced>

/** How long, in minutes. There is no silence without an end. */
export const silenceMinutes = [15, 30, 60, 120, 240] as const
export const longestSilenceReason = 200
/** Different alarms that a silence keeps. One more is announced as usual, so that none is only a number. */
export const mostSilencedAlarms = 40

const SilencedAlarm = AlarmRecord.extend({
  service: z.string(),
  /** When it first rang in the silence. */
  firstAt: z.iso.datetime(),
})
export type SilencedAlarm = z.output<typeof SilencedAlarm>

/** A maintenance window: alarms inside are recorded here instead of opening incidents. */
export const SilenceFacts = z.object({
  kind: z.literal('silence'),
  of: Silenced,
  reason: z.string(),
  by: z.string(),
  /** Tells one wish from another, so that a submission repeated by Slack begins one silence. */
  press: z.string(),
  from: z.iso.datetime(),
  until: z.iso.datetime(),
  alarms: z.record(z.string(), SilencedAlarm),
  /** From here on it holds nothing back. `by` is somebody who ended it before its time. */
  ended: z.object({ at: z.iso.datetime(), by: z.string().optional() }).optional(),
  /** What still rang at the end has been told to incidents: the id of the one that has it, by alarm. */
  handedOn: z.object({ at: z.iso.datetime(), incidents: z.record(z.string(), z.string()) }).optional(),
})
export type SilenceFacts = z.output<typeof SilenceFacts>

/** One record for each thing that can be silenced, so that two silences of it cannot run at once. */
export const silenceId = (of: Silenced): string => `silence-${of}`

/** What may hold back alarms of a service. */
export const silencesOf = (service: string): Silenced[] => {
  const ours = priceServices.find((each) => each === service)
  return ours ? [ours, 'all'] : []
}

/** Whether two silences would be about the same alarms. */
export const overlap = (a: Silenced, b: Silenced): boolean => a === b || a === 'all' || b === 'all'

export const isRunning = ({ ended, until }: SilenceFacts, at: string): boolean => !ended && isBefore(at, until)

/** A state that is on record here, or is older than what is. */
export const knows = ({ alarms }: SilenceFacts, { name, changedAt }: AlarmChange): boolean => {
  const known = alarms[name]
  return known !== undefined && !isBefore(known.changedAt, changedAt)
}

/** A silence that nobody closes, because something fails, keeps no alarm for longer than this. */
export const closedWithin = minutes(5)

/** What it has on record is told by itself: at its end if it rings then, else as something that is over. */
function tellsItself(facts: SilenceFacts, alarm: AlarmChange, at: string): boolean {
  if (!knows(facts, alarm)) return false
  if (!facts.alarms[alarm.name]?.ringing) return true
  return !facts.handedOn && isBefore(at, plus(facts.ended?.at ?? facts.until, closedWithin))
}

/**
 * Whether an alarm that fires is held back. Only what would open or reopen an incident is: an open one goes on and has
 * its alarms, and what an incident knows already is no news to anybody.
 */
export function goesToSilence(
  facts: SilenceFacts,
  own: Incident | undefined,
  { service, alarm, at }: { service: string; alarm: AlarmChange; at: string },
): boolean {
  if (alarm.state !== 'ALARM' || alarm.silenced || !silencesOf(service).includes(facts.of)) return false
  if (own && own.status !== 'resolved') return false
  const known = own?.alarms[alarm.name]
  if (known && !isBefore(known.changedAt, alarm.changedAt)) return false
  return isRunning(facts, at) || tellsItself(facts, alarm, at)
}

/** Takes a state of an alarm onto the record. The caller has checked that it is newer than what is known. */
export function withAlarm(facts: SilenceFacts, service: string, alarm: AlarmChange): SilenceFacts {
  const known = facts.alarms[alarm.name]
  const record = recordAlarm(known, alarm)
  const firstAt = known?.firstAt ?? record.firedAt ?? alarm.changedAt
  return { ...facts, alarms: { ...facts.alarms, [alarm.name]: { ...record, service, firstAt } } }
}

/** What still rings at the end, as the incidents are told of it: with the time since when it does. */
export const ringingOn = ({ alarms }: SilenceFacts, at: string): { service: string; alarm: AlarmChange }[] =>
  Object.values(alarms)
    .filter(({ ringing }) => ringing)
    .map(({ service, name, listed, changedAt, firedAt, firstAt, reason, value, threshold, severity }) => ({
      service,
      alarm: {
        name,
        ...(listed !== undefined && { listed }),
        state: 'ALARM',
        changedAt,
        reason,
        ...(value !== undefined && { value }),
        ...(threshold !== undefined && { threshold }),
        severity,
        silenced: { firedAt: firedAt ?? firstAt, until: at },
      },
    }))
