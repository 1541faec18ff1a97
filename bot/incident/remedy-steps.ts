import { isBefore, minutes, msBetween } from '../../common/time.ts'
import { type Looker, lookerOf, remedyNamed } from '../remedy/remedies.ts'
import type { Seen } from '../remedy/remedy.ts'
import { type Change, noted } from './change.ts'
import type { Effect } from './effect.ts'
import type { Incident } from './incident.ts'
import { liftedGaveUp, liftedLooked } from './maintenance-lifted.ts'
import { isInForce, type RemedyRecord, type RemedyResult, type RemedySay } from './remedy.ts'
import { aboutOf, inShort, remedyOf, withRemedy } from './when-remedy-asked.ts'

/** A change that has not been reported by then is told as one that nobody knows about. */
export const answeredWithin = minutes(20)
/** A proof that cannot be looked for at all is given up so long after its time. */
const grace = minutes(3)
const keptUpdates = 6

/** What the sweep has looked at while a proof is outstanding. */
export function remedyQuestions({ remedies = [] }: Incident): Effect[] {
  const waiting = remedies.filter(({ status, undo }) => status === 'applied' && !undo)
  const isSeenBy = (who: Looker) => waiting.some(({ name }) => lookerOf(name) === who)
  return [
    ...(isSeenBy('evidence') ? [{ kind: 'verify-remedies' } as const] : []),
    ...(isSeenBy('remedy') ? [{ kind: 'verify-keys' } as const] : []),
    ...(isSeenBy('worker') || remedies.some(({ answersAgain }) => answersAgain === 'waits')
      ? [{ kind: 'verify-maintenance' } as const]
      : []),
  ]
}

const told = (say: RemedySay): Effect[] => [{ kind: 'show' }, { kind: 'reply', say: { say: 'remedy', told: say } }]

/** Takes in what came of a change or of a look. An answer about a press that is over changes nothing. */
export function remedyStepped(incident: Incident, effect: Effect, result: RemedyResult, at: string): Change {
  switch (effect.kind) {
    case 'apply-remedy': {
      const remedy = incident.remedies?.find(({ name, press }) => name === effect.name && press === effect.press)
      if (remedy?.status !== 'asked') break
      if (result.is === 'changed')
        return applied(incident, { ...remedy, ...(result.made && { made: result.made }) }, at)
      if (result.is === 'refused') return notApplied(incident, remedy, result, at)
      break
    }
    case 'undo-remedy': {
      const remedy = incident.remedies?.find(({ name, undo }) => name === effect.name && undo?.press === effect.press)
      if (!remedy?.undo) break
      if (result.is === 'changed') return undone(incident, remedy, remedy.undo, at)
      if (result.is === 'refused') return notUndone(incident, remedy, remedy.undo, result, at)
      break
    }
    case 'verify-remedies':
      if (result.is === 'seen') return looked(incident, result, 'evidence', at)
      break
    case 'verify-keys':
      if (result.is === 'seen') return looked(incident, result, 'remedy', at)
      break
    case 'verify-maintenance': {
      if (result.is !== 'seen') break
      const judged = looked(incident, result, 'worker', at)
      const lifted = liftedLooked(judged.incident, result.seen, result.at, at)
      return { incident: lifted.incident, effects: [...judged.effects, ...lifted.effects] }
    }
    default:
      break
  }
  return { incident, effects: [] }
}

function applied(incident: Incident, remedy: RemedyRecord, at: string): Change {
  const { by } = remedy
  const next = withRemedy(incident, { ...remedy, status: 'applied', appliedAt: at })
  return {
    incident: noted(next, { at, what: 'remedy-applied', by, about: inShort(remedy) }),
    effects: [...told({ what: 'applied', ...aboutOf(remedy) }), ...remedyQuestions(next)],
  }
}

type Refused = Extract<RemedyResult, { is: 'refused' }>

const detailsOf = ({ why, now, message }: Refused) => ({
  why,
  ...(now !== undefined && { now }),
  ...(message !== undefined && { message: message.slice(0, 300) }),
})

