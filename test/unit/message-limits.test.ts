import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { AlarmRecord } from '../../bot/incident/alarm-record.ts'
import { EscalationReason, type Incident, Incident as IncidentSchema, NothingDue } from '../../bot/incident/incident.ts'
import { SettingField } from '../../bot/incident/logged-change.ts'
import { RollbackStatus } from '../../bot/incident/rollback.ts'
import { planRollback } from '../../bot/incident/rollback-plan.ts'
import { RollbackRefusal, type Say } from '../../bot/incident/say.ts'
import type { SeenChange } from '../../bot/incident/seen-change.ts'
import { AttemptFailure } from '../../bot/incident/upstream-seen.ts'
import { answer } from '../../bot/message/answers.ts'
import type { Message, View } from '../../bot/message/blocks.ts'
import { escalateModal } from '../../bot/message/escalate-modal.ts'
import { page } from '../../bot/message/page.ts'
import { loadingModal, refusalModal, rollbackModal } from '../../bot/message/rollback-modal.ts'
import { rootMessage } from '../../bot/message/root-message.ts'
import { runbookModal } from '../../bot/message/runbook-modal.ts'
import { threadReply } from '../../bot/message/thread-reply.ts'
import { alarms } from '../../common/alarms.ts'
import { readMessageBlocks } from '../../sandbox/slack/validate-blocks.ts'
import { readView } from '../../sandbox/slack/validate-view.ts'
import { aLook, anAlarm, anIncident, later } from '../support/builders.ts'
import { textsOf } from '../support/seen.ts'

