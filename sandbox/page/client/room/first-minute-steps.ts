import type { IncidentView, Room } from '../../../room/room.ts'

/** How far a first visitor has come. */
export interface Progress {
  /** The latest incident of the API whose message is up. */
  incident: IncidentView | undefined
  /** Whether each step has come true. */
  done: readonly [boolean, boolean, boolean]
  /** 1 to 3, or `over` when all have come true. */
  current: 1 | 2 | 3 | 'over'
}

const proven = ['helped', 'did-not-help', 'not-proven']
const asked = ['requested', 'stopping', 'moving', 'verifying', ...proven]

export function progressOf({ incidents }: Pick<Room, 'incidents'>): Progress {
  const latest = incidents
    .filter(({ service }) => service === 'api')
    .reduce<IncidentView | undefined>((last, each) => (last && last.openedAt >= each.openedAt ? last : each), undefined)
  const incident = latest?.slack.ts ? latest : undefined
  const isAsked = incident !== undefined && asked.includes(incident.rollback)
  const isProven = incident !== undefined && proven.includes(incident.rollback)
  const current = isProven ? 'over' : isAsked ? 3 : incident ? 2 : 1
  return { incident, done: [incident !== undefined, isAsked, isProven], current }
}