function notApplied(incident: Incident, remedy: RemedyRecord, refused: Refused, at: string): Change {
  const { by } = remedy
  // An API that may answer no prices must not be left without the button that ends it.
  const isUnknown = refused.why === 'no-answer' && remedy.name === 'maintenance-mode'
  const left: RemedyRecord = isUnknown
    ? { ...remedy, status: 'not-proven', appliedAt: at, missing: 'not-readable' }
    : { ...remedy, status: 'failed' }
  const next = withRemedy(incident, { ...left, why: refused.why })
  return {
    incident: noted(next, { at, what: 'remedy-failed', about: `${inShort(remedy)}: ${refused.why}` }),
    effects: told({ what: 'refused', direction: 'apply', by, ...aboutOf(remedy), ...detailsOf(refused) }),
  }
}

type Undo = NonNullable<RemedyRecord['undo']>

function undone(incident: Incident, { undo: _over, ...remedy }: RemedyRecord, undo: Undo, at: string): Change {
  const { name, subject, from, to } = remedy
  const { by, press } = undo
  const isLifted = name === 'maintenance-mode'
  const next = withRemedy(incident, {
    ...remedy,
    status: 'undone',
    undone: { by, at, press },
    ...(isLifted && { answersAgain: 'waits' as const }),
  })
  return {
    incident: noted(next, { at, what: 'remedy-undone', by, about: inShort({ name, subject, from: to, to: from }) }),
    effects: [...told({ what: 'undone', by, ...aboutOf(remedy) }), ...(isLifted ? remedyQuestions(next) : [])],
  }
}

/** It stays in force, unless what it changed is no longer there to be undone. */
function notUndone(
  incident: Incident,
  { undo: _over, ...remedy }: RemedyRecord,
  { by }: Undo,
  refused: Refused,
  at: string,
): Change {
  const { name, subject, from, to } = remedy
  const isGone = refused.why === 'changed-meanwhile' || refused.why === 'already-so'
  const left: RemedyRecord = isGone
    ? { ...remedy, status: 'overtaken', ...(refused.now !== undefined && { now: refused.now }) }
    : remedy
  const about = `${inShort({ name, subject, from: to, to: from })}: ${refused.why}`
  return {
    incident: noted(withRemedy(incident, left), { at, what: 'remedy-failed', by, about }),
    effects: told({ what: 'refused', direction: 'undo', by, ...aboutOf(remedy), ...detailsOf(refused) }),
  }
}

/** Judges every remedy that was applied before it by one look at the world, by whoever may see what proves it. */
function looked(incident: Incident, look: Extract<RemedyResult, { is: 'seen' }>, by: Looker, at: string): Change {
  let change: Change = { incident, effects: [] }
  for (const remedy of incident.remedies ?? []) {
    if (remedy.status !== 'applied' || remedy.undo || remedy.appliedAt === undefined) continue
    if (lookerOf(remedy.name) !== by) continue
    if (!isBefore(remedy.appliedAt, look.at)) continue
    const { incident: next, effects } = judged(change.incident, remedy, remedy.appliedAt, look.seen, at)
    change = { incident: next, effects: [...change.effects, ...effects] }
  }
  return change
}

