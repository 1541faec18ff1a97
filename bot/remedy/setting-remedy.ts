import { readServiceSettings, type ServiceSettings } from '../../common/service-settings.ts'
import { type Plan, type Remedy, type Seen, Value } from './remedy.ts'

/** The fields that hold one value. */
type SingleValue = Exclude<keyof ServiceSettings, 'maintenance'>

interface SettingChange<Name extends string, Field extends SingleValue> {
  name: Name
  offeredFor: readonly string[]
  field: Field
  to: ServiceSettings[Field]
  /** Whether this value eases it already, so that the remedy would make nothing better. */
  isSo: (now: ServiceSettings[Field]) => boolean
  provenWithin: number
  verify: Remedy['verify']
}

/** A remedy that changes one field of the settings item, which the price service reads at every run. */
export function settingRemedy<Name extends string, Field extends SingleValue>(
  change: SettingChange<Name, Field>,
): Remedy<Name> {
  const { name, offeredFor, field, to, isSo, provenWithin, verify } = change
  const now = ({ settings }: Seen) => settings && readServiceSettings(settings).settings[field]
  const plan = (seen: Seen): Plan => {
    const stored = Value.nullable().safeParse(seen.settings?.[field] ?? null)
    const from = now(seen)
    // What nobody can understand must not be overwritten: undoing could not put it back.
    if (from === undefined || !stored.success) return { possible: false, why: 'settings-unreadable' }
    if (isSo(from)) return { possible: false, why: 'already-so', now: from }
    return { possible: true, from, to, write: { target: 'settings', field, expect: stored.data, write: to } }
  }
  return { name, offeredFor, about: 'service', reads: 'settings', plan, now, provenWithin, verify }
}
