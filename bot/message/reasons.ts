import { alarmNamed } from '../../common/alarms.ts'
import { minutes, plus } from '../../common/time.ts'
import { type AlarmRecord, toldFrom } from '../incident/alarm-record.ts'
import { level2Minutes, respondWithin } from '../incident/escalation.ts'
import { EscalationReason, type Incident, ownAlarms } from '../incident/incident.ts'
import { leadAlarm } from '../incident/when-rollback-asked.ts'
import { code, data, quantity, quotable } from './format.ts'
import { alarmSentence } from './headline.ts'
import { type Look, person, words } from './look.ts'
import { refusalSentence, version } from './refusals.ts'
import { proofFacts } from './rollback-part.ts'
import type { ReasonFacts } from './words/facts.ts'

interface Escalated {
  why: string
  by?: string | undefined
  reason?: string | undefined
}

/** Why it went up a level, with its numbers: for those who operate the service, or in plain words. */
export function reasonSentence(step: Escalated, incident: Incident, look: Look, isPlain = false): string {
  const { talk } = words(look)
  const why = EscalationReason.safeParse(step.why)
  if (!why.success) return talk.unknownReason
  const sentences = isPlain ? talk.plainReason : talk.reason
  return sentences[why.data](factsOf(why.data, step, incident, look, isPlain))
}

function factsOf(
  why: EscalationReason,
  { by, reason }: Escalated,
  incident: Incident,
  look: Look,
  isPlain: boolean,
): ReasonFacts {
  const { rollback, automaticRollback } = incident
  const within = respondWithin[incident.severity]
  const alarm = alarmBehind(why, incident)
  const rule = alarm?.listed === undefined ? undefined : alarmNamed(alarm.listed)
  const shown = (value: number) => quantity(value, rule?.unit, look.language)
  const above = rule?.escalate.above
  const numbers = rollback?.proof && words(look).rollback.numbers(proofFacts(rollback.proof, look, isPlain))
  return {
    ...(typeof within === 'number' && { within }),
    alarm: alarm ? alarmSentence(alarm, look) : data(incident.service, 80),
    ...(rule && { lastsMinutes: rule.escalate.afterMinutes }),
    ...(above !== undefined &&
      alarm?.value !== undefined && { above: { value: shown(alarm.value), limit: shown(above) } }),
    ...(automaticRollback && { deployment: code(automaticRollback.of, 40) }),
    ...(rollback && { versions: `v${version(rollback.from)} → v${version(rollback.to)}` }),
    ...(numbers && { numbers }),
    ...(rollback?.why && {
      refusal: refusalSentence(rollback.why, incident, look, { role: rollback.role, to: rollback.to }),
    }),
    levelMinutes: level2Minutes,
    ...(incident.complaints && { complaints: incident.complaints.count }),
    ...(by !== undefined && { by: person(by) }),
    ...(reason !== undefined && { reason: quotable(reason, 500) }),
  }
}

/** The alarm that made the rule apply; where the rule is about none, the one that leads. */
function alarmBehind(why: EscalationReason, incident: Incident): AlarmRecord | undefined {
  const ringing = ownAlarms(incident).filter((alarm) => alarm.ringing)
  if (why === 'alarm-grew') return ringing.find(({ sweepsAbove }) => sweepsAbove >= 2) ?? leadAlarm(incident)
  if (why !== 'alarm-lasts') return leadAlarm(incident)
  const due = (alarm: AlarmRecord): string | undefined => {
    const lasts = alarm.listed === undefined ? undefined : alarmNamed(alarm.listed)?.escalate.afterMinutes
    const since = toldFrom(alarm)
    return lasts === undefined || since === undefined ? undefined : plus(since, minutes(lasts))
  }
  const first = ringing
    .flatMap((alarm) => ({ alarm, due: due(alarm) }))
    .filter((each): each is { alarm: AlarmRecord; due: string } => each.due !== undefined)
    .sort((a, b) => a.due.localeCompare(b.due))[0]
  return first?.alarm ?? leadAlarm(incident)
}
