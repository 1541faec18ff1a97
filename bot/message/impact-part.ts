import { alarmNamed } from '../../common/alarms.ts'
import { impactOf } from '../incident/impact.ts'
import type { Incident } from '../incident/incident.ts'
import { leadAlarm } from '../incident/when-rollback-asked.ts'
import { present } from './blocks.ts'
import { duration, quantity, when } from './format.ts'
import { guidanceOf } from './guidance-part.ts'
import { type Look, words } from './look.ts'
import type { ImpactFacts } from './words/facts-manager.ts'

/** What customers have noticed, in numbers of the record, in plain words. */
export function impactLines(incident: Incident, look: Look): string[] {
  const { manager: say } = words(look)
  const facts = impactFacts(incident, look)
  const isOver = incident.status === 'resolved'
  return present([
    isOver ? undefined : say.lasted(facts),
    facts.requests && say.requests(facts.requests),
    isOver ? undefined : facts.measured && say.measured(facts.measured),
    facts.priceAge && say.priceAge(facts.priceAge),
    facts.complaints === undefined ? undefined : say.complaints(facts.complaints),
  ])
}

function impactFacts(incident: Incident, look: Look): ImpactFacts {
  const { lasted, asOf, requests, priceAge } = impactOf(incident)
  const count = (value: number) => quantity(Math.round(value), undefined, look.language)
  const measured = measuredNow(incident, look)
  return {
    lasted: duration(lasted, look.language),
    asOf: when(asOf),
    ...(requests && {
      requests: {
        failed: count(requests.failed),
        total: count(requests.total),
        share: quantity((100 * requests.failed) / requests.total, '%', look.language),
        since: when(requests.from),
        isWhole: requests.isWhole,
      },
    }),
    ...(measured && { measured }),
    ...(priceAge !== undefined && { priceAge: duration(priceAge, look.language) }),
    ...(incident.complaints && { complaints: incident.complaints.count }),
  }
}

function measuredNow(incident: Incident, look: Look): ImpactFacts['measured'] {
  const lead = leadAlarm(incident)
  const rule = lead?.listed === undefined ? undefined : alarmNamed(lead.listed)
  const guidance = guidanceOf(incident, look)
  if (!rule || !guidance || !lead?.ringing || lead.value === undefined) return undefined
  const shown = (value: number) => quantity(value, rule.unit, look.language)
  return {
    measure: guidance.plainMeasure,
    value: shown(lead.value),
    limit: shown(lead.threshold ?? rule.threshold),
  }
}
