import { guidanceFor } from '../../common/runbook/runbook.ts'
import { minutes } from '../../common/time.ts'
import type { AlarmRecord } from '../incident/alarm-record.ts'
import { drillMinutes, isDrill } from '../incident/drill.ts'
import type { Incident } from '../incident/incident.ts'
import { longestNotice } from '../incident/notice.ts'
import type { Say } from '../incident/say.ts'
import { quietTime } from '../incident/when-alarm-changed.ts'
import { type Message, message, present, section } from './blocks.ts'
import { commandsByHand } from './by-hand.ts'
import { reminderButtons } from './card-buttons.ts'
import { code, data, duration, quotable, when } from './format.ts'
import { alarmSentence, alarmTitle, explanation, plainReason } from './headline.ts'
import { type Look, person, words } from './look.ts'
import { reasonSentence } from './reasons.ts'
import { functionName, refusalSentence, version } from './refusals.ts'
import { remedySentence } from './remedy-part.ts'
import { endingSentence, handedOn } from './rollback-part.ts'

/** What happened, said in the thread of the root message. */
export function threadReply(say: Say, incident: Incident, look: Look): Message {
  const said = sentence(say, incident, look)
  if (say.say === 'reminder') return message(said, [section(said), ...reminderButtons(incident, look.language)])
  if (say.say !== 'rollback-failed') return message(said, [section(said)])
  const { byHand } = words(look).talk.thread
  return message(said, [section(said), section(byHand, commandsByHand(say, look.stage))])
}

function sentence(say: Say, incident: Incident, look: Look): string {
  const { talk, incident: about, report, people, maintenance, postmortem } = words(look)
  const { thread } = talk
  switch (say.say) {
    case 'alarm-joined':
      if (say.follows) {
        return thread.followsFromIt(nameOf(say.alarm, incident, look, alarmSentence), explanation(say.follows, look))
      }
      return waking(
        thread.alarmJoined(nameOf(say.alarm, incident, look, alarmSentence), plainReason(say.reason, look)),
        say.graver === true,
        incident,
        look,
      )
    case 'alarm-moved':
      return thread.alarmMoved(nameOf(say.alarm, incident, look, alarmTitle), data(say.to, 80))
    case 'reported':
      return report.joined(person(say.by), report.kind[say.kind], data(say.text, 300))
    case 'customer-reported':
      return thread.customerReported(person(say.by), `${say.count - 1}`, `${say.count}`)
    case 'step':
      return (say.done ? thread.stepDone : thread.stepUndone)(person(say.by), data(say.text, 160))
    case 'key-shown':
      return report.keyShown(person(say.by), code(say.name, 100))
    case 'acknowledged':
      return thread.acknowledged(person(say.by))
    case 'taken-over':
      return people.takenOver(person(say.by), say.from && person(say.from))
    case 'still-on-it':
      return people.stillOnIt(person(say.by))
    case 'reminder': {
      const silent = duration(minutes(say.minutes), look.language)
      return people.reminder(person(say.owner), silent, say.isLast ? look.people.oncall : undefined)
    }
    case 'held':
      return people.held(person(say.by), when(say.until), quotable(say.reason, 500))
    case 'escalated':
      return thread.escalated(about.levels[say.level === 3 ? 3 : 2], reasonSentence(say, incident, look))
    case 'rollback-asked':
      return thread.rollbackAsked(person(say.by), functionName(say.role, look), version(say.from), version(say.to))
    case 'rollback-refused': {
      const { role, to, now } = say
      return thread.rollbackRefused(
        person(say.by),
        version(to),
        refusalSentence(say.why, incident, look, { role, to, now }),
      )
    }
    case 'deployment-stopping':
      return say.own ? thread.stoppingItself(code(say.deployment, 40)) : thread.stopping(code(say.deployment, 40))
    case 'alias-moved':
      return thread.aliasMoved(functionName(say.role, look), version(say.from), version(say.to))
    case 'rollback-ended':
      return endingWithNext(say, incident, look)
    case 'rollback-failed': {
      const { role, to, message: said } = say
      const why = refusalSentence(say.why, incident, look, { role, to })
      return thread.rollbackFailed(functionName(role, look), version(to), why, said && data(said, 300))
    }
    case 'automatic-rollback':
      return thread.automatic[say.state](code(say.of, 40), code(say.deployment, 40))
    case 'remedy':
      return remedySentence(say.told, look)
    case 'customers-told':
      return maintenance.told(person(say.by), data(say.en, longestNotice), data(say.ja, longestNotice))
    case 'recovering':
      return thread.recovering(when(say.until))
    case 'resolved':
      if (say.by !== undefined) return thread.resolvedBy(person(say.by))
      return isDrill(incident)
        ? words(look).drill.endedAlone(duration(minutes(drillMinutes), look.language))
        : thread.resolved(duration(quietTime, look.language))
    case 'reopened':
      return waking(thread.reopened(nameOf(say.alarm, incident, look, alarmTitle)), true, incident, look)
    case 'action-given': {
      const due = say.due && postmortem.draft.due(data(say.due, 10))
      return postmortem.actions.given(person(say.by), person(say.who), data(say.text, 200), due)
    }
    case 'action-item': {
      const due = say.due && postmortem.draft.due(data(say.due, 10))
      return postmortem.actions.told[say.is](person(say.by), data(say.text, 200), due)
    }
    default:
      return say satisfies never
  }
}

/** The root message is only edited, so news that must wake somebody mentions the owner, or who is on call. */
function waking(said: string, wakes: boolean, { severity, owner }: Incident, look: Look): string {
  const isUrgent = severity === 'Critical' || severity === 'High'
  if (!wakes || !isUrgent) return said
  return `${owner ? person(owner.user) : look.people.oncall} ${said}`
}

function endingWithNext(say: Extract<Say, { say: 'rollback-ended' }>, incident: Incident, look: Look): string {
  const ended = endingSentence(say.outcome, say, say.proof, look)
  const next = say.outcome === 'did-not-help' ? handedOn('rollback-did-not-help', incident, look) : undefined
  return words(look).incident.sentences(present([ended, next]))
}

/** An alarm by its record, or by its bare name when the record has let it go. */
function nameOf(
  name: string,
  incident: Incident,
  look: Look,
  tell: (alarm: AlarmRecord, look: Look) => string,
): string {
  const record = Object.hasOwn(incident.alarms, name) ? incident.alarms[name] : undefined
  return record
    ? tell(record, look)
    : (guidanceFor(name, look.language)?.title ?? words(look).incident.unlisted(data(name, 120)))
}
