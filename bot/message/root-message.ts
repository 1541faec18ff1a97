import type { AlarmRecord } from '../incident/alarm-record.ts'
import { isFollowing } from '../incident/consequence.ts'
import type { Incident } from '../incident/incident.ts'
import { leadAlarm } from '../incident/when-rollback-asked.ts'
import { adviceLine } from './advice-part.ts'
import { type Block, context, header, type Message, message, sectionOf } from './blocks.ts'
import { buttonRow } from './button-row.ts'
import { cautionLines, changeLines } from './change-part.ts'
import { chartOf, courseLines } from './chart-part.ts'
import { escalationLines } from './escalation-part.ts'
import { ageLines } from './evidence-age.ts'
import { evidenceLines } from './evidence-part.ts'
import { code, data, when } from './format.ts'
import { firstStepLines } from './guidance-part.ts'
import { alarmSentence, alarmTitle, explanation, headerText, headline, plainReason } from './headline.ts'
import { linkLine, logLines } from './log-part.ts'
import { type Look, person, words } from './look.ts'
import { marks, quietMark } from './marks.ts'
import { remedyLines } from './remedy-part.ts'
import { reportLines } from './report-part.ts'
import { resolvedMessage } from './resolved-message.ts'
import { automaticLine, rollbackLines } from './rollback-part.ts'

/** The one message of an incident, drawn anew from its state each time something changes. */
export function rootMessage(incident: Incident, look: Look): Message {
  if (incident.status === 'resolved') return resolvedMessage(incident, look)
  const { incident: say } = words(look)
  const owner = incident.owner && person(incident.owner.user)
  const call = callFor(incident, look)
  const fallback = say.fallback(say.severity[incident.severity], headline(incident, look), incident.status, owner)
  return message(call.length > 0 ? `${look.people.oncall} ${fallback}` : fallback, [
    header(`${incident.status === 'recovering' ? quietMark : marks[incident.severity]} ${headerText(incident, look)}`),
    ...sectionOf([...stateLines(incident, look), ...escalationLines(incident, look)]),
    ...sectionOf(reportLines(incident, look)),
    ...sectionOf([...alarmLines(incident, look), ...courseLines(incident, look)]),
    ...chartOf(incident, look),
    ...sectionOf([...rollbackLines(incident, look), automaticLine(incident, look)]),
    ...sectionOf(remedyLines(incident, look)),
    ...sectionOf(changeLines(incident, look)),
    ...sectionOf([adviceLine(incident, look), ...cautionLines(incident, look)]),
    ...sectionOf([...evidenceLines(incident, look), ...ageLines(incident, look)]),
    ...sectionOf(logLines(incident, look)),
    ...sectionOf(firstStepLines(incident, look)),
    ...buttonRow(incident, look.language),
    ...call,
    ...linkLine(incident, look),
    context([code(incident.id, 200), ...alarmNames(incident)].join(' · ')),
  ])
}

function stateLines(incident: Incident, look: Look): string[] {
  const { incident: say } = words(look)
  const { owner, quietUntil, reopened, complaints } = incident
  const lead = leadAlarm(incident)
  const facts = [
    `*${say.severity[incident.severity]}*`,
    say.since(when(incident.ringingSince)),
    say.service(data(incident.service, 80)),
    ...(reopened > 0 ? [say.reopened(reopened)] : []),
  ]
  return [
    facts.join(' · '),
    ...(lead?.ringing && lead.silencedUntil !== undefined ? [rangInside(lead, lead.silencedUntil, look)] : []),
    owner ? say.owner(person(owner.user), when(owner.at)) : say.nobody,
    ...(complaints ? [say.complaints(complaints.count, when(complaints.last.at))] : []),
    ...(incident.status === 'recovering' && quietUntil !== undefined ? [say.quietUntil(when(quietUntil))] : []),
  ]
}

const rangInside = ({ firedAt, changedAt }: AlarmRecord, until: string, look: Look): string =>
  words(look).silence.rangInside(when(firedAt ?? changedAt), when(until))

/** An edit wakes nobody: this mention works in the first post, and goes when somebody has taken the incident. */
function callFor(incident: Incident, look: Look): Block[] {
  const isUrgent = incident.severity === 'Critical' || incident.severity === 'High'
  if (incident.status !== 'open' || incident.owner || !isUrgent) return []
  return [context(words(look).incident.onCall(look.people.oncall))]
}

const mostNamed = 5

/** The names to look alarms up by, as CloudWatch has them. */
const alarmNames = ({ alarms }: Incident): string[] =>
  Object.values(alarms)
    .filter((alarm) => alarm.ringing)
    .slice(0, mostNamed)
    .map(({ name }) => data(name, 80))

/** What CloudWatch says where the headline cannot, and the alarms that joined. */
function alarmLines(incident: Incident, look: Look): string[] {
  const { incident: say } = words(look)
  const lead = leadAlarm(incident)
  const others = Object.values(incident.alarms)
    .filter((alarm) => alarm.name !== lead?.name)
    .sort((a, b) => (a.firedAt ?? a.changedAt).localeCompare(b.firedAt ?? b.changedAt))
  const named = (alarms: AlarmRecord[], name: (alarm: AlarmRecord) => string): string => {
    const more = alarms.length - mostNamed
    return [...alarms.slice(0, mostNamed).map(name), ...(more > 0 ? [say.andMore(more)] : [])].join(' · ')
  }
  const ringing = others.filter((alarm) => alarm.ringing && !alarm.consequence)
  const following = Map.groupBy(others.filter(isFollowing), ({ consequence }) => consequence.when)
  const quiet = others.filter((alarm) => !alarm.ringing)
  const needsReason = lead?.ringing && (lead.listed === undefined || lead.value === undefined) && lead.reason !== ''
  return [
    ...(lead && needsReason ? [plainReason(lead.reason, look)] : []),
    ...(ringing.length > 0 ? [say.alsoRinging(named(ringing, (alarm) => alarmSentence(alarm, look)))] : []),
    ...[...following].map(([when, alarms]) =>
      say.followsFromIt(
        named(alarms, (alarm) => alarmSentence(alarm, look)),
        explanation(when, look),
      ),
    ),
    ...(quiet.length > 0 ? [say.nowQuiet(named(quiet, (alarm) => alarmTitle(alarm, look)))] : []),
  ]
}
