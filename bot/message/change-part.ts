import { defaultServiceSettings } from '../../common/service-settings.ts'
import { cautionsFor } from '../incident/caution.ts'
import { type Deployment, isUnderWay } from '../incident/evidence.ts'
import type { Incident } from '../incident/incident.ts'
import type { Role, SettingField } from '../incident/logged-change.ts'
import type { SeenChange } from '../incident/seen-change.ts'
import { changesSeen, judgedFor } from '../incident/seen-for.ts'
import { isOfOther, suspicionOf } from '../incident/what-changed.ts'
import { shownMaintenance } from '../remedy/maintenance-mode.ts'
import type { Value } from '../remedy/remedy.ts'
import { present } from './blocks.ts'
import { compareLink } from './compare-link.ts'
import { gapOf } from './evidence-part.ts'
import { clip, code, data, quantity, shownValue } from './format.ts'
import { type Look, person, words } from './look.ts'
import { functionName, version } from './refusals.ts'
import type { ChangeFacts } from './words/facts-changes.ts'

const mostShown = 4
/** Four of these and their title fit into a section. */
const longest = 350

/** What changed around the alarm, nearest first, each with how likely it is the cause. */
export function changeLines(incident: Incident, look: Look): string[] {
  const { changes: say, incident: all } = words(look)
  const { list, more } = changesSeen(incident)
  if (list.length === 0) return []
  const shown = list.slice(0, mostShown).map((change) => `• ${clip(changeSentence(change, incident, look), longest)}`)
  const rest = list.length - shown.length + more
  return [say.title, ...shown, ...(rest > 0 ? [all.andMore(rest)] : [])]
}

/** What keeps people from a rollback that cures nothing, where it is true. */
export function cautionLines(incident: Incident, look: Look): string[] {
  const { changes: say } = words(look)
  const told = cautionsFor(incident).map((caution) => say.cautions[caution])
  return told.length === 0 ? [] : [say.caution(told)]
}

/** One change, with when it was made and how likely it is the cause. */
export function changeSentence(change: SeenChange, incident: Incident, look: Look): string {
  const { changes: say } = words(look)
  const judged = judgedFor(incident)
  return say.line(toldOf(change, incident, look), suspicionOf(change, judged), isOfOther(change, judged.ringing))
}

function toldOf(change: SeenChange, incident: Incident, look: Look): string {
  const { changes: say } = words(look)
  switch (change.what) {
    case 'deployment': {
      const facts = factsOf(change, change.author && data(change.author, 60), incident, look)
      const what = change.undoes === undefined ? say.deployed(facts, stateOf(change)) : say.putBack(facts)
      const { commit, subject } = change
      const about = words(look).rollback.commit(
        commit && code(commit.slice(0, 10)),
        undefined,
        subject && data(subject, 80),
      )
      return withDetails(what, [about, compareLink(change.commits, say.compare, look)], look)
    }
    case 'alias': {
      const what = say.rolledBack(factsOf(change, change.by && person(change.by), incident, look))
      return withDetails(what, [compareLink(change.commits, say.compare, look)], look)
    }
    case 'setting': {
      const { field, from, to, at, by } = change
      const gap = gapOf(at, incident, look)
      const [before, after] = [from, to].map((value) => settingValue(field, value, look)) as [string, string]
      return say.setting(say.settings[field].name, before, after, gap, by && person(by))
    }
    case 'key': {
      const { key, name, from, to, at, by } = change
      const named = name === undefined ? code(key, 40) : `${data(name, 60)} (${code(key, 40)})`
      return say.key[from === 'none' ? 'created' : to](named, gapOf(at, incident, look), by && person(by))
    }
    case 'concurrency': {
      const { role, from, to, at, by } = change
      const [before, after] = [from, to].map((value) => quantity(value, undefined, look.language)) as [string, string]
      const gap = gapOf(at, incident, look)
      return say.concurrency(functionName(role, look), before, after, gap, by && person(by))
    }
    case 'by-hand': {
      const { field, logged, now } = change
      return say.byHand(say.settings[field].name, settingValue(field, logged, look), settingValue(field, now, look))
    }
    default:
      return change satisfies never
  }
}

interface Moved {
  role: Role
  at: string
  from?: string | undefined
  to?: string | undefined
}

const factsOf = (
  { role, at, from, to }: Moved,
  who: string | undefined,
  incident: Incident,
  look: Look,
): ChangeFacts => ({
  versions:
    to === undefined ? undefined : [from, to].flatMap((each) => (each ? [`v${version(each)}`] : [])).join(' → '),
  function: functionName(role, look),
  gap: gapOf(at, incident, look),
  who,
})

const stateOf = ({ status }: Pick<Deployment, 'status'>): 'done' | 'under-way' | 'failed' => {
  if (status === 'Succeeded') return 'done'
  return isUnderWay({ status }) ? 'under-way' : 'failed'
}

function withDetails(what: string, details: readonly (string | undefined)[], look: Look): string {
  const known = present(details)
  return known.length === 0 ? what : words(look).changes.details(what, known.join(' '))
}

const defaults: Record<SettingField, Value> = { ...defaultServiceSettings, maintenance: shownMaintenance(null) }

/** Where nothing is stored, the default counts. */
const settingValue = (field: SettingField, value: Value | null, look: Look): string =>
  words(look).changes.settings[field].value(shownValue(value ?? defaults[field]))
