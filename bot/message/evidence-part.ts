import { minutes, msBetween } from '../../common/time.ts'
import type { FunctionEvidence, Version } from '../incident/evidence.ts'
import { type Incident, isReported } from '../incident/incident.ts'
import { isRollingBack } from '../incident/rollback.ts'
import { planRollback } from '../incident/rollback-plan.ts'
import { changesSeen, comparedWith } from '../incident/seen-for.ts'
import { leadAlarm, rollbackRole } from '../incident/when-rollback-asked.ts'
import { code, data, duration, quantity, when } from './format.ts'
import { type Look, words } from './look.ts'
import { functionName, refusalSentence, version } from './refusals.ts'

/** What an incident began with, as people know it. */
export const toldBy = (incident: Incident): 'alarm' | 'report' =>
  leadAlarm(incident) === undefined && incident.reports !== undefined ? 'report' : 'alarm'

/** “7 min before the alarm”, in whole minutes from one minute on. */
export function gapOf(at: string, incident: Incident, look: Look): string {
  const { rollback: say } = words(look)
  const ms = msBetween(at, comparedWith(incident))
  const size = Math.abs(ms)
  const shown = duration(size < minutes(1) ? size : Math.floor(size / minutes(1)) * minutes(1), look.language)
  const told = toldBy(incident)
  return ms < 0 ? say.after[told](shown) : say.before[told](shown)
}

/** A version's commit, author and subject, as far as they are known. */
export const commitOf = ({ commit, author, subject }: Version, look: Look): string =>
  words(look).rollback.commit(
    commit && code(commit.slice(0, 10)),
    author && data(author, 60),
    subject && data(subject, 120),
  )

/** Where the alias stands, what could not be read, and what serves where nothing changed of late. */
export function evidenceLines(incident: Incident, look: Look): string[] {
  const { rollback: say } = words(look)
  const { evidence } = incident
  const role = incident.rollback?.role ?? rollbackRole(incident)
  if (!role && isReported(incident)) return []
  if (!role) return [say.noRole, ...pricesLines(incident, look), ...missingLines(incident, look)]
  if (!evidence) return [say.gathering]
  const found = evidence.functions[role]
  const lines = found ? [...changedLines(incident, found, role, look), aliasLine(found, look)] : []
  return [...lines, ...pricesLines(incident, look), ...missingLines(incident, look)]
}

const mostCurrencies = 5

/** When prices came last, which decides whether the API still serves them. */
function pricesLines({ evidence }: Incident, look: Look): string[] {
  const { rollback: say } = words(look)
  const seen = (evidence?.prices ?? [])
    .slice(0, mostCurrencies)
    .map(({ currency, updatedAt }) => say.pricesOf(data(currency.toUpperCase(), 10), when(updatedAt)))
  return seen.length === 0 ? [] : [say.prices(seen.join(' · '))]
}

function changedLines(incident: Incident, found: FunctionEvidence, role: 'api' | 'updater', look: Look): string[] {
  const { rollback: say } = words(look)
  const { rollback } = incident
  const serving = [found.alias.version, ...Object.keys(found.alias.weights)]
  const isUndone = rollback?.status === 'helped' || rollback?.status === 'not-proven' || isRollingBack(rollback)
  if (rollback && isUndone && !serving.includes(rollback.from)) return []
  const plan = planRollback(role, found, comparedWith(incident))
  if (!plan.possible && plan.undone) {
    const commit = commitOf(plan.undone, look)
    const sentence = say.undone(version(plan.undone.version), functionName(role, look), version(found.alias.version))
    return [sentence, ...(commit ? [commit] : [])]
  }
  if (!plan.possible) return [refusalSentence(plan.why, incident, look, { role, to: plan.to, now: plan.now })]
  if (changesSeen(incident).list.length > 0) return []
  // Nothing changed in a day, so what serves is told with its age.
  const gap = plan.deployment && gapOf(plan.deployment.createdAt, incident, look)
  const commit = commitOf(plan.current, look)
  return [
    say.changed(version(plan.from), functionName(role, look), gap, say.verdict[toldBy(incident)][plan.verdict]),
    ...(commit ? [commit] : []),
  ]
}

function aliasLine({ alias }: FunctionEvidence, look: Look): string {
  const { rollback: say } = words(look)
  const others = Object.entries(alias.weights)
    .slice(0, 3)
    .map(([other, share]) => say.share(quantity(share * 100, '%', look.language), version(other)))
  return others.length === 0
    ? say.alias(version(alias.version))
    : say.aliasSplit(version(alias.version), others.join(', '))
}

const mostMissing = 12

function missingLines({ evidence }: Incident, look: Look): string[] {
  const { rollback: say } = words(look)
  const isKnown = (part: string): part is keyof typeof say.parts => Object.hasOwn(say.parts, part)
  const named = (part: string) => (isKnown(part) ? say.parts[part] : data(part, 60))
  const told = (evidence?.missing ?? []).map(({ part, because, noAnswerMs }) => {
    const within = noAnswerMs === undefined ? undefined : quantity(noAnswerMs / 1_000, 's', look.language)
    return { part: named(part), because: within ? say.noAnswer(within) : data(because, 160) }
  })
  // What is missing for one reason is one line: a cloud that is silent would fill the message.
  const byReason = Map.groupBy(told.slice(0, mostMissing), ({ because }) => because)
  return [...byReason].map(([because, parts]) =>
    say.couldNotRead(
      parts.map(({ part }) => part),
      because,
    ),
  )
}
