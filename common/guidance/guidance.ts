import type { AlarmName } from '../alarms.ts'
import { en } from './en.ts'
import { ja } from './ja.ts'

/** What people are told about an alarm: its name in a sentence, and the operators' runbook in short. */
export interface Guidance {
  /** The subject of a headline, as in “API errors at 12.4 %”. */
  title: string
  /** What the number counts, inside a sentence: “errors 12 % → 0.3 %”. */
  measure: string
  /** The same for people who do not operate the service. */
  plainMeasure: string
  /** What customers notice, in plain words; a whole sentence. */
  impact: string
  /** Where the cause shows, most telling first. */
  whatToLookAt: string[]
  logs?: { group: LogGroup; pattern: string }[]
  /** What to do now, in order; the first three are shown with the incident. */
  firstSteps: string[]
  /** When the runbook hands over to the next level. */
  escalateWhen: string[]
  /** What keeps people from worrying, or from the wrong remedy. */
  note?: string
}

/** Whose logs: of a function, or of the gateway's access. */
export type LogGroup = 'api' | 'updater' | 'gateway'

/** Complete by the compiler: an alarm without guidance does not build. */
export type GuidanceByAlarm = Record<AlarmName, Guidance>

const byLanguage: Record<'en' | 'ja', GuidanceByAlarm> = { en, ja }

const isListed = (name: string, guidance: GuidanceByAlarm): name is AlarmName => Object.hasOwn(guidance, name)

/** The guidance for an alarm of ours by its name without stage; an alarm from elsewhere has none. */
export function guidanceFor(listed: string | undefined, language: 'en' | 'ja'): Guidance | undefined {
  const guidance = byLanguage[language]
  return listed !== undefined && isListed(listed, guidance) ? guidance[listed] : undefined
}
