import type { Incident } from '../incident/incident.ts'
import { isInForce, type RemedyRecord, type RemedySay } from '../incident/remedy.ts'
import { remediesInForce } from '../incident/when-remedy-asked.ts'
import type { RemedyName } from '../remedy/remedies.ts'
import type { Shows, Value } from '../remedy/remedy.ts'
import { data, shownValue, when } from './format.ts'
import { type Look, person, words } from './look.ts'
import type { RemedyFacts, ShownProof } from './words/facts-remedy.ts'

/** A value of a setting, in words. */
export const settingValue = (name: RemedyName, value: Value, look: Look): string =>
  words(look).remedy.each[name].value(shownValue(value))

/** A text with the one thing that it is about, where it is about one of several. */
export const about = (text: string, subject: string | undefined, look: Look): string =>
  subject === undefined ? text : words(look).remedy.named(text, data(subject, 60))

const whatOf = (name: RemedyName, to: Value, subject: string | undefined, look: Look): string =>
  about(words(look).remedy.each[name].inForce(shownValue(to)), subject, look)

/** What was made has a name of its own. */
export const subjectOf = ({ subject, made }: RemedyRecord): string | undefined => made?.name ?? subject?.label

const factsOf = (remedy: RemedyRecord, look: Look): RemedyFacts => factsFor(remedy, subjectOf(remedy), look)

const factsFor = (
  { name, to, by, at, appliedAt }: RemedyRecord,
  subject: string | undefined,
  look: Look,
): RemedyFacts => ({
  what: whatOf(name, to, subject, look),
  by: person(by),
  since: when(appliedAt ?? at),
})

/** What proved a remedy, in words. */
export const shown = (name: RemedyName, { minutesApart, value, source }: Shows, look: Look): string =>
  words(look).remedy.each[name].proven({
    ...(minutesApart !== undefined && { minutesApart: String(minutesApart) }),
    ...(value !== undefined && { value: data(String(value), 40) }),
    ...(source !== undefined && { source: data(source, 60) }),
  })

function proofOf({ name, status, shows, missing }: RemedyRecord, look: Look): ShownProof {
  if (status === 'proven' && shows) return { is: 'proven', text: shown(name, shows, look) }
  if (status === 'not-proven') return { is: 'missing', text: words(look).remedy.missing[missing ?? 'not-readable'] }
  return { is: 'waits', text: '' }
}

const undoLine = (remedy: RemedyRecord, undo: NonNullable<RemedyRecord['undo']>, look: Look): string =>
  words(look).remedy.undoRunning({ ...factsOf(remedy, look), by: person(undo.by), since: when(undo.at) })

/** What is changed at present, and what is being changed. */
export function remedyLines({ remedies = [] }: Incident, look: Look): string[] {
  const { remedy: say } = words(look)
  return remedies.flatMap((remedy) => {
    const { undo, status } = remedy
    if (undo) return [undoLine(remedy, undo, look)]
    if (status === 'asked') return [say.running(factsOf(remedy, look))]
    return isInForce(remedy) ? [say.inForce(factsOf(remedy, look), proofOf(remedy, look))] : []
  })
}

/** What outlasts the incident. */
export const stillInForceLines = (incident: Incident, look: Look): string[] =>
  remediesInForce(incident).map((remedy) =>
    remedy.undo ? undoLine(remedy, remedy.undo, look) : words(look).remedy.stillInForce(factsOf(remedy, look)),
  )

/** What happened to a remedy, for the thread. */
export function remedySentence(told: RemedySay, look: Look): string {
  const { remedy: say } = words(look)
  const { name, subject } = told
  const setting = about(say.each[name].setting, subject, look)
  const [from, to] = [told.from, told.to].map((value) => settingValue(name, value, look)) as [string, string]
  switch (told.what) {
    case 'asked':
      return told.direction === 'apply'
        ? say.thread.asked(person(told.by), setting, from, to)
        : say.thread.undoAsked(person(told.by), setting, to, from)
    case 'applied':
      return say.thread.applied(setting, from, to)
    case 'refused': {
      const now = told.now === undefined ? undefined : settingValue(name, told.now, look)
      const said = told.message === undefined ? '' : say.thread.said(data(told.message, 300))
      const why = `${say.refusal[told.why](now)}${said}`
      return told.direction === 'apply'
        ? say.thread.refused(setting, person(told.by), why)
        : say.thread.undoRefused(setting, person(told.by), why)
    }
    case 'proven':
      return say.thread.proven(whatOf(name, told.to, subject, look), shown(name, told.shows, look), told.minutes)
    case 'not-proven':
      return say.thread.notProven(whatOf(name, told.to, subject, look), say.missing[told.because], told.minutes)
    case 'overtaken':
      return say.thread.overtaken(setting, to, told.now === undefined ? undefined : settingValue(name, told.now, look))
    case 'undone':
      return say.thread.undone(person(told.by), setting, to, from)
    case 'answers-again':
      return say.thread.answersAgain[told.is](told.minutes)
    default:
      return told satisfies never
  }
}
