import { shownMaintenance } from '../remedy/maintenance-mode.ts'
import type { Effect } from './effect.ts'
import type { Incident } from './incident.ts'
import { clippedText, clippedValue, type LoggedChange } from './logged-change.ts'
import type { Made } from './remedy.ts'

type RemedyEffect = Extract<Effect, { kind: 'apply-remedy' | 'undo-remedy' }>

/** Who pressed, and what it was about; the record knows each press, also one that was taken back since. */
function pressed({ remedies = [] }: Incident, press: string) {
  for (const { press: applied, by, undo, undone, subject, made } of remedies) {
    const about = { subject, made }
    if (applied === press) return { by, ...about }
    if (undo?.press === press) return { by: undo.by, ...about }
    if (undone?.press === press) return { by: undone.by, ...about }
  }
  return undefined
}

/** What a remedy, or its undo, has changed; `made` is what came into being by it. */
export function changeOfRemedy(
  incident: Incident,
  { press, write }: RemedyEffect,
  at: string,
  made?: Made,
): LoggedChange | undefined {
  const known = pressed(incident, press)
  const common = { id: press, at, ...(known && { by: known.by }), incident: incident.id }
  switch (write.target) {
    case 'settings': {
      const { field, expect, write: to } = write
      return { what: 'setting', ...common, field, from: clippedValue(expect), to: clippedValue(to) }
    }
    case 'maintenance': {
      const { expect, write: to } = write
      return {
        what: 'setting',
        ...common,
        field: write.target,
        from: shownMaintenance(expect),
        to: shownMaintenance(to),
      }
    }
    case 'api-key': {
      // A key that this incident made goes by its own name, any other by that of the one that was picked.
      const name = known?.made?.id === write.key ? known.made.name : known?.subject?.label
      return { what: 'key', ...common, key: write.key, ...named(name), from: write.expect, to: write.write }
    }
    case 'new-key':
      return made && { what: 'key', ...common, key: made.id, ...named(made.name), from: 'none', to: 'enabled' }
    case 'concurrency':
      return { what: 'concurrency', ...common, role: 'api', from: write.expect, to: write.write }
    default:
      return write satisfies never
  }
}

const named = (name: string | undefined) => (name === undefined ? {} : { name: clippedText(name) })

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
