import fc from 'fast-check'
import type { Bulletin } from '../../bot/bulletin/bulletin.ts'
import { type DeploymentFacts, DeploymentStatus, TakenBack } from '../../bot/bulletin/deployment.ts'
import { aBulletin } from './bulletin-builders.ts'
import { maybe, moment, number, pooled, role, weird, withMaybe } from './random-values.ts'

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

/** A bulletin as the worst of the outside could make it. */
export const bulletin: fc.Arbitrary<Bulletin> = pooled(deployment, 3_000).map((facts) => aBulletin(facts, { id: 'b' }))
