import { alarmNamed, type Severity } from '../../common/alarms.ts'
import { earliest, isBefore, type Moment, minutes, plus } from '../../common/time.ts'
import { toldFrom } from './alarm-record.ts'
import { manyComplaints } from './complaints.ts'
import { isDrill } from './drill.ts'
import { afterHold } from './hold.ts'
import type { Escalation, EscalationReason, Incident, Level } from './incident.ts'
import { isRinging, ownAlarms, ringsItself } from './incident.ts'
import { isInMaintenance, tellsOnUntil } from './maintenance.ts'
import { endOfWorkingDay, type OfficeHours, workingTimeFrom } from './office-hours.ts'

/** Minutes within which someone must answer; Medium is answered within the working day, Low wakes nobody. */
export const respondWithin: Record<Severity, number | 'working day' | 'never'> = {
  Critical: 15,
  High: 60,
  Medium: 'working day',
  Low: 'never',
}

/** How long level 2 has before management is asked, in minutes. */
export const level2Minutes = 60

interface Rule {
  from: Level
  to: 2 | 3
  why: EscalationReason
  /** A rollback that went wrong is a matter for developers although the alarm has cleared. */
  evenWhenQuiet?: true
  /** When the rule applies, or undefined when it does not. */
  due: (incident: Incident, hours: OfficeHours) => Moment | undefined
}

const latest = (a: Moment, b: Moment): Moment => (isBefore(a, b) ? b : a)

/**
 * The response time counts from when the incident got this grave, not from a milder alarm before it, and not anew
 * whenever an alarm flaps.
 */
const atThisSeveritySince = ({ ringingSince, graveSince }: Incident): Moment =>
  latest(graveSince ?? ringingSince, ringingSince)

/** What was due while all was quiet is due when something rings again, which may be outside office hours. */
function whenItRings(incident: Incident, due: Moment): Moment {
  const ringing = ownAlarms(incident).filter((alarm) => alarm.ringing)
  return latest(due, earliest(ringing.flatMap((alarm) => toldFrom(alarm) ?? [])) ?? due)
}

/** The policy. The earliest rule of the present level wins; a row is all it takes to add one. */
const rules: readonly Rule[] = [
  {
    from: 1,
    to: 2,
    why: 'not-acknowledged',
    due: (incident, hours) => {
      const within = respondWithin[incident.severity]
      if (incident.owner || within === 'never') return undefined
      const since = atThisSeveritySince(incident)
      return within === 'working day' ? endOfWorkingDay(since, hours) : plus(since, minutes(within))
    },
  },
  {
    from: 1,
    to: 2,
    why: 'alarm-lasts',
    due: (incident) =>
      ownAlarms(incident)
        .filter((alarm) => alarm.ringing)
        .flatMap((alarm) => {
          const lasts = alarm.listed === undefined ? undefined : alarmNamed(alarm.listed)?.escalate.afterMinutes
          const since = toldFrom(alarm)
          return lasts === undefined || since === undefined ? [] : [plus(since, minutes(lasts))]
        })
        .sort()[0],
  },
  {
    from: 1,
    to: 2,
    why: 'alarm-grew',
    due: (incident) =>
      ownAlarms(incident).some((alarm) => alarm.ringing && alarm.sweepsAbove >= 2) ? incident.ringingSince : undefined,
  },
  {
    from: 1,
    to: 2,
    why: 'customers-complain',
    due: (incident) => {
      const { complaints } = incident
      const counts = ownAlarms(incident).some(
        ({ ringing, listed }) => ringing && alarmNamed(listed ?? '')?.escalate.complaints === true,
      )
      return counts && complaints && complaints.count >= manyComplaints ? complaints.last.at : undefined
    },
  },
  {
    from: 1,
    to: 2,
    why: 'automatic-rollback-failed',
    due: (incident) => (incident.automaticRollback?.state === 'failed' ? incident.ringingSince : undefined),
  },
  {
    from: 1,
    to: 2,
    why: 'rollback-failed',
    evenWhenQuiet: true,
    due: (incident) => (incident.rollback?.status === 'failed' ? incident.rollback.stepAt : undefined),
  },
  {
    from: 1,
    to: 2,
    why: 'rollback-did-not-help',
    evenWhenQuiet: true,
    due: (incident) => (incident.rollback?.status === 'did-not-help' ? incident.rollback.stepAt : undefined),
  },
  {
    from: 2,
    to: 3,
    why: 'level-2-lasts',
    // An incident that came back gives level 2 its time again.
    due: ({ escalation, ringingSince }) => plus(latest(escalation.since, ringingSince), minutes(level2Minutes)),
  },
]

/** The next step up for an incident as it stands, or why there is none. */
export function nextStep(incident: Incident, hours: OfficeHours): Escalation['next'] {
  if (incident.status === 'resolved') return { nothingDue: 'resolved' }
  // Only a person asks others to join a drill.
  if (isDrill(incident)) return { nothingDue: 'drill' }
  if (incident.severity === 'Low') return { nothingDue: 'low-severity' }
  const isQuiet = incident.status === 'recovering' || !ringsItself(incident)
  if (incident.escalation.level === 3) return { nothingDue: 'top-level' }
  // Managers have approved it, and what rings tells of nothing else.
  if (isInMaintenance(incident)) return { nothingDue: 'maintenance-on' }
  const steps = rules
    .filter((rule) => rule.from === incident.escalation.level && (!isQuiet || rule.evenWhenQuiet))
    .flatMap((rule) => {
      const ruled = rule.due(incident, hours)
      if (ruled === undefined) return []
      const rings = rule.evenWhenQuiet ? ruled : whenItRings(incident, ruled)
      const at = afterHold(incident, latest(rings, tellsOnUntil(incident) ?? rings))
      // The end of the working day is still within it; any other moment, that after a hold too, waits for the next opening.
      const isInTime = incident.severity !== 'Medium' || (rule.why === 'not-acknowledged' && at === ruled)
      return [{ due: isInTime ? at : workingTimeFrom(at, hours), level: rule.to, why: rule.why }]
    })
  const first = steps.reduce<(typeof steps)[number] | undefined>(
    (least, step) => (least === undefined || isBefore(step.due, least.due) ? step : least),
    undefined,
  )
  if (first) return first
  if (!isQuiet) return { nothingDue: 'owned' }
  return { nothingDue: isRinging(incident) ? 'cause-over' : 'recovering' }
}
