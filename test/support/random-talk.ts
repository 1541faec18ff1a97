import fc from 'fast-check'
import type { Card } from '../../bot/incident/card.ts'
import { EscalationReason } from '../../bot/incident/incident.ts'
import { longestNotice } from '../../bot/incident/notice.ts'
import { longestActionText, mostActions } from '../../bot/incident/postmortem.ts'
import { ReportKind } from '../../bot/incident/report.ts'
import { RollbackRefusal } from '../../bot/incident/say.ts'
import { Happening, type TimelineEntry } from '../../bot/incident/timeline.ts'
import { alarms } from '../../common/alarms.ts'
import { day, maybe, moment, pooled, severity, weird, withMaybe } from './random-values.ts'

/** What people do with an incident, and what the record keeps of it. */
export const reports = fc.array(
  withMaybe(
    fc.record({
      kind: fc.constantFrom(...ReportKind.options),
      by: weird,
      at: moment,
      text: weird.map((text) => text.slice(0, 500)),
      press: weird,
    }),
    maybe('severity', severity),
  ),
  { maxLength: 3 },
)

const listedName = fc.constantFrom(...alarms.map(({ name }) => name))
export const steps = fc.array(
  fc.record({
    step: fc.tuple(listedName, fc.nat(9)).map(([name, number]) => `${name}/first/${number}`),
    text: weird,
    by: weird,
    at: moment,
  }),
  { maxLength: 3 },
)
export const complaints = fc.record({
  count: fc.integer({ min: 1, max: 9_999 }),
  since: moment,
  last: fc.record({ by: weird, at: moment }),
  presses: fc.constant([]),
})

export const hold = fc.record({ by: weird, at: moment, until: moment, reason: weird, press: weird })
const step = withMaybe(
  fc.record({ why: fc.constantFrom(...EscalationReason.options), at: moment }),
  maybe('by', weird),
  maybe('reason', weird),
)
/** What stands in Slack outside the thread. */
export const cards = fc
  .record({ step, to: fc.constantFrom('U0DAN000001', 'U0EVE000001') })
  .map(({ step: asked, to }): Card[] => [
    { id: 'announcement', kind: 'announcement', look: 1 },
    { id: 'developers', kind: 'developers', step: asked, look: 1 },
    { id: 'managers', kind: 'managers', step: asked, look: 1 },
    { id: `managers/${to}`, kind: 'managers', to, step: asked, look: 1 },
    { id: 'actions', kind: 'actions', look: 1 },
  ])
const noticeText = weird.filter((text) => text !== '').map((text) => text.slice(0, longestNotice))
export const notice = fc.record({ en: noticeText, ja: noticeText, by: weird, at: moment, press: weird })
export const slackAway = withMaybe(
  fc.record({
    since: moment,
    untold: fc.array(fc.record({ is: fc.constant('reopened' as const), at: moment }), { maxLength: 3 }),
  }),
  maybe('mailedAt', moment),
)

/** As many action items as there can be, as long as they can be. */
const actions = fc.uniqueArray(
  withMaybe(
    fc.record({
      id: weird.filter((text) => text !== '').map((text) => text.slice(0, 30)),
      text: weird.filter((text) => text !== '').map((text) => text.slice(0, longestActionText)),
      at: moment,
      by: weird,
    }),
    maybe('who', fc.constantFrom('U0AIKO00001', '<!channel>', '日本語の'.repeat(15))),
    maybe('due', day),
    maybe('done', fc.record({ at: moment, by: weird })),
  ),
  { selector: ({ id }) => id, maxLength: mostActions, size: 'max' },
)
export const postmortem = pooled(fc.record({ at: moment, by: weird, actions }), 300)

const reasons = fc.constantFrom(...EscalationReason.options, ...RollbackRefusal.options)
const about = fc.oneof(
  weird,
  reasons.map((why) => `level 2: ${why}`),
  fc.tuple(reasons, weird).map(([why, text]) => `${why}: ${text}`),
)
const entry: fc.Arbitrary<TimelineEntry> = withMaybe(
  fc.record({
    at: moment,
    what: fc.constantFrom(...Happening.options),
    times: fc.integer({ min: 1, max: 9 }),
    last: moment,
  }),
  maybe('by', weird),
  maybe(
    'about',
    about.map((text) => text.slice(0, 200)),
  ),
)
export const timeline = pooled(fc.array(entry, { minLength: 1, maxLength: 80, size: 'max' }), 200)
