import { alarmNamed } from '../../common/alarms.ts'
import { minutes, msBetween } from '../../common/time.ts'
import { type Change, noted, withoutKinds } from './change.ts'
import type { Effect } from './effect.ts'
import type { Incident } from './incident.ts'
import { isRollingBack, type Rollback, type RollbackResult } from './rollback.ts'
import type { Proof, RollbackRefusal } from './say.ts'

/** A proof is found within this time after the move, or declared missing. */
export const provenWithin = minutes(5)
/** A step before the proof has ended by then, or a person has to look. */
export const stopsWithin = minutes(10)
/** Fewer requests than this prove nothing. */
export const enoughRequests = 20

/** What the sweep asks the worker while a rollback waits for the world. */
export function rollbackQuestions(incident: Incident): Effect[] {
  const { rollback } = incident
  if (!rollback) return []
  const { role, to, alarm, deployment, movedAt, status } = rollback
  if (status === 'stopping' && deployment) return [{ kind: 'check-deployment', role, deployment }]
  if (status === 'verifying' && movedAt) return [{ kind: 'verify-rollback', role, to, alarm, since: movedAt }]
  return []
}

/**
 * Ends a rollback whose step will not end, or whose proof cannot be read at all. What is still
 * under way is taken back: its answer would be taken for an answer about the next rollback.
 */
export function rollbackGaveUp(incident: Incident, at: string): Change | undefined {
  const { rollback } = incident
  if (!rollback) return undefined
  const waited = msBetween(rollback.stepAt, at)
  const unasked = withoutKinds(incident, ['start-rollback', 'check-deployment', 'move-alias', 'verify-rollback'])
  const isBeforeProof = isRollingBack(rollback) && rollback.status !== 'verifying'
  if (isBeforeProof && waited > stopsWithin) return failed(unasked, rollback, 'took-too-long', at)
  if (rollback.status !== 'verifying' || waited <= provenWithin + minutes(3)) return undefined
  return ended(unasked, rollback, 'not-proven', rollback.proof ?? noProof(rollback), at)
}

const noProof = (rollback: Rollback): Proof => ({
  alarm: rollback.alarm,
  ...(rollback.before !== undefined && { before: rollback.before }),
  requests: 0,
  aliasReadBack: false,
  priceAnswered: false,
})

/** One step of the machine: what the worker found moves the rollback on. */
export function rollbackStepped(incident: Incident, result: RollbackResult, at: string): Change {
  const { rollback } = incident
  if (!isRollingBack(rollback)) return { incident, effects: [] }
  const { role, from, to } = rollback
  switch (result.is) {
    case 'clear':
    case 'ended': {
      const { aliasRevision } = result
      const next: Rollback = { ...rollback, status: 'moving', aliasRevision, stepAt: at }
      const move: Effect = { kind: 'move-alias', role, from, to, aliasRevision }
      return { incident: { ...incident, rollback: next }, effects: [move, { kind: 'show' }] }
    }
    case 'stop-asked': {
      const { deployment, own } = result
      const next: Rollback = { ...rollback, status: 'stopping', deployment, stepAt: at }
      return {
        incident: noted({ ...incident, rollback: next }, { at, what: 'deployment-stopped', about: deployment }),
        effects: [
          { kind: 'show' },
          { kind: 'reply', say: { say: 'deployment-stopping', deployment, own } },
          { kind: 'check-deployment', role, deployment },
        ],
      }
    }
    case 'still-running':
      return { incident, effects: [] }
    case 'moved': {
      const next: Rollback = { ...rollback, status: 'verifying', movedAt: at, stepAt: at }
      const moved = noted(
        { ...incident, rollback: next },
        { at, what: 'alias-moved', by: rollback.by, about: `v${from} → v${to}` },
      )
      return {
        incident: moved,
        effects: [
          { kind: 'show' },
          { kind: 'reply', say: { say: 'alias-moved', role, from, to } },
          { kind: 'read-evidence' },
          ...rollbackQuestions(moved),
        ],
      }
    }
    case 'checked':
      return judged(incident, rollback, result, at)
    case 'refused':
      return refused(incident, rollback, result, at)
    default:
      return result satisfies never
  }
}

