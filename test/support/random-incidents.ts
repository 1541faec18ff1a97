import fc from 'fast-check'
import type { AlarmRecord } from '../../bot/incident/alarm-record.ts'
import { EscalationReason, type Incident, NothingDue } from '../../bot/incident/incident.ts'
import { type RemedyRecord, RemedyRefusal, RemedyStatus } from '../../bot/incident/remedy.ts'
import { RollbackStatus } from '../../bot/incident/rollback.ts'
import { RollbackRefusal } from '../../bot/incident/say.ts'
import { RemedyName } from '../../bot/remedy/remedies.ts'
import { NotYet } from '../../bot/remedy/remedy.ts'
import { anAlarm, anIncident } from './builders.ts'
import { evidence, listed } from './random-evidence.ts'
import { cards, complaints, hold, notice, postmortem, reports, slackAway, steps, timeline } from './random-talk.ts'
import { maybe, moment, number, pooled, role, severity, weird, withMaybe } from './random-values.ts'

export const consequenceWhen = fc.constantFrom('prices-too-old' as const, 'maintenance-mode' as const)

const alarm: fc.Arbitrary<AlarmRecord> = pooled(
  withMaybe(
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
    maybe('silencedUntil', moment),
    maybe('clearedAt', moment),
    maybe('consequence', fc.record({ service: weird, when: consequenceWhen, explainedAt: moment })),
  ),
  1_000,
)

export const proof = withMaybe(
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
const rollback = pooled(
  withMaybe(
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
  ),
  1_000,
)
const escalation = pooled(
  withMaybe(
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
  ),
  500,
)

export const settingValue = fc.oneof(weird, fc.nat(), moment)
export const write = fc.record({
  target: fc.constant('settings' as const),
  field: fc.constantFrom('updateEveryMinutes' as const, 'cacheTtlMinutes' as const, 'provider' as const),
  expect: fc.option(settingValue),
  write: fc.option(settingValue),
})
const asked = fc.record({ by: weird, at: moment, press: weird })
/** What one of several is called: as long as the record takes it. */
export const subject = fc.record({
  id: weird.filter((text) => text !== '').map((text) => text.slice(0, 60)),
  label: weird.map((text) => text.slice(0, 60)),
})
const remedy: fc.Arbitrary<RemedyRecord> = withMaybe(
  fc.record({
    name: fc.constantFrom(...RemedyName.options),
    status: fc.constantFrom(...RemedyStatus.options),
    by: weird,
    at: moment,
    press: weird,
    from: settingValue,
    to: settingValue,
    write,
    updates: fc.array(moment, { maxLength: 5 }),
  }),
  maybe('appliedAt', moment),
  maybe('subject', subject),
  maybe('made', fc.record({ id: weird, name: weird })),
  maybe('shown', asked),
  maybe(
    'shows',
    withMaybe(fc.constant({}), maybe('value', settingValue), maybe('source', weird), maybe('minutesApart', number)),
  ),
  maybe('missing', fc.constantFrom(...NotYet.options)),
  maybe('why', fc.constantFrom(...RemedyRefusal.options)),
  maybe('undo', asked),
  maybe('undone', asked),
  maybe('answersAgain', fc.constantFrom('waits', 'proven', 'not-proven')),
  maybe('now', settingValue),
)
const remedies = pooled(
  fc.uniqueArray(remedy, { selector: ({ name, subject: of }) => `${name} ${of?.id}`, maxLength: 6 }),
  500,
)

/** Incidents of every state, as long and as strange as the schema takes them. */
export const incident: fc.Arbitrary<Incident> = withMaybe(
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
      timeline,
    })
    // The id stands in the values of buttons.
    .map((change) => anIncident({ ...change, id: `${change.service}-20261123T030000Z` })),
  maybe('owner', fc.record({ user: weird, at: moment })),
  maybe('acknowledgedAt', moment),
  maybe('rollback', rollback),
  maybe(
    'automaticRollback',
    fc.record({ deployment: weird, of: weird, state: fc.constantFrom('running', 'succeeded', 'failed') }),
  ),
  maybe('evidence', evidence),
  maybe('evidenceIsLate', fc.constant(true)),
  maybe('remedies', remedies),
  maybe('reports', reports),
  maybe('steps', steps),
  maybe('complaints', complaints),
  maybe('hold', hold),
  maybe('cards', cards),
  maybe('postmortem', postmortem),
  maybe('reminders', fc.record({ count: fc.integer({ min: 1, max: 3 }), at: moment })),
  maybe('notice', notice),
  maybe('slackAway', slackAway),
  maybe('quietUntil', moment),
  maybe('resolved', withMaybe(fc.record({ at: moment }), maybe('by', weird))),
)
