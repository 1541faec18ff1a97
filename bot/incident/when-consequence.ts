import { isBefore } from '../../common/time.ts'
import { noted } from './change.ts'
import { asOwn, explains, follows, isFollowing } from './consequence.ts'
import type { Verdict } from './decide.ts'
import type { Effect } from './effect.ts'
import type { IncidentEvent } from './event.ts'
import { type Incident, isRinging } from './incident.ts'
import { quietened, whenAlarmChanged } from './when-alarm-changed.ts'

type Event<T extends IncidentEvent['type']> = Extract<IncidentEvent, { type: T }>

/** Takes an alarm that follows from this incident. What it refuses goes to the alarm's own service. */
export function whenConsequenceOffered(
  incident: Incident | undefined,
  { at, service, when, alarm }: Event<'consequence-offered'>,
): Verdict {
  if (!incident || !follows(incident, when, alarm)) return 'not-its-consequence'
  const known = incident.alarms[alarm.name]
  const readAt = incident.evidence?.prices?.at(0)?.readAt
  // A notification that was long under way is explained by what has been read since.
  const isReadSince = readAt !== undefined && isBefore(alarm.changedAt, readAt) && explains(incident, when, readAt)
  const anew = { service, when, explainedAt: isReadSince ? readAt : alarm.changedAt }
  const consequence = isFollowing(known) ? known.consequence : anew
  return whenAlarmChanged(incident, { type: 'alarm-changed', at, service: incident.service, alarm }, consequence)
}

/** Lets an alarm go that rings without its cause, after the incident of its own service has taken it. */
export function whenConsequenceMoved(incident: Incident, { at, alarm: name, to }: Event<'consequence-moved'>): Verdict {
  if (!isFollowing(incident.alarms[name])) return 'already-done'
  const because = 'an alarm rings without its cause'
  const { [name]: gone, ...kept } = incident.alarms
  // Maintenance mode may have been of its own incident, and what rings on without it is what that is about.
  if (isFollowing(gone) && to === incident.service)
    return whenAlarmChanged(
      { ...incident, alarms: kept },
      { type: 'alarm-changed', at, service: to, alarm: asOwn(gone, at) },
    )
  const left = noted({ ...incident, alarms: kept }, { at, what: 'alarm-moved', about: `${name} → ${to}` })
  const told: Effect = { kind: 'reply', say: { say: 'alarm-moved', alarm: name, to } }
  if (incident.status === 'resolved') return { because, incident: left, effects: [told] }
  if (isRinging(left)) return { because, incident: left, effects: [{ kind: 'show' }, told] }
  const end = quietened(left, at)
  return { because, incident: end.incident, effects: [told, ...end.effects] }
}
