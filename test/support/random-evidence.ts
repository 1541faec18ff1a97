import fc from 'fast-check'
import type { Evidence } from '../../bot/incident/evidence.ts'
import { AttemptFailure } from '../../bot/incident/upstream-seen.ts'
import { alarms } from '../../common/alarms.ts'
import { changes, health } from './random-changes.ts'
import { maybe, moment, pooled, role, weird, withMaybe } from './random-values.ts'

export const listed = fc.constantFrom(...alarms.map(({ name }) => name))

const version = withMaybe(
  fc.record({ version: fc.oneof(fc.nat(60).map(String), weird) }),
  maybe('commit', weird),
  maybe('author', weird),
  maybe('subject', weird),
)
const deployment = withMaybe(
  fc.record({ id: weird, status: fc.constantFrom('Succeeded', 'InProgress', 'Failed'), createdAt: moment }),
  maybe('from', fc.nat(60).map(String)),
  maybe('to', fc.nat(60).map(String)),
  maybe('undoes', weird),
)
const functionEvidence = pooled(
  fc.record({
    name: weird,
    alias: fc.record({
      version: fc.nat(60).map(String),
      weights: fc.dictionary(weird, fc.double({ min: 0, max: 1, noNaN: true }), { maxKeys: 5 }),
      revisionId: weird,
    }),
    versions: fc.array(version, { maxLength: 10 }),
    deployments: fc.array(deployment, { maxLength: 10 }),
    left: fc.array(weird, { maxLength: 3 }),
  }),
  300,
)
const series = fc.record({
  alarm: listed,
  minutesEach: fc.constantFrom(2, 5),
  points: fc.array(fc.record({ at: moment, value: fc.double({ noNaN: true, noDefaultInfinity: true }) }), {
    maxLength: 40,
  }),
})
const errorShape = fc.record({
  role,
  level: fc.constantFrom('error' as const, 'warning' as const),
  count: fc.nat(),
  first: moment,
  last: moment,
  sample: weird,
  versions: fc.array(weird, { maxLength: 5 }),
})
const attempts = fc.record({
  provider: weird,
  total: fc.nat(),
  reasons: fc.array(fc.record({ reason: fc.constantFrom(...AttemptFailure.options), count: fc.nat() }), {
    maxLength: 8,
  }),
})
const errors = withMaybe(
  fc.record({ from: moment, top: fc.array(errorShape, { maxLength: 5 }), isWhole: fc.boolean() }),
  maybe('upstream', attempts),
)
const requests = withMaybe(
  fc.record({
    from: moment,
    isWhole: fc.boolean(),
    total: fc.nat(),
    failed: fc.nat(),
    endpoints: fc.array(fc.record({ resource: weird, failed: fc.nat(), total: fc.nat() }), { maxLength: 5 }),
    limited: fc.array(fc.record({ key: weird, count: fc.nat() }), { maxLength: 5 }),
  }),
  maybe('until', moment),
  maybe(
    'statuses',
    fc.array(fc.record({ status: fc.integer({ min: 500, max: 599 }), count: fc.nat() }), { maxLength: 3 }),
  ),
  maybe('busiest', fc.record({ key: weird, count: fc.nat() })),
)

const missing = withMaybe(
  fc.record({ part: weird, because: weird }),
  maybe('noAnswerMs', fc.integer({ min: 1, max: 100_000 })),
)

/** Evidence of every kind, in part or whole. */
export const evidence: fc.Arbitrary<Evidence> = pooled(
  withMaybe(
    fc.record({
      readAt: moment,
      functions: withMaybe(fc.constant({}), maybe('api', functionEvidence), maybe('updater', functionEvidence)),
      readings: fc.constant([]),
      missing: fc.array(missing, { maxLength: 8 }),
    }),
    maybe('series', series),
    maybe('prices', fc.array(fc.record({ currency: weird, updatedAt: moment, readAt: moment }), { maxLength: 9 })),
    maybe('errors', errors),
    maybe('requests', requests),
    maybe('changes', changes),
    maybe('health', health),
  ),
  1_000,
)
