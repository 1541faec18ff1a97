import { alarmsOf, type IncidentRecord, isPublic, reportedOnly } from '../common/incident-record.ts'
import type { Maintenance } from '../common/maintenance.ts'
import { servedMinutes } from '../common/prices.ts'
import { guidanceFor } from '../common/runbook/runbook.ts'
import { isBefore, minutes, msBetween } from '../common/time.ts'
import type { Incidents } from './incidents.ts'
import type { StatusAnswer, StatusIncident } from './schemas.ts'
import { type StatusLanguage, statusWords } from './status-words.ts'

/** What a status is made of. */
export interface StatusFacts {
  /** undefined: the record cannot be read now. */
  incidents: Incidents | undefined
  newestPriceAt: string | null
  maintenance?: Maintenance
  now: string
}

const recentMs = minutes(24 * 60)
const gravity = { Critical: 3, High: 2, Medium: 1, Low: 0 } as const

/** The public status, told from the record of incidents and the age of the newest price. */
export function statusOf(facts: StatusFacts, language: StatusLanguage): StatusAnswer {
  const { incidents, newestPriceAt, maintenance, now } = facts
  const told = (incidents ?? []).filter(isPublic).map((incident) => ({ incident, said: tell(incident, language) }))
  const open = told.filter(({ incident }) => incident.status !== 'resolved')
  const recent = told.filter(({ said }) => said.resolvedAt !== undefined && msBetween(said.resolvedAt, now) <= recentMs)
  const say = statusWords[language]
  const arePricesTooOld = newestPriceAt === null || msBetween(newestPriceAt, now) > minutes(servedMinutes)
  const worst = Math.max(0, ...open.map(({ incident }) => publicGravity(incident)))
  const status =
    maintenance !== undefined || arePricesTooOld || worst >= 3
      ? 'disrupted'
      : incidents === undefined
        ? 'unknown'
        : open.length > 0
          ? 'degraded'
          : 'operational'
  return {
    status,
    summary: maintenance ? say.inMaintenance : arePricesTooOld ? say.noPrices : say.summary[status],
    checkedAt: now,
    ...(maintenance && { maintenance: maintained(maintenance, now, language) }),
    newestPriceAt,
    incidents: byTime(open.map(({ said }) => said)),
    recent: byTime(recent.map(({ said }) => said)),
  }
}

/** An end that has passed is none that anybody expects. */
function maintained({ since, expectedUntil }: Maintenance, now: string, language: StatusLanguage) {
  const isToCome = expectedUntil !== undefined && isBefore(now, expectedUntil)
  const { maintenance } = statusWords[language]
  return { since, expectedUntil: isToCome ? expectedUntil : null, text: maintenance[isToCome ? 'until' : 'unknownEnd'] }
}

const byTime = (incidents: StatusIncident[]): StatusIncident[] => incidents.sort((a, b) => (a.since < b.since ? 1 : -1))

const states = {
  open: 'investigating',
  acknowledged: 'being-worked-on',
  recovering: 'recovering',
  resolved: 'resolved',
} as const satisfies Record<IncidentRecord['status'], StatusIncident['state']>

function tell(incident: IncidentRecord, language: StatusLanguage): StatusIncident {
  const { id, status, ringingSince, resolved, timeline, notice } = incident
  return {
    id,
    state: states[status],
    affects: affected(incident, language),
    // What was told of an incident ends with it.
    ...(notice && status !== 'resolved' && { notice: { text: notice[language], at: notice.at } }),
    since: ringingSince,
    lastUpdate:
      timeline
        .map(({ last }) => last)
        .sort()
        .at(-1) ?? ringingSince,
    ...(resolved && { resolvedAt: resolved.at }),
  }
}

/** A security report raises the severity of an incident that alarms have opened, and the public must not read it off that. */
function publicGravity(incident: IncidentRecord): number {
  if (incident.reports === undefined || reportedOnly(incident) !== undefined) return gravity[incident.severity]
  return Math.max(0, ...alarmsOf(incident).map(({ severity }) => gravity[severity]))
}

/** What customers notice, by the alarm that matters most to them: ringing before quiet, then the gravest, then the first. */
function affected(incident: IncidentRecord, language: StatusLanguage): string {
  const { affects, mayBeWrong } = statusWords[language]
  const reported = reportedOnly(incident)
  // The words of whoever reported it are for those who mend it.
  if (reported === 'other') return affects(incident.service)
  if (reported !== undefined) return mayBeWrong
  const weight = (alarm: IncidentRecord['alarms'][string]) => (alarm.ringing ? 10 : 0) + gravity[alarm.severity]
  const [lead] = alarmsOf(incident).sort(
    (a, b) => weight(b) - weight(a) || (a.firedAt ?? '').localeCompare(b.firedAt ?? ''),
  )
  return guidanceFor(lead?.listed, language)?.impact ?? affects(incident.service)
}
