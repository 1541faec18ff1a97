import fc from 'fast-check'
import { Direction, RemedyRefusal, type RemedySay } from '../../bot/incident/remedy.ts'
import { ReportKind } from '../../bot/incident/report.ts'
import { RollbackRefusal, type Say } from '../../bot/incident/say.ts'
import { RemedyName } from '../../bot/remedy/remedies.ts'
import { NotYet } from '../../bot/remedy/remedy.ts'
import { consequenceWhen, proof, settingValue } from './random-incidents.ts'
import { day, maybe, moment, role, weird, withMaybe } from './random-values.ts'

const refusal = fc.constantFrom(...RollbackRefusal.options)
const about = { name: fc.constantFrom(...RemedyName.options), subject: weird, from: settingValue, to: settingValue }
const direction = fc.constantFrom(...Direction.options)
const minutes = fc.nat(60)
const remedySay: fc.Arbitrary<RemedySay> = fc.oneof(
  fc.record({ what: fc.constant('asked' as const), by: weird, direction, ...about }),
  fc.record({ what: fc.constant('applied' as const), ...about }),
  fc.record({
    what: fc.constant('refused' as const),
    by: weird,
    direction,
    why: fc.constantFrom(...RemedyRefusal.options),
    now: settingValue,
    message: weird,
    ...about,
  }),
  fc.record({
    what: fc.constant('proven' as const),
    shows: fc.record({ value: settingValue, source: weird, minutesApart: fc.nat() }),
    minutes,
    ...about,
  }),
  fc.record({
    what: fc.constant('not-proven' as const),
    because: fc.constantFrom(...NotYet.options),
    minutes,
    ...about,
  }),
  fc.record({ what: fc.constant('overtaken' as const), now: settingValue, ...about }),
  fc.record({
    what: fc.constant('answers-again' as const),
    is: fc.constantFrom('proven' as const, 'not-proven' as const),
    minutes,
    ...about,
  }),
  fc.record({ what: fc.constant('undone' as const), by: weird, ...about }),
)

/** Everything that a thread is told, and about anything. */
export const say: fc.Arbitrary<Say> = fc.oneof(
  fc.record({ say: fc.constant('alarm-joined' as const), alarm: weird, reason: weird }),
  fc.record({
    say: fc.constant('alarm-joined' as const),
    alarm: weird,
    reason: weird,
    follows: consequenceWhen,
  }),
  fc.record({ say: fc.constant('alarm-moved' as const), alarm: weird, to: weird }),
  fc.record({ say: fc.constant('acknowledged' as const), by: weird }),
  fc.record({ say: fc.constant('taken-over' as const), by: weird, from: weird }),
  fc.record({ say: fc.constant('still-on-it' as const), by: weird }),
  fc.record({
    say: fc.constant('reminder' as const),
    owner: weird,
    minutes: fc.nat(9_999),
    isLast: fc.boolean(),
  }),
  fc.record({ say: fc.constant('held' as const), by: weird, until: moment, reason: weird }),
  fc.record({ say: fc.constant('escalated' as const), level: fc.nat(4), why: weird, by: weird, reason: weird }),
  fc.record({ say: fc.constant('rollback-asked' as const), by: weird, role, from: weird, to: weird }),
  fc.record({ say: fc.constant('rollback-refused' as const), by: weird, why: refusal, role, to: weird, now: weird }),
  fc.record({ say: fc.constant('deployment-stopping' as const), deployment: weird, own: fc.boolean() }),
  fc.record({ say: fc.constant('alias-moved' as const), role, from: weird, to: weird }),
  fc.record({
    say: fc.constant('rollback-ended' as const),
    outcome: fc.constantFrom('helped' as const, 'did-not-help' as const, 'not-proven' as const),
    by: weird,
    role,
    from: weird,
    to: weird,
    proof,
  }),
  fc.record({
    say: fc.constant('rollback-failed' as const),
    why: refusal,
    message: weird,
    role,
    to: weird,
    deployment: weird,
  }),
  fc.record({
    say: fc.constant('automatic-rollback' as const),
    state: fc.constantFrom('running' as const, 'succeeded' as const, 'failed' as const),
    deployment: weird,
    of: weird,
  }),
  fc.record({ say: fc.constant('remedy' as const), told: remedySay }),
  fc.record({ say: fc.constant('step' as const), text: weird, by: weird, done: fc.boolean() }),
  fc.record({ say: fc.constant('customer-reported' as const), by: weird, count: fc.integer({ min: 1, max: 9_999 }) }),
  fc.record({ say: fc.constant('customers-told' as const), by: weird, en: weird, ja: weird }),
  fc.record({ say: fc.constant('key-shown' as const), by: weird, name: weird }),
  fc.record({
    say: fc.constant('reported' as const),
    kind: fc.constantFrom(...ReportKind.options),
    by: weird,
    text: weird,
  }),
  fc.record({ say: fc.constant('recovering' as const), until: moment }),
  fc.record({ say: fc.constant('resolved' as const), by: weird }),
  fc.record({ say: fc.constant('reopened' as const), alarm: weird }),
  withMaybe(
    fc.record({ say: fc.constant('action-given' as const), by: weird, who: weird, text: weird }),
    maybe('due', day),
  ),
  withMaybe(
    fc.record({
      say: fc.constant('action-item' as const),
      is: fc.constantFrom('added' as const, 'done' as const, 'undone' as const),
      by: weird,
      text: weird,
    }),
    maybe('due', day),
  ),
)
