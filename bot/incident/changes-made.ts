import type { Effect } from './effect.ts'
import type { Incident } from './incident.ts'
import { clippedValue, type LoggedChange } from './logged-change.ts'

type RemedyEffect = Extract<Effect, { kind: 'apply-remedy' | 'undo-remedy' }>

/** Who pressed; the record knows each press, also one that was taken back since. */
function presser({ remedies = [] }: Incident, press: string): string | undefined {
  for (const { press: applied, by, undo, undone } of remedies) {
    if (applied === press) return by
    if (undo?.press === press) return undo.by
    if (undone?.press === press) return undone.by
  }
  return undefined
}

/** What a remedy, or its undo, has changed. */
export function changeOfRemedy(incident: Incident, { press, write }: RemedyEffect, at: string): LoggedChange {
  const by = presser(incident, press)
  return {
    what: 'setting',
    id: press,
    at,
    ...(by !== undefined && { by }),
    incident: incident.id,
    field: write.field,
    from: clippedValue(write.expect),
    to: clippedValue(write.write),
  }
}

/** What a rollback has changed. The effect's number is its own within its incident. */
export function changeOfRollback(
  incident: Incident,
  { role, from, to }: Extract<Effect, { kind: 'move-alias' }>,
  effectId: string,
  at: string,
): LoggedChange {
  const by = incident.rollback?.by
  return {
    what: 'alias',
    id: `${incident.id}/${effectId}`,
    at,
    ...(by !== undefined && { by }),
    incident: incident.id,
    role,
    from,
    to,
  }
}
