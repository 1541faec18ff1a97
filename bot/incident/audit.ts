import { type Action, keptActions, type Standing } from '../../common/incident-actions.ts'
import type { IncidentEvent } from './event.ts'
import type { Incident } from './incident.ts'
import type { Postmortem } from './postmortem.ts'
import { remindersInARow } from './reminder-due.ts'

const longestAbout = 100

/** Opening a window changes nothing and is no action; to be shown a secret is one. */
const looks: readonly IncidentEvent['type'][] = ['rollback-opened', 'remedy-opened']

function standing(incident: Incident): Standing {
  const { status, severity, owner, escalation, hold, rollback, remedies = [] } = incident
  const { reports = [], steps = [], complaints, notice, postmortem } = incident
  const reminders = remindersInARow(incident)
  const changed = remedies.map(({ name, subject, status: now, undo, shown }) =>
    [name, subject?.label, now, undo && 'undo-asked', shown && 'shown'].filter(Boolean).join(' '),
  )
  return {
    status,
    severity,
    ...(owner && { owner: owner.user }),
    level: escalation.level,
    ...(hold && { heldUntil: hold.until }),
    ...(rollback && { rollback: `${rollback.status} v${rollback.from} → v${rollback.to}` }),
    ...(changed.length > 0 && { remedies: changed }),
    ...(reminders > 0 && { reminders }),
    ...(reports.length > 0 && { reports: reports.length }),
    ...(steps.length > 0 && { stepsDone: steps.length }),
    ...(complaints && { complaints: complaints.count }),
    ...(notice && { customersTold: notice.en.slice(0, longestAbout), customersToldAt: notice.at }),
    ...(postmortem && itemsOf(postmortem)),
  }
}

const itemsOf = ({ at, actions }: Postmortem): Pick<Standing, 'postmortemAskedAt' | 'actionItems'> => ({
  postmortemAskedAt: at,
  ...(actions.length > 0 && {
    actionItems: `${actions.filter(({ done }) => done !== undefined).length} of ${actions.length} done`,
  }),
})

const whoIn = (event: IncidentEvent): string => {
  if ('by' in event) return event.by
  if (event.type === 'reported') return event.report.by
  return event.type === 'minute-passed' ? 'bot' : 'aws'
}

function aboutOf(event: IncidentEvent, { postmortem }: Incident): string | undefined {
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
      return `${event.done ? 'done' : 'not done'}: ${postmortem?.actions.find(({ id }) => id === event.item)?.text}`
    case 'key-opened':
      return `key ${event.key}`
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
  const about = aboutOf(event, after)?.slice(0, longestAbout)
  return withAction(after, { at: event.at, by, did: event.type, ...(about !== undefined && { about }), ...changed })
}

/** The step up that was due, and why. Nobody asked for it, even where it comes with what somebody did. */
export const climbedByItself = (before: Incident, after: Incident, at: string, why: string): Incident =>
  withAction(after, {
    at,
    by: 'bot',
    did: 'minute-passed',
    about: why,
    ...difference(standing(before), standing(after)),
  })

function withAction(after: Incident, action: Action): Incident {
  const all = [...(after.actions ?? []), action]
  const { atStart, atEnd } = keptActions
  if (all.length <= atStart + atEnd) return { ...after, actions: all }
  return {
    ...after,
    actions: [...all.slice(0, atStart), ...all.slice(all.length - atEnd)],
    actionsLeftOut: (after.actionsLeftOut ?? 0) + 1,
  }
}
