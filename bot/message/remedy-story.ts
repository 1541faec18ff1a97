import type { RemedyRecord } from '../incident/remedy.ts'
import { present } from './blocks.ts'
import { type Look, person, words } from './look.ts'
import { about, settingValue, shown, subjectOf } from './remedy-part.ts'

/** A remedy from its beginning to its end: who asked for what, what it proved, and whether it was taken back. */
export function remedyStory(remedy: RemedyRecord, look: Look): string {
  const { remedy: say, incident } = words(look)
  const { name, by } = remedy
  const [from, to] = [remedy.from, remedy.to].map((value) => settingValue(name, value, look)) as [string, string]
  const setting = about(say.each[name].setting, subjectOf(remedy), look)
  return incident.sentences(present([say.thread.asked(person(by), setting, from, to), resultOf(remedy, look)]))
}

function resultOf(remedy: RemedyRecord, look: Look): string | undefined {
  const { remedy: say, postmortem } = words(look)
  const { name, status, shows, missing = 'not-readable', why = 'no-answer', undone, to } = remedy
  const now = remedy.now === undefined ? undefined : settingValue(name, remedy.now, look)
  const setting = about(say.each[name].setting, subjectOf(remedy), look)
  switch (status) {
    case 'asked':
    case 'applied':
      return undefined
    case 'proven':
      return shows && postmortem.draft.proven(shown(name, shows, look))
    case 'not-proven':
      return postmortem.draft.notProven(say.missing[missing])
    case 'failed':
      return say.refusal[why](now)
    case 'overtaken':
      return say.thread.overtaken(setting, settingValue(name, to, look), now)
    case 'undone':
      return undone && postmortem.draft.undone(person(undone.by))
    default:
      return status satisfies never
  }
}
