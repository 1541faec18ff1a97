import { msBetween } from '../../common/time.ts'
import { type Change, noted, withoutKinds } from './change.ts'
import type { Verdict } from './decide.ts'
import { isDrill } from './drill.ts'
import type { IncidentEvent } from './event.ts'
import { gravity, type Incident, incidentId } from './incident.ts'
import { mostReports, type Report, severityOf } from './report.ts'
import { reopensWithin } from './when-alarm-changed.ts'
import { evidenceOf } from './when-rollback-asked.ts'

type Reported = Extract<IncidentEvent, { type: 'reported' }>

/**
 * A person tells of what no alarm saw. It opens an incident, or joins the one that its service has; whoever reports is on
 * it. A drill is always a new one, and belongs to nobody: that somebody takes it is what is rehearsed.
 */
export function whenReported(incident: Incident | undefined, event: Reported): Verdict {
  const { at, report } = event
  if (incident?.reports?.some(({ press }) => press === report.press)) return 'already-done'
  const isOver = incident?.resolved && (isDrill(incident) || msBetween(incident.resolved.at, at) > reopensWithin)
  if (!incident || isOver) return { because: 'a person reported it', ...opened(event) }
  if (isDrill(incident)) return 'drill-on'
  // What was reported before the end is over with it, so it takes no room.
  if (!incident.resolved && (incident.reports?.length ?? 0) >= mostReports) return 'too-many-reports'
  return { because: 'a person reported it', ...joined(incident, report, at) }
}

function opened({ at, service, report }: Reported): Change {
  const severity = severityOf(report)
  const isRehearsal = report.kind === 'drill'
  const blank: Incident = {
    id: incidentId(service, at),
    service,
    severity,
    status: isRehearsal ? 'open' : 'acknowledged',
    openedAt: at,
    ringingSince: at,
    reopened: 0,
    alarms: {},
    ...(!isRehearsal && { owner: { user: report.by, at } }),
    reports: [report],
    escalation: { level: 1, since: at, why: 'reported', next: { nothingDue: isRehearsal ? 'drill' : 'owned' } },
    look: 0,
    timeline: [],
    pending: [],
    effects: 0,
    revision: 0,
    archived: false,
  }
  const incident = noted(blank, { at, what: 'reported', by: report.by, about: aboutOf(report) })
  return { incident, effects: [{ kind: 'show' }, ...evidenceOf(incident)] }
}

function joined(incident: Incident, report: Report, at: string): Change {
  const { quietUntil: _quiet, resolved, ...rest } = incident
  const wasOver = resolved !== undefined
  const severity = severityOf(report)
  const isGraver = gravity[severity] > gravity[incident.severity]
  const noticed = noted(incident, { at, what: 'reported', by: report.by, about: aboutOf(report) }).timeline
  const told: Incident = {
    ...rest,
    ...(isGraver && { severity, graveSince: at }),
    status: 'acknowledged',
    owner: incident.owner ?? { user: report.by, at },
    // What was reported before the end is over with it.
    reports: [...(wasOver ? [] : (incident.reports ?? [])), report],
    timeline: noticed,
  }
  const next = wasOver ? cameBack(told, at) : told
  return {
    incident: next,
    effects: [
      { kind: 'show' },
      { kind: 'reply', say: { say: 'reported', kind: report.kind, by: report.by, text: report.text } },
      ...evidenceOf(next),
    ],
  }
}

function cameBack(incident: Incident, at: string): Incident {
  const waiting = withoutKinds(incident, ['archive', 'post-draft'])
  const { rollback: _earlier, complaints: _counted, notice: _published, ...anew } = waiting
  return noted(
    { ...anew, reopened: incident.reopened + 1, ringingSince: at, archived: false },
    { at, what: 'reopened', from: 'resolved' },
  )
}

const aboutOf = ({ kind, text }: Report): string => `${kind}: ${text}`
