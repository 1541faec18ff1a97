import { alarmNamed, type ConsequenceWhen } from '../../common/alarms.ts'
import { servedMinutes } from '../../common/prices.ts'
import { guidanceFor } from '../../common/runbook/runbook.ts'
import { minutes } from '../../common/time.ts'
import type { AlarmRecord } from '../incident/alarm-record.ts'
import type { Incident } from '../incident/incident.ts'
import { leadAlarm } from '../incident/when-rollback-asked.ts'
import { data, duration, plain, quantity } from './format.ts'
import { type Look, words } from './look.ts'
import type { AlarmFacts } from './words/facts.ts'

/** Makes text from outside safe for where it will stand. */
type Safe = (text: string) => string
const forMarkdown: Safe = (text) => data(text, 120)
/** The header is clipped as a whole, so that a long name leaves room for its numbers. */
const forHeader: Safe = (text) => plain(text, 90)

/** By its subject, or by what it measures, for people who do not operate the service. */
export type Naming = 'title' | 'plainMeasure'

const titleOf = (
  { listed, name }: Pick<AlarmRecord, 'listed' | 'name'>,
  look: Look,
  safe: Safe,
  naming: Naming = 'title',
): string => guidanceFor(listed, look.language)?.[naming] ?? words(look).incident.unlisted(safe(name))

function factsOf(alarm: AlarmRecord, look: Look, safe: Safe, naming?: Naming): AlarmFacts {
  const definition = alarm.listed === undefined ? undefined : alarmNamed(alarm.listed)
  const limit = alarm.threshold ?? definition?.threshold
  const shown = (value: number) => quantity(value, definition?.unit, look.language)
  return {
    title: titleOf(alarm, look, safe, naming),
    ...(alarm.value !== undefined && { value: shown(alarm.value) }),
    ...(limit !== undefined && { limit: shown(limit) }),
    isCount: definition?.unit === 'count',
  }
}

/** One alarm as a sentence for mrkdwn: “API errors at 12.4 %, limit 5 %”. */
export const alarmSentence = (alarm: AlarmRecord, look: Look): string =>
  words(look).incident.alarm(factsOf(alarm, look, forMarkdown))

/** An alarm by its subject alone. */
export const alarmTitle = (alarm: Pick<AlarmRecord, 'listed' | 'name'>, look: Look, naming?: Naming): string =>
  titleOf(alarm, look, forMarkdown, naming)

/** Why an alarm only follows from an incident, as half a sentence. */
export const explanation = (when: ConsequenceWhen, look: Look): string =>
  words(look).incident.explained[when](duration(minutes(servedMinutes), look.language))

/** What an incident is called that no alarm opened: as its kind is, or as the person wrote. */
function reportTitle({ reports }: Incident, look: Look, safe: Safe): string | undefined {
  const [first] = reports ?? []
  const written = first?.kind === 'other' ? safe(first.text) : ''
  return written === '' ? first && words(look).report.kind[first.kind] : written
}

function subject(incident: Incident, look: Look, safe: Safe, naming?: Naming): string {
  const lead = leadAlarm(incident)
  if (lead) return titleOf(lead, look, safe, naming)
  return reportTitle(incident, look, safe) ?? words(look).incident.unlisted(safe(incident.service))
}

/** The incident in one sentence; `safe` decides for which kind of text. */
function sentence(incident: Incident, look: Look, safe: Safe, naming?: Naming): string {
  const { incident: say } = words(look)
  const lead = leadAlarm(incident)
  const title = subject(incident, look, safe, naming)
  switch (incident.status) {
    case 'open':
    case 'acknowledged':
      return lead ? say.alarm(factsOf(lead, look, safe, naming)) : title
    case 'recovering':
      return say.quietHeadline(title)
    case 'resolved':
      return say.resolvedHeadline(title)
    default:
      return incident.status satisfies never
  }
}

export const headline = (incident: Incident, look: Look): string => sentence(incident, look, forMarkdown)
/** The same for everybody who follows incidents, without a word of how the service is built. */
export function plainHeadline(incident: Incident, look: Look): string {
  const told = sentence(incident, look, forMarkdown, 'plainMeasure')
  return `${told.slice(0, 1).toUpperCase()}${told.slice(1)}`
}
/** What an incident is about, without how it stands. */
export const subjectOf = (incident: Incident, look: Look): string => subject(incident, look, forMarkdown)
export const headerText = (incident: Incident, look: Look): string => sentence(incident, look, forHeader)

const overThreshold =
  /^Threshold Crossed: (\d+) out of the last (\d+) datapoints? \[(.{1,400})\] (?:was|were) (greater|less) than (?:or equal to )?the threshold \(([-\d.E]+)\)/
const noData = /^Threshold Crossed: no datapoints were received/

/** CloudWatch's words, told shorter where their form is known, else as they came. */
export function plainReason(reason: string, look: Look): string {
  const { incident: say } = words(look)
  if (noData.test(reason)) return say.reasonNoData
  const [, n, m, readings, side, threshold] = overThreshold.exec(reason) ?? []
  if (!n || !m || !readings || !threshold) return data(reason, 300)
  const number = (text: string) => quantity(Number.parseFloat(text), undefined, look.language)
  const values = readings
    .split(/, (?=-?\d)/)
    .map((reading) => Number.parseFloat(reading))
    .filter((value) => Number.isFinite(value))
    .slice(0, 5)
    .map((value) => quantity(value, undefined, look.language))
  return say.reasonOver(n, m, side === 'greater', number(threshold), values.join(', '))
}