/**
 * Helped: the alias reads back, a known price is answered, and the alarm is OK with traffic since, or
 * the value is under its limit over enough requests. Otherwise there is time until `provenWithin`.
 */
function judged(
  incident: Incident,
  rollback: Rollback,
  check: Extract<RollbackResult, { is: 'checked' }>,
  at: string,
): Change {
  const alarm = Object.values(incident.alarms).find(({ listed, name }) => (listed ?? name) === rollback.alarm)
  const movedAt = rollback.stepAt
  const okAfter = alarm?.clearedAt === undefined ? undefined : Math.max(0, msBetween(movedAt, alarm.clearedAt))
  const proof: Proof = {
    alarm: rollback.alarm,
    ...(rollback.before !== undefined && { before: rollback.before }),
    ...(check.value !== undefined && { after: check.value }),
    requests: check.requests,
    ...(check.unread && { unread: check.unread }),
    ...(okAfter !== undefined && !alarm?.ringing && { alarmOkAfter: okAfter }),
    aliasReadBack: check.aliasReadBack,
    priceAnswered: check.priceAnswered,
  }
  const answers = check.aliasReadBack && check.priceAnswered
  const isQuiet = alarm?.ringing === false && check.requests > 0
  const isUnder =
    check.requests >= enoughRequests && check.value !== undefined && isUnderLimit(rollback.alarm, check.value)
  if (answers && (isQuiet || isUnder)) return ended(incident, rollback, 'helped', proof, at)
  if (msBetween(movedAt, at) >= provenWithin) {
    // Without numbers the alarm's OK has to do; it is as old as the alarm's own periods.
    const isOkUnread = check.unread && alarm?.ringing === false
    const silent = answers && check.requests < enoughRequests ? 'not-proven' : 'did-not-help'
    const outcome = answers && isOkUnread ? 'helped' : silent
    return ended(incident, rollback, outcome, proof, at)
  }
  return { incident: { ...incident, rollback: { ...rollback, proof } }, effects: [{ kind: 'show' }] }
}

function isUnderLimit(name: string, value: number): boolean {
  const alarm = alarmNamed(name)
  if (!alarm) return false
  return alarm.comparison === '>' ? value <= alarm.threshold : value < alarm.threshold
}

function ended(
  incident: Incident,
  rollback: Rollback,
  outcome: 'helped' | 'did-not-help' | 'not-proven',
  proof: Proof,
  at: string,
): Change {
  const { by, role, from, to } = rollback
  return {
    incident: noted(
      { ...incident, rollback: { ...rollback, status: outcome, proof, stepAt: at } },
      { at, what: `rollback-${outcome}`, about: `v${from} → v${to}` },
    ),
    effects: [{ kind: 'show' }, { kind: 'reply', say: { say: 'rollback-ended', outcome, by, role, from, to, proof } }],
  }
}

/** A refusal before anything was changed leaves the incident free for another try; AWS's refusal is a failure. */
function refused(
  incident: Incident,
  rollback: Rollback,
  { why, message, now, deployment }: Extract<RollbackResult, { is: 'refused' }>,
  at: string,
): Change {
  if (why === 'aws-refused' || rollback.status === 'verifying') {
    const known = deployment === undefined ? rollback : { ...rollback, deployment }
    return failed(incident, known, why, at, message)
  }
  const { rollback: _over, ...free } = incident
  const { by, role, to } = rollback
  return {
    incident: noted(free, { at, what: 'rollback-refused', about: why }),
    effects: [
      { kind: 'show' },
      { kind: 'reply', say: { say: 'rollback-refused', by, why, role, to, ...(now !== undefined && { now }) } },
      { kind: 'read-evidence' },
    ],
  }
}

function failed(incident: Incident, rollback: Rollback, why: RollbackRefusal, at: string, message?: string): Change {
  const { role, to, deployment } = rollback
  return {
    incident: noted(
      { ...incident, rollback: { ...rollback, status: 'failed', why, stepAt: at } },
      { at, what: 'rollback-failed', about: message ? `${why}: ${message}` : why },
    ),
    effects: [
      { kind: 'show' },
      {
        kind: 'reply',
        say: {
          say: 'rollback-failed',
          why,
          role,
          to,
          ...(message !== undefined && { message: message.slice(0, 300) }),
          ...(deployment !== undefined && { deployment }),
        },
      },
    ],
  }
}
