import fc from 'fast-check'
import type { Bulletin } from '../../bot/bulletin/bulletin.ts'
import { type DeploymentFacts, DeploymentStatus, TakenBack } from '../../bot/bulletin/deployment.ts'
import type { DigestFacts } from '../../bot/bulletin/digest.ts'
import {
  longestSilenceReason,
  mostSilencedAlarms,
  Silenced,
  type SilencedAlarm,
  type SilenceFacts,
} from '../../bot/bulletin/silence.ts'
import { ReportKind } from '../../bot/incident/report.ts'
import { aBulletin, aDigestBulletin, aSilence, aSilenceBulletin, aSilencedAlarm } from './bulletin-builders.ts'
import { listed } from './random-evidence.ts'
import { maybe, moment, number, pooled, role, severity, weird, withMaybe } from './random-values.ts'

const status = fc.constantFrom(...DeploymentStatus.options)
const message = fc.record({ channel: weird, ts: weird })
const undoneBy = withMaybe(
  fc.record({ deployment: weird, status }),
  maybe('startedAt', moment),
  maybe('endedAt', moment),
)
const incident = withMaybe(fc.record({ id: weird, service: weird }), maybe('message', message))
const takenBack = fc.record({
  by: weird,
  from: weird,
  to: weird,
  at: moment,
  outcome: fc.constantFrom(...TakenBack.shape.outcome.options),
})
const commit = fc.oneof(weird, fc.constant('0123456789abcdef0123456789abcdef01234567'))
const error = fc.record({
  code: fc.oneof(weird, fc.constant('ALARM_ACTIVE')),
  message: fc.oneof(
    weird,
    weird.map((text) => `Activated alarms: <${text}>`),
  ),
})

const deployment: fc.Arbitrary<DeploymentFacts> = withMaybe(
  fc.record({ kind: fc.constant('deployment' as const), role, deployment: weird, status, asked: fc.boolean() }),
  ...[
    maybe('from', weird),
    maybe('to', weird),
    maybe('commit', commit),
    maybe('author', weird),
    maybe('subject', weird),
  ],
  maybe('commits', fc.record({ older: commit, newer: commit })),
  ...[maybe('startedAt', moment), maybe('endedAt', moment), maybe('canaryPercent', number), maybe('error', error)],
  ...[maybe('undoes', weird), maybe('undoneBy', undoneBy), maybe('incident', incident), maybe('takenBack', takenBack)],
  maybe('lost', fc.boolean()),
)

const count = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.nat())
const counts = fc.record({ Critical: count, High: count, Medium: count, Low: count })
const alarmName = fc.oneof(
  listed.map((name) => ({ name, listed: name })),
  weird.map((text) => ({ name: text.slice(0, 80) })),
)
const heard = (maxLength: number) =>
  fc.array(fc.record({ alarm: alarmName, fired: count, incidents: count }), { maxLength, size: 'max' })
const times = withMaybe(fc.constant({}), maybe('now', fc.nat()), maybe('before', fc.nat()))
const named = withMaybe(
  fc.record({ id: weird, service: weird.map((text) => text.slice(0, 80)), severity, openedAt: moment }),
  maybe('lead', alarmName),
  maybe('report', fc.constantFrom(...ReportKind.options)),
  maybe('message', message),
)
const unfinished = fc
  .tuple(named, count, count)
  .map(([entry, openActions, actions]) => ({ ...entry, openActions, actions }))

const digest: fc.Arbitrary<DigestFacts> = fc.record({
  kind: fc.constant('digest' as const),
  week: fc.constant('2026-W48'),
  from: moment,
  to: moment,
  opened: counts,
  openedBefore: counts,
  acknowledged: times,
  resolved: times,
  loudest: heard(5),
  low: heard(8),
  lowLeftOut: count,
  open: fc.array(named, { maxLength: 8, size: 'max' }),
  openLeftOut: count,
  unfinished: fc.array(unfinished, { maxLength: 8, size: 'max' }),
  unfinishedLeftOut: count,
  rolledBack: fc.record({ of: count, helped: count }),
  drills: count,
})

const reason = weird.map((text) => text.slice(0, longestSilenceReason))
const silencedAlarm: fc.Arbitrary<SilencedAlarm> = withMaybe(
  fc
    .tuple(alarmName, severity, moment, moment, fc.boolean(), count)
    .map(([named, grade, changedAt, firstAt, ringing, fired]) => ({
      ...aSilencedAlarm({ severity: grade, changedAt, firstAt, ringing, fired }),
      ...named,
    })),
  maybe('clearedAt', moment),
)
const silenced: fc.Arbitrary<SilenceFacts> = fc
  .tuple(
    fc.record({ of: fc.constantFrom(...Silenced.options), reason, by: weird, from: moment, until: moment }),
    fc.array(silencedAlarm, { maxLength: mostSilencedAlarms, size: 'max' }),
    fc.constantFrom('running', 'ended', 'handed on'),
    maybe('by', weird),
    fc.tuple(moment, weird),
  )
  .map(([about, alarms, stands, by, [at, incident]]) => ({
    ...aSilence(about),
    alarms: Object.fromEntries(alarms.map((alarm) => [alarm.name, alarm])),
    ...(stands !== 'running' && { ended: { at, ...by } }),
    ...(stands === 'handed on' && {
      handedOn: { at, incidents: Object.fromEntries(alarms.map(({ name }) => [name, incident])) },
    }),
  }))

/** A silence with whatever may ring in it, before and after its end. */
export const silence = pooled(silenced, 1_000)

/** A bulletin as the worst of the outside could make it. */
export const bulletin: fc.Arbitrary<Bulletin> = fc.oneof(
  pooled(deployment, 3_000).map((facts) => aBulletin(facts, { id: 'b' })),
  pooled(digest, 1_000).map((facts) => aDigestBulletin(facts)),
  silence.map((facts) => aSilenceBulletin(facts)),
)
