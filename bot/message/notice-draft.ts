import { guidanceFor } from '../../common/runbook/runbook.ts'
import type { Incident } from '../incident/incident.ts'
import { isInMaintenance } from '../incident/maintenance.ts'
import { longestNotice } from '../incident/notice.ts'
import { leadAlarm } from '../incident/when-rollback-asked.ts'
import { clip, type Language } from './format.ts'
import { wordsOf } from './words.ts'

/** Each language in the zone that its readers live in; the sentence names the zone. */
const clocks: Record<Language, Intl.DateTimeFormat> = {
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }),
  ja: new Intl.DateTimeFormat('ja-JP', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Tokyo' }),
}

/** What customers could be told of an incident: what they notice, since when, what is done, and maintenance if it is on. */
export function noticeDraft(incident: Incident, language: Language): string {
  const { draft } = wordsOf(language).maintenance
  const told = (at: string) => clocks[language].format(new Date(at))
  const to = incident.remedies?.find(({ name }) => name === 'maintenance-mode')?.to
  const isOn = isInMaintenance(incident)
  const parts = [
    isOn ? draft.noPrices : impactOf(incident, language),
    draft.since(told(incident.ringingSince)),
    draft.doing[incident.status],
    ...(isOn && !Number.isNaN(Date.parse(String(to))) ? [draft.back(told(String(to)))] : []),
  ]
  return clip(parts.join(language === 'en' ? ' ' : ''), longestNotice)
}

function impactOf(incident: Incident, language: Language): string {
  const { draft } = wordsOf(language).maintenance
  const lead = leadAlarm(incident)
  if (!lead && incident.reports?.some(({ kind }) => kind === 'wrong-data')) return draft.wrongData
  return guidanceFor(lead?.listed, language)?.impact ?? draft.unknownImpact
}
