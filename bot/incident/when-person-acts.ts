import { cardKindOf, withCard } from './cards.ts'
import type { Change } from './change.ts'
import { noted } from './change.ts'
import type { Verdict } from './decide.ts'
import { isDrill } from './drill.ts'
import type { IncidentEvent } from './event.ts'
import type { EscalationReason, Incident } from './incident.ts'
import { isInMaintenance } from './maintenance.ts'
import { isRollingBack } from './rollback.ts'

type Event<T extends IncidentEvent['type']> = Extract<IncidentEvent, { type: T }>

export function whenAcknowledged(incident: Incident, { at, by }: Event<'acknowledged'>): Verdict {
  if (incident.status === 'resolved') return 'already-resolved'
  if (incident.owner) return 'already-acknowledged'
  const status = incident.status === 'recovering' ? 'recovering' : 'acknowledged'
  const owned = noted(
    { ...incident, owner: { user: by, at }, status },
    { at, what: 'acknowledged', by, from: incident.status },
  )
  return {
    because: 'a person took the incident',
    incident: owned,
    effects: [{ kind: 'show' }, { kind: 'reply', say: { say: 'acknowledged', by } }],
  }
}

export function whenEscalationAsked(incident: Incident, event: Event<'escalation-asked'>): Verdict {
  if (incident.status === 'resolved') return 'already-resolved'
  // The person asked for a level; whoever got there first has done what was asked.
  if (incident.escalation.level >= event.to) return 'already-at-top'
  const why = 'asked-by-person'
  return { because: 'a person asked', ...escalated(incident, event.to, why, event.at, event.by, event.reason) }
}

/** One step up: told in the thread, and to the people of that level by a new message. */
export function escalated(
  incident: Incident,
  level: 2 | 3,
  why: EscalationReason,
  at: string,
  by?: string,
  reason?: string,
): Change {
  const person = { ...(by !== undefined && { by }), ...(reason !== undefined && { reason: reason.slice(0, 500) }) }
  const told = noted(incident, {
    at,
    what: 'escalated',
    about: `level ${level}: ${why}`,
    ...(by !== undefined && { by }),
  })
  const kind = cardKindOf(level)
  return {
    incident: withCard(
      {
        ...told,
        escalation: { level, since: at, why, ...(by !== undefined && { by }), next: incident.escalation.next },
      },
      { id: kind, kind, step: { why, at, ...person }, look: 0 },
    ),
    effects: [
      { kind: 'page', level, why, at, ...person },
      ...(level === 3 ? [{ kind: 'find-managers' } as const] : []),
      { kind: 'show' },
      { kind: 'reply', say: { say: 'escalated', level, why, ...person } },
      ...(level === 3 && !isDrill(incident)
        ? [{ kind: 'mail', audience: 'managers', about: 'level-3', at, why, ...person } as const]
        : []),
    ],
  }
}

export function whenResolveAsked(incident: Incident, { at, by }: Event<'resolve-asked'>): Verdict {
  if (incident.status === 'resolved') return 'already-resolved'
  if (isRollingBack(incident.rollback)) return 'rollback-running'
  if (isInMaintenance(incident)) return 'maintenance-on'
  return { because: 'a person closed it', ...resolvedNow(incident, at, by) }
}

/** The end. The item stays where it is for as long as the incident can be reopened. */
export function resolvedNow(incident: Incident, at: string, by?: string): Change {
  const { quietUntil: _quiet, ...rest } = incident
  const person = by === undefined ? {} : { by }
  const resolved = noted({ ...rest, status: 'resolved' }, { at, what: 'resolved', from: incident.status, ...person })
  return {
    incident: { ...resolved, resolved: { at, ...person } },
    effects: [{ kind: 'show' }, { kind: 'reply', say: { say: 'resolved', ...person } }, { kind: 'archive' }],
  }
}