/** Text as the worst of the outside could write it. */
const weird = fc.oneof(
  { weight: 4, arbitrary: fc.string({ maxLength: 60, unit: 'binary' }) },
  { weight: 2, arbitrary: fc.string({ minLength: 1_000, maxLength: 10_000, unit: 'grapheme' }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom('<!channel>', '', '<!here|x>', '<!subteam^S1>', '&lt;!channel&gt;', '`*_~>', '\n\n\n'),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('<!channel>', '&&&&', '😀', '"\\', '`', '\u202E')
      .map((text) => text.repeat(1_500).slice(0, 10_000)),
  },
)
const moment = fc.integer({ min: -20_000, max: 20_000 }).map(later)
const role = fc.constantFrom('api' as const, 'updater' as const)
const number = fc.double({ noNaN: true, noDefaultInfinity: true })
const severity = fc.constantFrom('Critical' as const, 'High' as const, 'Medium' as const, 'Low' as const)
const maybe = <T>(key: string, arbitrary: fc.Arbitrary<T>) =>
  fc.option(arbitrary, { nil: undefined }).map((value) => (value === undefined ? {} : { [key]: value }))
/** Puts optional fields beside required ones; an absent field is absent, not undefined. */
const withMaybe = <T extends object>(required: fc.Arbitrary<T>, ...optional: fc.Arbitrary<object>[]) =>
  fc.tuple(required, ...optional).map((parts): T => Object.assign({}, ...parts))

const listed = fc.constantFrom(...alarms.map(({ name }) => name))
const alarm: fc.Arbitrary<AlarmRecord> = withMaybe(
  fc
    .record({
      name: weird,
      ringing: fc.boolean(),
      reason: weird,
      severity,
      changedAt: moment,
      sweepsAbove: fc.nat(3),
    })
    .map((change) => {
      const { listed: _l, value: _v, threshold: _t, firedAt: _f, ...bare } = anAlarm(change)
      return bare
    }),
  maybe('listed', listed),
  maybe('value', number),
  maybe('threshold', number),
  maybe('firedAt', moment),
  maybe('clearedAt', moment),
  maybe('consequence', fc.record({ service: weird, when: fc.constant('prices-too-old'), explainedAt: moment })),
)

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
const functionEvidence = fc.record({
  name: weird,
  alias: fc.record({
    version: fc.nat(60).map(String),
    weights: fc.dictionary(weird, fc.double({ min: 0, max: 1, noNaN: true }), { maxKeys: 5 }),
    revisionId: weird,
  }),
  versions: fc.array(version, { maxLength: 10 }),
  deployments: fc.array(deployment, { maxLength: 10 }),
  left: fc.array(weird, { maxLength: 3 }),
})
const proof = withMaybe(
  fc.record({
    alarm: fc.oneof(listed, weird),
    requests: fc.nat(),
    aliasReadBack: fc.boolean(),
    priceAnswered: fc.boolean(),
  }),
  maybe('before', number),
  maybe('after', number),
  maybe('alarmOkAfter', fc.nat()),
)
const rollback = withMaybe(
  fc.record({
    status: fc.constantFrom(...RollbackStatus.options),
    role,
    from: weird,
    to: weird,
    aliasRevision: weird,
    by: weird,
    askedAt: moment,
    stepAt: moment,
    alarm: fc.oneof(listed, weird),
  }),
  maybe('before', number),
  maybe('deployment', weird),
  maybe('proof', proof),
  maybe('why', fc.constantFrom(...RollbackRefusal.options)),
)
const escalation = withMaybe(
  fc.record({
    level: fc.constantFrom(1 as const, 2 as const, 3 as const),
    since: moment,
    why: fc.constantFrom(...EscalationReason.options),
    next: fc.oneof(
      fc.record({
        due: moment,
        level: fc.constantFrom(2 as const, 3 as const),
        why: fc.constantFrom(...EscalationReason.options),
      }),
      fc.record({ nothingDue: fc.constantFrom(...NothingDue.options) }),
    ),
  }),
  maybe('by', weird),
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
const setting = fc.oneof(weird, number, fc.constant(null))
const commits = fc.record({ older: fc.oneof(weird, fc.constant('0123456')), newer: fc.constant('abcdef1') })
const made = { id: weird.filter((text) => text !== ''), at: moment, incident: weird }
const change: fc.Arbitrary<SeenChange> = fc.oneof(
  withMaybe(
    fc.record({ what: fc.constant('deployment' as const), role, id: weird, at: moment, status: weird }),
    maybe('from', weird),
    maybe('to', weird),
    maybe('undoes', weird),
    maybe('author', weird),
    maybe('commit', weird),
    maybe('subject', weird),
    maybe('commits', commits),
  ),
  withMaybe(
    fc.record({
      what: fc.constant('setting' as const),
      ...made,
      field: fc.constantFrom(...SettingField.options),
      from: setting,
      to: setting,
    }),
    maybe('by', weird),
  ),
  withMaybe(
    fc.record({ what: fc.constant('alias' as const), ...made, role, from: weird, to: weird }),
    maybe('by', weird),
    maybe('commits', commits),
  ),
  withMaybe(
    fc.record({
      what: fc.constant('key' as const),
      ...made,
      key: weird,
      from: fc.constantFrom('enabled' as const, 'disabled' as const, 'none' as const),
      to: fc.constantFrom('enabled' as const, 'disabled' as const),
    }),
    maybe('by', weird),
    maybe('name', weird),
  ),
  fc.record({ what: fc.constant('concurrency' as const), ...made, role, from: number, to: number }),
  fc.record({
    what: fc.constant('by-hand' as const),
    field: fc.constantFrom(...SettingField.options),
    logged: setting,
    now: setting,
  }),
)
const changes = fc.record({ list: fc.array(change, { maxLength: 8 }), more: fc.nat(300) })
const health = withMaybe(
  fc.record({ from: moment, to: moment, calls: fc.nat(), errors: fc.nat(), requests: fc.nat() }),
  maybe('p95', number),
  maybe('before', fc.record({ until: moment, p95: number })),
)
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
const incident: fc.Arbitrary<Incident> = withMaybe(
  fc
    .record({
      service: weird.filter((text) => text !== ''),
      severity,
      status: fc.constantFrom('open' as const, 'acknowledged' as const, 'recovering' as const, 'resolved' as const),
      alarms: fc
        .array(alarm, { maxLength: 60, size: 'medium' })
        .map((all) => Object.fromEntries(all.map((each) => [each.name, each]))),
      escalation,
      reopened: fc.nat(9),
    })
    .map((change) => anIncident({ ...change, id: `${change.service}-20261123T030000Z` })),
  maybe('owner', fc.record({ user: weird, at: moment })),
  maybe('rollback', rollback),
  maybe(
    'automaticRollback',
    fc.record({ deployment: weird, of: weird, state: fc.constantFrom('running', 'succeeded', 'failed') }),
  ),
  maybe(
    'evidence',
    withMaybe(
      fc.record({
        readAt: moment,
        functions: withMaybe(fc.constant({}), maybe('api', functionEvidence), maybe('updater', functionEvidence)),
        readings: fc.constant([]),
        missing: fc.array(fc.record({ part: weird, because: weird }), { maxLength: 5 }),
      }),
      maybe('series', series),
      maybe('prices', fc.array(fc.record({ currency: weird, updatedAt: moment, readAt: moment }), { maxLength: 9 })),
      maybe('errors', errors),
      maybe('requests', requests),
      maybe('changes', changes),
      maybe('health', health),
    ),
  ),
  maybe('quietUntil', moment),
  maybe('resolved', withMaybe(fc.record({ at: moment }), maybe('by', weird))),
)

const refusal = fc.constantFrom(...RollbackRefusal.options)
const say: fc.Arbitrary<Say> = fc.oneof(
  fc.record({ say: fc.constant('alarm-joined' as const), alarm: weird, reason: weird }),
  fc.record({
    say: fc.constant('alarm-joined' as const),
    alarm: weird,
    reason: weird,
    follows: fc.constant('prices-too-old' as const),
  }),
  fc.record({ say: fc.constant('alarm-moved' as const), alarm: weird, to: weird }),
  fc.record({ say: fc.constant('acknowledged' as const), by: weird }),
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
  fc.record({ say: fc.constant('recovering' as const), until: moment }),
  fc.record({ say: fc.constant('resolved' as const), by: weird }),
  fc.record({ say: fc.constant('reopened' as const), alarm: weird }),
)

const rules = { acceptsNewBlocks: true }
/** Everything Slack reads as a command; only our own mentions, dates and links may begin with `<`. */
const ownMarkup =
  /<(?:@[UW][A-Z0-9_]{1,40}|!subteam\^S0(?:ONCALL|DEV)|!date\^-?\d+\^\{date_short_pretty\} \{time\}\|[-\d: ]+UTC|https:\/\/(?:example\.com\/a|ap-northeast-1\.console\.aws\.amazon\.com\/[^<>|]+|github\.com\/your-organisation\/crypto-watch\/compare\/[0-9a-f]{7,40}\.\.\.[0-9a-f]{7,40})\|[^<>|]+)>/g

function expectHarmless(texts: string[]) {
  for (const text of texts) expect(text.replace(ownMarkup, '')).not.toMatch(/[<>]/)
}

function expectSendable(message: Message) {
  readMessageBlocks(JSON.parse(JSON.stringify(message.blocks)), rules)
  const texts = [message.text, ...textsOf(message.blocks)]
  expect(message.text).not.toBe('')
  expect(texts.join('').length).toBeLessThan(13_000)
  expectHarmless(texts)
}

function expectOpenable(view: View) {
  readView(JSON.parse(JSON.stringify(view)), 'modal', rules)
  expectHarmless(textsOf(view.blocks))
}

const language = fc.constantFrom('en' as const, 'ja' as const)

it('whatever comes from outside, every message and modal stays within what Slack takes and pings nobody', () => {
  const run = fc.property(
    incident,
    say,
    language,
    weird,
    role,
    fc.constantFrom(...EscalationReason.options),
    moment,
    (drawn, said, in_, text, of, why, at) => {
      IncidentSchema.parse(drawn)
      const awsConsole = 'https://ap-northeast-1.console.aws.amazon.com/cloudwatch/home?region=ap-northeast-1'
      const look = aLook({ language: in_, awsConsole, repository: 'your-organisation/crypto-watch' })
      expectSendable(rootMessage(drawn, look))
      expectSendable(threadReply(said, drawn, look))
      for (const level of [2, 3] as const) {
        const effect = { kind: 'page', level, why, by: text, reason: text, at } as const
        expectSendable(page(effect, drawn, look, 'https://example.com/a'))
        expectSendable(page(effect, drawn, look, text))
      }
      const metadata = 'x'.repeat(3_000)
      expectOpenable(loadingModal(drawn, look, { role: of }))
      expectOpenable(escalateModal(drawn, look, metadata))
      expectOpenable(runbookModal(drawn, look))
      expectOpenable(refusalModal(answer('alias-moved', drawn, look), look))
      const found = drawn.evidence?.functions[of]
      if (found) expectOpenable(rollbackModal(planRollback(of, found, at), drawn, look, metadata))
      expectOpenable(
        rollbackModal({ possible: false, why: 'target-missing', to: text, now: text }, drawn, look, metadata),
      )
    },
  )
  fc.assert(run, { numRuns: 150 })
})
