import { readServiceSettings } from '../../common/service-settings.ts'
import { minutes, plus } from '../../common/time.ts'
import { type LoggedChange, type Role, SettingField } from '../incident/logged-change.ts'
import type { Standing } from '../incident/what-changed.ts'
import { shownMaintenance } from '../remedy/maintenance-mode.ts'
import type { ChangeLog } from './change-log.ts'
import { type FunctionReaders, readDeployments } from './function-evidence.ts'
import { markOf, type SettingsItem } from './settings-item.ts'
import { within } from './within.ts'

export interface ChangeReaders extends FunctionReaders {
  changeLog: Pick<ChangeLog, 'since'>
  settingsItem: Pick<SettingsItem, 'read'>
}

/** What changed is one part of the evidence among others, and waits for nobody. */
const limitMs = 1_500
/** A setting is compared with what the log wrote last, which may be days ago. */
const logLookedBack = minutes(7 * 24 * 60)

export const readLogged = ({ changeLog }: ChangeReaders, now: string): Promise<LoggedChange[]> =>
  changeLog.since(plus(now, -logLookedBack))

/** Every setting that can be changed while the service runs, as it stands. */
export async function readStanding({ settingsItem }: ChangeReaders): Promise<Standing> {
  const item = await within(limitMs, (abortSignal) => settingsItem.read(abortSignal))
  return Object.fromEntries(
    SettingField.options.map((field) => [field, { value: standing(item, field), changedBy: item[markOf(field)] }]),
  )
}

/** As the log keeps it. */
const standing = (item: Record<string, unknown>, field: SettingField): unknown =>
  field === 'maintenance' ? shownMaintenance(readServiceSettings(item).settings.maintenance) : item[field]

/** Deployments of the functions that no rollback of this incident is about. */
export const readOthers = (
  readers: ChangeReaders,
  known: Role | undefined,
): { role: Role; read: ReturnType<typeof readDeployments> }[] =>
  (['api', 'updater'] as const)
    .filter((role) => role !== known)
    .map((role) => ({ role, read: readDeployments(readers, role) }))
