import { isBefore, minutes, msBetween, plus } from '../../common/time.ts'
import { commitsBetween } from './commits.ts'
import type { FunctionEvidence } from './evidence.ts'
import { clippedValue, type LoggedChange, type Role, type SettingField } from './logged-change.ts'
import { type Suspicion, verdictOf } from './rollback-plan.ts'
import { momentOf, mostChanges, type SeenChange, type SeenChanges } from './seen-change.ts'

type Deployed = Pick<FunctionEvidence, 'deployments' | 'versions'>

/** A setting as it stands, and the mark of the press that the bot changed it by last. */
export type Standing = Readonly<Partial<Record<SettingField, { value: unknown; changedBy: unknown }>>>

/** What is known of changes. A part that could not be read is absent. */
export interface Facts {
  functions: Readonly<Partial<Record<Role, Deployed | undefined>>>
  /** Newest first, and further back than a day: what was written last may be older. */
  logged?: readonly LoggedChange[] | undefined
  settings?: Standing | undefined
}

const lookedBack = minutes(24 * 60)

/** Everything that changed from a day before the alarm on, nearest to it first; the eight that are kept, and how many more. */
export function whatChanged({ functions, logged = [], settings }: Facts, alarmAt: string): SeenChanges {
  const since = plus(alarmAt, -lookedBack)
  const dated = [
    ...roles.flatMap((role) => deploymentsOf(role, functions[role])),
    ...logged.map((change) => withCommits(change, functions)),
  ].filter(({ at }) => !isBefore(at, since))
  const all = [
    ...dated.toSorted((a, b) => distance(a.at, alarmAt) - distance(b.at, alarmAt)),
    ...byHand(logged, settings),
  ]
  return { list: all.slice(0, mostChanges), more: Math.max(0, all.length - mostChanges) }
}

const roles: readonly Role[] = ['api', 'updater']
const distance = (at: string, alarmAt: string): number => Math.abs(msBetween(at, alarmAt))

function deploymentsOf(role: Role, found: Deployed | undefined) {
  return (found?.deployments ?? []).map(({ id, createdAt: at, status, from, to, undoes }) => {
    const { author, commit, subject } = found?.versions.find(({ version }) => version === to) ?? {}
    const commits = from !== undefined && to !== undefined && commitsBetween(found?.versions ?? [], from, to)
    const known = { from, to, undoes, ...(undoes === undefined && { author, commit, subject }) }
    const present = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined))
    return { what: 'deployment' as const, role, id, at, status, ...present, ...(commits && { commits }) }
  })
}

function withCommits(change: LoggedChange, functions: Facts['functions']): LoggedChange {
  if (change.what !== 'alias') return change
  const commits = commitsBetween(functions[change.role]?.versions ?? [], change.from, change.to)
  return { ...change, ...(commits && { commits }) }
}

/**
 * Settings that are not what the log wrote last. A mark of another press says that the bot has changed it since and the
 * log does not show it yet, so nothing is claimed of a person.
 */
function byHand(logged: readonly LoggedChange[], settings: Standing = {}): SeenChange[] {
  const last = new Map<SettingField, Extract<LoggedChange, { what: 'setting' }>>()
  for (const change of logged)
    if (change.what === 'setting' && !isBefore(change.at, last.get(change.field)?.at ?? change.at))
      last.set(change.field, change)
  return [...last.values()].flatMap(({ field, to, id }) => {
    const standing = settings[field]
    if (standing === undefined || (standing.changedBy !== undefined && standing.changedBy !== id)) return []
    const now = shown(standing.value)
    return now === to ? [] : [{ what: 'by-hand', field, logged: to, now }]
  })
}

const shown = (value: unknown) =>
  value === undefined || value === null
    ? null
    : clippedValue(typeof value === 'number' ? value : typeof value === 'string' ? value : JSON.stringify(value))

/** The functions that a change is about: a setting is about who reads it. */
export function concerns(change: SeenChange): readonly Role[] {
  switch (change.what) {
    case 'deployment':
    case 'alias':
    case 'concurrency':
      return [change.role]
    case 'setting':
    case 'by-hand':
      // How long a price counts as fresh, and whether any is answered, is the API's; the rest steers the updater.
      return change.field === 'cacheTtlMinutes' || change.field === 'maintenance' ? ['api'] : ['updater']
    case 'key':
      return ['api']
    default:
      return change satisfies never
  }
}

/** Whether a change is of the other function than the one whose alarm rings. Where no function of ours rings, none is. */
export const isOfOther = (change: SeenChange, ringing: Role | undefined): boolean =>
  ringing !== undefined && !concerns(change).includes(ringing)

/** An incident as changes are judged for it. */
export interface Judged {
  id: string
  alarmAt: string
  ringing: Role | undefined
}

/** How likely a change is the cause, by the one rule for everything that changes; what an incident brought about is not its cause. */
export const suspicionOf = (change: SeenChange, { id, alarmAt, ringing }: Judged): Suspicion =>
  isFrom(change, id) ? 'unlikely' : verdictOf(momentOf(change), alarmAt, isOfOther(change, ringing))

/** Whether it was done in that incident, to ease it. */
export const isFrom = (change: SeenChange, incident: string): boolean =>
  change.what !== 'deployment' && change.what !== 'by-hand' && change.incident === incident
