import type { AlarmName } from '../alarms.ts'
import { guidance, runbooks } from './bundled.ts'
import type { Guidance, Runbook, RunbookLanguage } from './types.ts'

const found = <T>(byAlarm: Record<AlarmName, T>, listed: string | undefined): T | undefined =>
  listed !== undefined && Object.hasOwn(byAlarm, listed) ? byAlarm[listed as AlarmName] : undefined

/** The guidance for an alarm of ours by its name without stage; an alarm from elsewhere has none. */
export const guidanceFor = (listed: string | undefined, language: RunbookLanguage): Guidance | undefined =>
  found(guidance[language], listed)

/** The whole runbook of an alarm of ours. Apart from the guidance, so that only who shows it carries it. */
export const runbookFor = (listed: string | undefined, language: RunbookLanguage): Runbook | undefined =>
  found(runbooks[language], listed)
