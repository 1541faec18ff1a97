import type { AlarmName } from '../alarms.ts'

export const runbookLanguages = ['en', 'ja'] as const
export type RunbookLanguage = (typeof runbookLanguages)[number]

/** Whose logs: of a function, or of the gateway's access. */
export const logGroups = ['api', 'updater', 'gateway'] as const
export type LogGroup = (typeof logGroups)[number]

/** What operators can do about an alarm besides a rollback, by the names that the runbooks use. */
export const remedyNames = [
  'update-less-often',
  'longer-cache',
  'other-provider',
  'disable-key',
  'new-key',
  'raise-concurrency',
] as const
export type RemedyName = (typeof remedyNames)[number]

/** What people are told about an alarm: its name in a sentence, and the runbook in short. */
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
  metrics: { namespace: string; name: string }[]
  logs: { group: LogGroup; pattern: string }[]
  /** What to do now, in order: the three that are shown with the incident. */
  firstSteps: string[]
  /** The cases of the page, each with the first thing to do about it. */
  cases: { branch: string; title: string; first: string }[]
  /** When the runbook hands over to the next level. */
  escalateWhen: string[]
  /** What can be done besides a rollback. */
  remedies: RemedyName[]
  /** What keeps people from worrying, or from the wrong remedy. */
  note?: string
}

/** A paragraph, one item of a list, or a command for a shell; inside texts, the marks of Markdown. */
export interface Piece {
  kind: 'text' | 'step' | 'bullet' | 'command'
  text: string
}

/** What to do in one case, by the id that both languages share. */
export interface Case {
  branch: string
  title: string
  pieces: Piece[]
}

/** The whole runbook of an alarm, with the names of production. */
export interface Runbook {
  intro: Piece[]
  firstSteps: Piece[]
  cases: Case[]
  impact: Piece[]
  communication: Piece[]
  escalation: Piece[]
}

/** The chapters of every page, in this order. */
export const chapters: Record<RunbookLanguage, Record<Exclude<keyof Runbook, 'intro'>, string>> = {
  en: {
    firstSteps: 'First steps',
    cases: 'Cases',
    impact: 'Impact',
    communication: 'Communication',
    escalation: 'Escalation',
  },
  ja: {
    firstSteps: '初動対応',
    cases: 'ケース別の対応',
    impact: '影響',
    communication: '連絡と共有',
    escalation: 'エスカレーション',
  },
}

/** Complete by the compiler: an alarm that lacks a runbook in a language does not build. */
export type GuidanceByAlarm = Record<AlarmName, Guidance>
export type RunbookByAlarm = Record<AlarmName, Runbook>
