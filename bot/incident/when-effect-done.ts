import { alarmNamed } from '../../common/alarms.ts'
import { isBefore, minutes, msBetween, plus } from '../../common/time.ts'
import type { AlarmRecord } from './alarm-record.ts'
import { cardShown, managersFound } from './cards.ts'
import { type Change, noted, without } from './change.ts'
import { explainedAnew } from './consequence.ts'
import type { Verdict } from './decide.ts'
import type { IncidentEvent } from './event.ts'
import { type Deployment, type Evidence, isUnderWay, type Reading } from './evidence.ts'
import type { Incident } from './incident.ts'
import { inTime } from './late-evidence.ts'
import { remedyStepped } from './remedy-steps.ts'
import { rollbackStepped } from './rollback-steps.ts'
import { unlessSlackIsBack } from './slack-away.ts'
import { keyShown } from './when-key-opened.ts'
import { draftPosted, withActionsShown } from './when-postmortem-asked.ts'

/** Strikes the effect off and takes in what its performer found. */
export function whenEffectDone(incident: Incident, event: Extract<IncidentEvent, { type: 'effect-done' }>): Verdict {
  const done = incident.pending.find((waiting) => waiting.id === event.effect)
  if (!done) return 'already-done'
  const struck = unlessSlackIsBack(without(incident, event.effect), event.at)
  const { outcome } = event
  switch (outcome.is) {
    case 'done': {
      if (done.effect.kind === 'mail') {
        const about = `${done.effect.about} ${done.effect.audience}`
        return {
          because: 'mail is sent',
          incident: noted(struck, { at: event.at, what: 'mailed', about }),
          effects: [],
        }
      }
      const archived = done.effect.kind === 'archive' ? { ...struck, archived: true } : struck
      return { because: `${done.effect.kind} is done`, incident: archived, effects: [] }
    }
    case 'shown': {
      const shown: Incident = { ...struck, message: { channel: outcome.channel, ts: outcome.ts } }
      // What changed while the message was being drawn is drawn again.
      const isStale = incident.look > outcome.look
      return { because: 'the message is up', incident: shown, effects: isStale ? [{ kind: 'show' }] : [] }
    }
    case 'card-shown':
      return { because: 'a card is up', ...cardShown(struck, outcome) }
    case 'people':
      return { because: 'management is known by name', ...managersFound(struck, outcome.users) }
    case 'draft-posted':
      return { because: 'a part of the draft is up', ...draftPosted(struck, outcome.part, outcome.parts) }
    case 'undeliverable': {
      const left = noted(struck, { at: event.at, what: 'reply-left-out', about: outcome.why })
      // The action items are worth having without a draft.
      if (done.effect.kind === 'post-draft') return { because: 'Slack takes no draft', ...withActionsShown(left) }
      return { because: 'Slack will not take it', incident: left, effects: [] }
    }
    case 'evidence':
      return { because: 'evidence was read', ...withEvidence(struck, outcome.evidence, event.at) }
    case 'rollback':
      return { because: `the rollback: ${outcome.result.is}`, ...rollbackStepped(struck, outcome.result, event.at) }
    case 'remedy': {
      const { result } = outcome
      return { because: `the remedy: ${result.is}`, ...remedyStepped(struck, done.effect, result, event.at) }
    }
    case 'key-shown': {
      if (done.effect.kind !== 'show-key') return 'already-done'
      return { because: 'a new key was looked at', ...keyShown(struck, done.effect, outcome.shown, event.at) }
    }
    default:
      return outcome satisfies never
  }
}

function withEvidence(incident: Incident, evidence: Evidence, at: string): Change {
  if (incident.status === 'resolved') return { incident, effects: [] }
  const alarms = Object.fromEntries(
    Object.entries(incident.alarms).map(([name, alarm]) => {
      const reading = evidence.readings.find((read) => read.alarm === alarm.listed)
      return [name, reading ? measured(alarm, reading) : alarm]
    }),
  )
  const prices = evidence.prices ?? incident.evidence?.prices
  const explained = explainedAnew({ ...incident, evidence, alarms }, evidence.readAt)
  const known = { ...inTime(explained), evidence: { ...evidence, ...(prices && { prices }) } }
  const news = automaticRollback(known, evidence)
  if (!news) return { incident: known, effects: [{ kind: 'show' }] }
  const { deployment, of, state } = news
  const what = state === 'running' ? 'automatic-rollback-started' : (`automatic-rollback-${state}` as const)
  return {
    incident: noted({ ...known, automaticRollback: news }, { at, what, about: deployment }),
    effects: [{ kind: 'show' }, { kind: 'reply', say: { say: 'automatic-rollback', state, deployment, of } }],
  }
}

/**
 * Sweeps in a row above the alarm's second value are counted; one spike escalates nobody, however often
 * it is read within its minute.
 */
function measured(alarm: AlarmRecord, reading: Reading): AlarmRecord {
  if (!alarm.ringing || reading.value === undefined) return alarm
  const { countedAt, ...rest } = { ...alarm, value: reading.value }
  const above = alarmNamed(reading.alarm)?.escalate.above
  if (above === undefined || reading.value <= above) return { ...rest, sweepsAbove: 0 }
  const isSameMinute = countedAt !== undefined && msBetween(countedAt, reading.at) < minutes(1) - 5_000
  return isSameMinute ? { ...rest, countedAt } : { ...rest, countedAt: reading.at, sweepsAbove: alarm.sweepsAbove + 1 }
}

/** CodeDeploy's rollback is a deployment of its own; news is one we did not know, or one that went on. */
function automaticRollback(incident: Incident, evidence: Evidence): Incident['automaticRollback'] {
  const since = plus(incident.openedAt, -minutes(30))
  const undoing = [...(evidence.functions.api?.deployments ?? []), ...(evidence.functions.updater?.deployments ?? [])]
    .filter(({ undoes, createdAt }) => undoes !== undefined && !isBefore(createdAt, since))
    // One that our own stop caused is a step of the rollback that a person asked for.
    .filter(({ undoes }) => undoes !== incident.rollback?.deployment)
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt))[0]
  if (!undoing?.undoes) return undefined
  const found = { deployment: undoing.id, of: undoing.undoes, state: stateOf(undoing) }
  const known = incident.automaticRollback
  return known?.deployment === found.deployment && known.state === found.state ? undefined : found
}

function stateOf(deployment: Deployment): 'running' | 'succeeded' | 'failed' {
  if (isUnderWay(deployment)) return 'running'
  return deployment.status === 'Succeeded' ? 'succeeded' : 'failed'
}