function judged(incident: Incident, known: RemedyRecord, appliedAt: string, seen: Seen, at: string): Change {
  const { name, subject, to, made } = known
  const { now: nowOf, verify, provenWithin } = remedyNamed(name)
  const now = nowOf(seen, { subject, made, to })
  if (now !== undefined && now !== to) {
    const gone = withRemedy(incident, { ...known, status: 'overtaken', now })
    return {
      incident: noted(gone, { at, what: 'remedy-overtaken', about: inShort({ name, subject, from: to, to: now }) }),
      effects: told({ what: 'overtaken', ...aboutOf(known), now }),
    }
  }
  const remedy = { ...known, updates: withUpdate(known.updates, appliedAt, seen) }
  const found =
    now === undefined
      ? ({ is: 'not-yet', because: 'not-readable' } as const)
      : verify({ at: appliedAt, to, updates: remedy.updates, subject, made }, seen)
  const took = Math.round(msBetween(appliedAt, at) / minutes(1))
  if (found.is === 'proven') {
    const proven = withRemedy(incident, { ...remedy, status: 'proven', shows: found.shows })
    return {
      incident: noted(proven, { at, what: 'remedy-proven', about: inShort(remedy) }),
      effects: told({ what: 'proven', shows: found.shows, minutes: took, ...aboutOf(remedy) }),
    }
  }
  const waits = { ...remedy, missing: found.because }
  if (msBetween(appliedAt, at) >= provenWithin) return notProven(incident, waits, found.because, took, at)
  return { incident: withRemedy(incident, waits), effects: [] }
}

function notProven(
  incident: Incident,
  remedy: RemedyRecord,
  because: NonNullable<RemedyRecord['missing']>,
  took: number,
  at: string,
): Change {
  const next = withRemedy(incident, { ...remedy, status: 'not-proven', missing: because })
  return {
    incident: noted(next, { at, what: 'remedy-not-proven', about: `${inShort(remedy)}: ${because}` }),
    effects: told({ what: 'not-proven', because, minutes: took, ...aboutOf(remedy) }),
  }
}

/** The currencies of one run come seconds apart and are one update. */
function withUpdate(known: readonly string[], since: string, { updates = [] }: Seen): string[] {
  const latest = updates
    .map(({ at }) => at)
    .sort()
    .at(-1)
  const last = known.at(-1) ?? since
  if (latest === undefined || !isBefore(last, latest)) return [...known]
  if (known.length > 0 && msBetween(last, latest) < minutes(1)) return [...known]
  return [...known, latest].slice(-keptUpdates)
}

/**
 * Ends what will not end by itself. A change without an answer is told as such: it may have been made, so nothing is
 * claimed, and its effect is taken back.
 */
export function remedyGaveUp(incident: Incident, at: string): Change | undefined {
  let change: Change | undefined
  for (const { name, subject } of incident.remedies ?? []) {
    // An undo that is given up may leave a proof that is overdue too.
    for (let tries = 0; tries < 2; tries += 1) {
      const left = change?.incident ?? incident
      const remedy = remedyOf(left, name, subject?.id)
      const ended = remedy && gaveUp(left, remedy, at)
      if (ended) change = { incident: ended.incident, effects: [...(change?.effects ?? []), ...ended.effects] }
    }
  }
  const lifted = liftedGaveUp(change?.incident ?? incident, at)
  if (lifted) return { incident: lifted.incident, effects: [...(change?.effects ?? []), ...lifted.effects] }
  return change
}

function gaveUp(incident: Incident, remedy: RemedyRecord, at: string): Change | undefined {
  const { status, undo, appliedAt, name } = remedy
  const noAnswer: Refused = { is: 'refused', why: 'no-answer' }
  if (undo && msBetween(undo.at, at) > answeredWithin)
    return notUndone(withoutChange(incident, undo.press), remedy, undo, noAnswer, at)
  if (status === 'asked' && msBetween(remedy.at, at) > answeredWithin)
    return notApplied(withoutChange(incident, remedy.press), remedy, noAnswer, at)
  if (status !== 'applied' || appliedAt === undefined || !isInForce(remedy)) return undefined
  const waited = msBetween(appliedAt, at)
  if (waited <= remedyNamed(name).provenWithin + grace) return undefined
  return notProven(incident, remedy, remedy.missing ?? 'not-readable', Math.round(waited / minutes(1)), at)
}

const withoutChange = (incident: Incident, press: string): Incident => ({
  ...incident,
  pending: incident.pending.filter(
    ({ effect }) => !((effect.kind === 'apply-remedy' || effect.kind === 'undo-remedy') && effect.press === press),
  ),
})
