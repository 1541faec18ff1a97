import { isBefore, minutes, msBetween, plus } from '../../common/time.ts'
import {
  type AlarmChange,
  type AlarmRecord,
  beganAt,
  type Consequence,
  mostAlarms,
  recordAlarm,
} from './alarm-record.ts'
import { type Change, noted, withoutKinds } from './change.ts'
import type { Verdict } from './decide.ts'
import type { IncidentEvent } from './event.ts'
import { gravity, type Incident, incidentId, isRinging } from './incident.ts'
import { evidenceOf } from './when-rollback-asked.ts'

type AlarmChanged = Extract<IncidentEvent, { type: 'alarm-changed' }>

/** Firing again within this time after the end reopens the same incident. */
export const reopensWithin = minutes(30)
/** A clear starts this long a quiet time before the incident resolves. */
export const quietTime = minutes(5)
const longestSaid = 240

/** `offered`: the alarm only follows from the incident, so that it joins without weighing anything. */
export function whenAlarmChanged(incident: Incident | undefined, event: AlarmChanged, offered?: Consequence): Verdict {
  const { alarm, at } = event
  const known = incident?.alarms[alarm.name]
  if (known && known.changedAt === alarm.changedAt && known.state === alarm.state) return 'already-known'
  if (known && !isBefore(known.changedAt, alarm.changedAt)) return 'older-than-known'
  const over = incident?.resolved && msBetween(incident.resolved.at, at) > reopensWithin
  if (!incident || over) {
    if (alarm.state !== 'ALARM') return 'nothing-open'
    return { because: 'an alarm fired', ...opened(event) }
  }
  if (!known && Object.keys(incident.alarms).length >= mostAlarms) {
    return makeRoom(incident, event) ?? 'too-many-alarms'
  }
  const wasRinging = isRinging(incident)
  // What rings on as a consequence stays one; what fires anew without being offered as one is not.
  const consequence = offered ?? (known?.ringing || alarm.state !== 'ALARM' ? known?.consequence : undefined)
  const { consequence: _earlier, ...recorded } = recordAlarm(known, alarm)
  const record: AlarmRecord = { ...recorded, ...(consequence && { consequence }) }
  const next: Incident = { ...incident, alarms: { ...incident.alarms, [alarm.name]: record } }
  if (alarm.state === 'INSUFFICIENT_DATA') {
    const what = 'alarm-without-data'
    return { because: 'an alarm has no data', incident: noted(next, { at, what, about: alarm.name }), effects: [] }
  }
  if (alarm.state === 'OK') return { because: 'an alarm cleared', ...cleared(next, alarm, at, wasRinging) }
  const isRepeat = known !== undefined && known.fired > 0
  if (consequence) return { because: 'a consequence joined', ...followed(next, alarm, consequence, at, isRepeat) }
  return { because: 'an alarm fired', ...fired(next, alarm, at, isRepeat) }
}

function opened({ alarm, at, service }: AlarmChanged): Change {
  const incident: Incident = {
    id: incidentId(service, at),
    service,
    severity: alarm.severity,
    status: 'open',
    openedAt: at,
    ringingSince: at,
    reopened: 0,
    alarms: { [alarm.name]: recordAlarm(undefined, alarm) },
    escalation: { level: 1, since: at, why: 'alarm-opened', next: { nothingDue: 'owned' } },
    look: 0,
    timeline: [{ at, what: 'alarm-fired', about: alarm.name, times: 1, last: at }],
    pending: [],
    effects: 0,
    revision: 0,
    archived: false,
  }
  return { incident, effects: [{ kind: 'show' }, ...evidenceOf(incident)] }
}

function fired(incident: Incident, alarm: AlarmChange, at: string, isRepeat: boolean): Change {
  const graver = gravity[alarm.severity] > gravity[incident.severity]
  const worse = graver ? alarm.severity : incident.severity
  const { quietUntil: _quiet, resolved, ...ringing } = incident
  const status = incident.owner ? 'acknowledged' : 'open'
  const noticed = noted(incident, { at, what: 'alarm-fired', about: alarm.name }).timeline
  const next: Incident = { ...ringing, severity: worse, ...(graver && { graveSince: at }), status, timeline: noticed }
  if (resolved) {
    // What an earlier rollback proved was true of the earlier time; the timeline keeps it.
    const {
      rollback: _earlier,
      reports: _told,
      complaints: _counted,
      notice: _published,
      ...anew
    } = firedAnew(next, alarm)
    const again = noted(
      {
        ...withoutKinds(anew, ['archive', 'post-draft']),
        reopened: incident.reopened + 1,
        ringingSince: at,
        archived: false,
      },
      { at, what: 'reopened', about: alarm.name, from: 'resolved' },
    )
    return {
      incident: again,
      effects: [{ kind: 'show' }, { kind: 'reply', say: { say: 'reopened', alarm: alarm.name } }, ...evidenceOf(again)],
    }
  }
  // The first time an alarm joins is news; its flapping is only a count.
  const news: Change['effects'] = isRepeat
    ? []
    : [
        {
          kind: 'reply',
          say: {
            say: 'alarm-joined',
            alarm: alarm.name,
            reason: alarm.reason.slice(0, longestSaid),
            ...(graver && { graver }),
          },
        },
      ]
  return { incident: next, effects: [{ kind: 'show' }, ...news, ...evidenceOf(next)] }
}

