import type { Action, Standing } from '../../common/incident-actions.ts'
import type { IncidentEvent } from './event.ts'
import type { Incident } from './incident.ts'

const longestAbout = 100
/** The beginning and the end of a long story; how many are missing between them is counted. */
const keptAtStart = 10
const keptAtEnd = 25

/** Opening a window changes nothing and is no action. */
const looks: readonly IncidentEvent['type'][] = ['rollback-opened', 'remedy-opened', 'key-opened']

function standing({ status, severity, owner, escalation, hold, rollback, remedies = [] }: Incident): Standing {
  const changed = remedies.map(({ name, subject, status: now }) =>
    [name, subject?.label, now].filter(Boolean).join(' '),
  )
  return {
    status,
    severity,
    ...(owner && { owner: owner.user }),
    level: escalation.level,
    ...(hold && { heldUntil: hold.until }),
    ...(rollback && { rollback: `${rollback.status} v${rollback.from} → v${rollback.to}` }),
    ...(changed.length > 0 && { remedies: changed }),
  }
}

const whoIn = (event: IncidentEvent): string => {
  if ('by' in event) return event.by
  if (event.type === 'reported') return event.report.by
  return event.type === 'minute-passed' ? 'bot' : 'aws'
}

function aboutOf(event: IncidentEvent): string | undefined {
  switch (event.type) {
    case 'escalation-asked':
    case 'hold-asked':
      return event.reason
    case 'reported':
      return `${event.report.kind}: ${event.report.text}`
    case 'step-ticked':
      return `${event.done ? 'done' : 'not done'}: ${event.text}`
    case 'action-item-added':
      return event.text
    case 'action-item-ticked':
      return `${event.done ? 'done' : 'not done'}: ${event.item}`
    case 'rollback-asked':
      return `v${event.ask.from} → v${event.ask.to}`
    case 'remedy-asked':
      return `${event.ask.direction} ${event.ask.name}`
    case 'alarm-changed':
      return `${event.alarm.name} ${event.alarm.state}`
    case 'effect-done':
      return event.outcome.is
    default:
      return undefined
  }
}

/** Only what is different between the two, of both. */
function difference(before: Standing | undefined, after: Standing) {
  if (!before) return { after }
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof Standing)[]
  const different = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
  const only = (of: Standing): Partial<Standing> =>
    Object.fromEntries(different.filter((key) => of[key] !== undefined).map((key) => [key, of[key]]))
  return different.length === 0 ? {} : { before: only(before), after: only(after) }
}

/** The incident with the action that changed it: everything a person does, and whatever changes how it stands. */
export function audited(before: Incident | undefined, after: Incident, event: IncidentEvent): Incident {
  const isSame = before?.id === after.id
  const changed = difference(isSame ? standing(before) : undefined, standing(after))
  const by = whoIn(event)
  const isPerson = by !== 'bot' && by !== 'aws' && !looks.includes(event.type)
  if (!isPerson && !('after' in changed)) return after
  const about = aboutOf(event)?.slice(0, longestAbout)
  const action: Action = { at: event.at, by, did: event.type, ...(about !== undefined && { about }), ...changed }
  const all = [...(after.actions ?? []), action]
  if (all.length <= keptAtStart + keptAtEnd) return { ...after, actions: all }
  return {
    ...after,
    actions: [...all.slice(0, keptAtStart), ...all.slice(all.length - keptAtEnd)],
    actionsLeftOut: (after.actionsLeftOut ?? 0) + 1,
  }
}
