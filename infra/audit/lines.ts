import { type Action, type AuditedIncident, keptActions } from '../../common/incident-actions.ts'
import { isBefore, type Moment, moment } from '../../common/time.ts'
import { isWithin, type Span } from './span.ts'

interface Of {
  at: Moment
  incident: string
  service: string
}

/** Somebody did something; `who` is a Slack user id, `bot` or `aws`. */
export interface ActionLine extends Of, Pick<Action, 'about' | 'before' | 'after'> {
  kind: 'action'
  who: string
  /** What people call them, where the bot knows it. */
  name?: string
  action: string
}

/** Between `at` and `until` so many actions were not kept. */
export interface LeftOutLine extends Of {
  kind: 'left-out'
  until: Moment
  actions: number
}

export type Line = ActionLine | LeftOutLine

/** What was done in these incidents in the span, oldest first, with a line wherever something is missing. */
export function linesOf(incidents: readonly AuditedIncident[], names: ReadonlyMap<string, string>, span: Span): Line[] {
  return incidents
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((incident) => [...actionsOf(incident, names, span), ...leftOutOf(incident, span)])
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
}

function actionsOf({ id, service, actions = [] }: AuditedIncident, names: ReadonlyMap<string, string>, span: Span) {
  return actions
    .filter(({ at }) => isWithin(span, at))
    .map(({ at, by, did, about, before, after }): ActionLine => {
      const name = names.get(by)
      return {
        kind: 'action',
        at: moment(Date.parse(at)),
        incident: id,
        service,
        who: by,
        ...(name !== undefined && { name }),
        action: did,
        ...(about !== undefined && { about }),
        ...(before && { before }),
        ...(after && { after }),
      }
    })
}

/** They are missing behind the beginning that is kept. */
function leftOutOf({ id, service, actions = [], actionsLeftOut = 0 }: AuditedIncident, span: Span): LeftOutLine[] {
  const [last, next] = [actions[keptActions.atStart - 1], actions[keptActions.atStart]]
  if (actionsLeftOut === 0 || !last || !next) return []
  if (isBefore(next.at, span.since) || (span.until !== undefined && isBefore(span.until, last.at))) return []
  const [at, until] = [last.at, next.at].map((each) => moment(Date.parse(each))) as [Moment, Moment]
  return [{ kind: 'left-out', at, until, incident: id, service, actions: actionsLeftOut }]
}

/** Everybody who did something, by their Slack ids. */
export const peopleIn = (incidents: readonly AuditedIncident[]): string[] => [
  ...new Set(
    incidents.flatMap(({ actions = [] }) => actions.map(({ by }) => by)).filter((by) => by !== 'bot' && by !== 'aws'),
  ),
]