/** What follows from the incident is shown and told once. It changes neither severity nor level, and wakes nobody. */
function followed(
  incident: Incident,
  { name, reason }: AlarmChange,
  { when: follows }: Consequence,
  at: string,
  isRepeat: boolean,
): Change {
  const { quietUntil: _quiet, ...ringing } = incident
  const isQuiet = incident.status === 'recovering'
  const status = isQuiet ? (incident.owner ? 'acknowledged' : 'open') : incident.status
  const noticed = noted({ ...(isQuiet ? ringing : incident), status }, { at, what: 'consequence-joined', about: name })
  const say = { say: 'alarm-joined', alarm: name, reason: reason.slice(0, longestSaid), follows } as const
  const news: Change['effects'] = isRepeat ? [] : [{ kind: 'reply', say }]
  return { incident: noticed, effects: [{ kind: 'show' }, ...news, ...evidenceOf(noticed)] }
}

function cleared(incident: Incident, alarm: AlarmChange, at: string, wasRinging: boolean): Change {
  const noticed = noted(withAlarmInProof(incident, alarm), { at, what: 'alarm-cleared', about: alarm.name })
  if (incident.status === 'resolved' || !wasRinging || isRinging(incident)) {
    return { incident: noticed, effects: incident.status === 'resolved' ? [] : [{ kind: 'show' }] }
  }
  return quietened(noticed, at)
}

/** Nothing rings any more: the quiet time begins. */
export function quietened(incident: Incident, at: string): Change {
  const quietUntil = plus(at, quietTime)
  const next = noted(
    { ...incident, status: 'recovering', quietUntil },
    { at, what: 'recovering', from: incident.status },
  )
  return {
    incident: next,
    effects: [
      { kind: 'show' },
      { kind: 'reply', say: { say: 'recovering', until: quietUntil } },
      ...verification(incident),
    ],
  }
}

/** After a person closed it, an alarm without data that rings again rings from now, not from its first time. */
const firedAnew = (incident: Incident, alarm: AlarmChange): Incident => {
  const record = incident.alarms[alarm.name]
  return record
    ? { ...incident, alarms: { ...incident.alarms, [alarm.name]: { ...record, firedAt: beganAt(alarm) } } }
    : incident
}

/** A rollback that numbers have proven already is completed by the time its alarm took. */
function withAlarmInProof(incident: Incident, alarm: AlarmChange): Incident {
  const { rollback } = incident
  const isJudged = rollback?.alarm === (alarm.listed ?? alarm.name)
  if (rollback?.status !== 'helped' || !rollback.movedAt || !rollback.proof || !isJudged) return incident
  if (rollback.proof.alarmOkAfter !== undefined) return incident
  const alarmOkAfter = Math.max(0, msBetween(rollback.movedAt, alarm.changedAt))
  return { ...incident, rollback: { ...rollback, proof: { ...rollback.proof, alarmOkAfter } } }
}

/** The alarm's OK is half of a proof; asking for the other half now saves a minute. */
function verification(incident: Incident): Change['effects'] {
  const { rollback } = incident
  if (rollback?.status !== 'verifying' || !rollback.movedAt) return []
  const { role, to, alarm, movedAt } = rollback
  return [{ kind: 'verify-rollback', role, to, alarm, since: movedAt }]
}

/** Lets a quiet alarm go, or one less grave, so that a new one has room. */
function makeRoom(incident: Incident, event: AlarmChanged): Verdict | undefined {
  const held = Object.values(incident.alarms)
  const least =
    held.find((alarm) => !alarm.ringing) ??
    held.find((alarm) => event.alarm.state === 'ALARM' && gravity[alarm.severity] < gravity[event.alarm.severity])
  if (!least) return undefined
  const { [least.name]: _gone, ...kept } = incident.alarms
  const counted = noted({ ...incident, alarms: kept }, { at: event.at, what: 'too-many-alarms' })
  return whenAlarmChanged(counted, event)
}
