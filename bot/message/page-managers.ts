import { alarmNamed } from '../../common/alarms.ts'
import type { Incident } from '../incident/incident.ts'
import { leadAlarm } from '../incident/when-rollback-asked.ts'
import { context, type Message, message, section } from './blocks.ts'
import { code, data, quantity, when } from './format.ts'
import { guidanceOf } from './guidance-part.ts'
import { type Look, person, words } from './look.ts'
import type { Around, Page } from './page.ts'
import { reasonSentence } from './reasons.ts'
import { reportedImpact } from './report-part.ts'
import { proofFacts } from './rollback-part.ts'

/** One message that asks management for one decision, without a word of how the service is built. */
export function managersPage(effect: Page, incident: Incident, look: Look, { link, outside }: Around): Message {
  const { page: say } = words(look).talk
  const { managers, oncall, developers } = look.people
  const reason = reasonSentence(effect, incident, look, true)
  const impact = impactOf(incident, look)
  return message(`${managers} ${say.because(impact.replace(/[.。]$/, ''), reason)}`, [
    section(say.why(managers, reason)),
    section(
      say.managers.impact(impact),
      say.managers.since(when(incident.ringingSince)),
      measuredOf(incident, look),
      incident.owner ? say.managers.asked(person(incident.owner.user)) : say.managers.nobody(`${oncall} ${developers}`),
      say.tried(triedOf(incident, look)),
      outside,
    ),
    section(say.managers.decide, link),
    context(code(incident.id, 200)),
  ])
}

export function impactOf(incident: Incident, look: Look): string {
  const { managers } = words(look).talk.page
  const guidance = guidanceOf(incident, look)
  return (
    guidance?.impact ??
    reportedImpact(incident, look) ??
    managers.unlisted(data(leadAlarm(incident)?.name ?? incident.service, 120))
  )
}

export function measuredOf(incident: Incident, look: Look): string | undefined {
  const { managers } = words(look).talk.page
  const lead = leadAlarm(incident)
  const rule = lead?.listed === undefined ? undefined : alarmNamed(lead.listed)
  const guidance = guidanceOf(incident, look)
  if (!rule || !guidance || lead?.value === undefined) return undefined
  const shown = (value: number) => quantity(value, rule.unit, look.language)
  return managers.measured(guidance.plainMeasure, shown(lead.value), shown(lead.threshold ?? rule.threshold))
}

export function triedOf({ rollback, automaticRollback }: Incident, look: Look): string {
  const { talk, rollback: about } = words(look)
  const { managers } = talk.page
  const numbers = (rollback?.proof && about.numbers(proofFacts(rollback.proof, look, true))) ?? ''
  const status = rollback?.status
  switch (status) {
    case 'requested':
    case 'stopping':
    case 'moving':
    case 'verifying':
      return managers.running
    case 'helped':
      return managers.helped(numbers)
    case 'did-not-help':
      return managers.didNotHelp(numbers)
    case 'not-proven':
      return managers.notProven
    case 'failed':
      return managers.failed
    case undefined:
      return automaticRollback ? managers.automatic[automaticRollback.state] : managers.nothing
    default:
      return status satisfies never
  }
}
