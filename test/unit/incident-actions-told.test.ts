import { describe, expect, it } from 'vitest'
import { decide } from '../../bot/incident/decide.ts'
import type { Effect } from '../../bot/incident/effect.ts'
import type { IncidentEvent } from '../../bot/incident/event.ts'
import type { Incident } from '../../bot/incident/incident.ts'
import { draftMessages } from '../../bot/message/draft-messages.ts'
import { rootMessage } from '../../bot/message/root-message.ts'
import { threadReply } from '../../bot/message/thread-reply.ts'
import type { Standing } from '../../common/incident-actions.ts'
import { bothLooks } from '../support/builders.ts'
import {
  acknowledges,
  addsAction,
  asksPostmortem,
  asksRollback,
  at,
  effectsOf,
  escalates,
  fires,
  holds,
  isStillOnIt,
  later,
  minute,
  opensModal,
  play,
  reports,
  resolves,
  type Step,
  takesOver,
  ticksAction,
} from '../support/incident-builders.ts'
import { tellsCustomers } from '../support/maintenance-builders.ts'
import { asksRemedy, asksUndo, remedyReports } from '../support/remedy-builders.ts'
import { disables, isChanged, isMade, issues, opensKey, reported } from '../support/report-builders.ts'
import { textsOf } from '../support/seen.ts'

/** Whatever a person can do. An event that is new here does not compile until it has its rows. */
type ByPerson = Extract<IncidentEvent, { by: string }>['type'] | 'reported'

interface Deed {
  /** Where it differs from the name of the event. */
  title?: string
  on: Incident
  event: IncidentEvent
  before: Partial<Standing>
  after: Partial<Standing>
  /** What the thread is told, in English; or what is there instead of a reply, and why. */
  told: string | { instead: Effect['kind']; because: string }
}
/** What changes nothing: there is nothing to record and nothing to tell. */
interface Look {
  on: Incident
  event: IncidentEvent
  onlyLooks: true
}

const open = play(fires('LambdaErrorAlarm', at('03:00')))
const owned = later(open, acknowledges('U1', at('03:01')))
const reminded = later(owned, minute(at('03:16')))
const customerCalls = (by: string, when: string): IncidentEvent => ({
  type: 'customer-reported',
  at: when,
  by,
  press: `call-${when}`,
})
const called = later(owned, customerCalls('U2', at('03:02')))
const ticks = (done: boolean, when: string): IncidentEvent => ({
  type: 'step-ticked',
  at: when,
  by: 'U9',
  step: 'LambdaErrorAlarm/first/0',
  text: 'Open the logs.',
  done,
})
const told = later(owned, tellsCustomers('U2', at('03:02'), 'We look into it.'))
const failing = play(fires('ExternalApiErrorAlarm', at('03:00')), acknowledges('U1', at('03:01')))
const eased = later(
  failing,
  asksRemedy('U1', at('03:02')),
  remedyReports('apply-remedy', { is: 'changed' }, at('03:02:05')),
)
const issued = play(
  reported(at('03:00')),
  disables('U9', at('03:01')),
  isChanged(at('03:01:05')),
  issues('U9', at('03:03')),
  isMade(at('03:03:05')),
)
const over = later(owned, resolves('U1', at('03:06')))
const drafted = later(
  over,
  asksPostmortem('U2', at('03:10')),
  reports('post-draft', { is: 'draft-posted', part: 1, parts: 1 }, at('03:11')),
)
const withItem = later(drafted, addsAction('U2', at('03:12'), { press: 'V1', who: 'U3' }))
const doneItem = later(withItem, ticksAction('U3', 'V1', at('03:13')))
const when = at('03:14')
const keys = ['disable-key portfolio-widget applied', 'new-key portfolio-widget applied']

const deeds: Record<ByPerson, readonly (Deed | Look)[]> = {
  reported: [
    {
      on: owned,
      event: reported(when, { service: 'api', kind: 'wrong-data', by: 'U9', text: 'Prices of yesterday.' }),
      before: {},
      after: { reports: 1 },
      told: '<@U9> reported: The service answers wrongly. “Prices of yesterday.”',
    },
  ],
  'customer-reported': [
    {
      on: owned,
      event: customerCalls('U9', when),
      before: {},
      after: { complaints: 1 },
      told: '<@U9> counted one more report from a customer: 0 → 1.',
    },
    {
      title: 'one more customer-reported',
      on: called,
      event: customerCalls('U9', when),
      before: { complaints: 1 },
      after: { complaints: 2 },
      told: '<@U9> counted one more report from a customer: 1 → 2.',
    },
  ],
  'step-ticked': [
    {
      on: owned,
      event: ticks(true, when),
      before: {},
      after: { stepsDone: 1 },
      told: '✓ <@U9> did this of the runbook: Open the logs.',
    },
    {
      title: 'step-ticked, not done after all',
      on: later(owned, ticks(true, at('03:02'))),
      event: ticks(false, when),
      before: { stepsDone: 1 },
      after: {},
      told: '<@U9> says that this of the runbook is not done yet: Open the logs.',
    },
  ],
  acknowledged: [
    {
      on: open,
      event: acknowledges('U9', at('03:02')),
      before: { status: 'open' },
      after: { status: 'acknowledged', owner: 'U9' },
      told: '<@U9> acknowledged and is on it.',
    },
  ],
  'taken-over': [
    {
      on: owned,
      event: takesOver('U9', when),
      before: { owner: 'U1' },
      after: { owner: 'U9' },
      told: '<@U9> took it over from <@U1> and is on it.',
    },
  ],
  'still-on-it': [
    {
      on: later(reminded, takesOver('U9', at('03:17')), minute(at('03:32'))),
      event: isStillOnIt('U9', at('03:33')),
      before: { reminders: 1 },
      after: {},
      told: '<@U9> is still on it.',
    },
  ],
  'hold-asked': [
    {
      on: open,
      event: holds('U9', at('03:05'), 'the fix is out'),
      before: {},
      after: { heldUntil: at('03:20') },
      told: '<@U9> asked for time: nobody is called before <!date^1795404000^{date_short_pretty} {time}|2026-11-23 03:20 UTC>: “the fix is out”',
    },
  ],
  'rollback-opened': [{ on: owned, event: opensModal('U9', when), onlyLooks: true }],
  'rollback-asked': [
    {
      on: owned,
      event: asksRollback('U9', when),
      before: {},
      after: { rollback: 'requested v42 → v41' },
      told: '<@U9> asked to roll back `crypto-watch-api-function`, v42 → v41. Each step shows in the message above.',
    },
  ],
  'remedy-opened': [
    {
      on: failing,
      event: {
        type: 'remedy-opened',
        at: when,
        by: 'U9',
        name: 'update-less-often',
        direction: 'apply',
        viewId: 'V1',
        hash: 'h1',
      },
      onlyLooks: true,
    },
  ],
  'remedy-asked': [
    {
      on: failing,
      event: asksRemedy('U9', when),
      before: {},
      after: { remedies: ['update-less-often asked'] },
      told: '<@U9> asked for a change. How often prices are fetched: every 5 min → every 10 min.',
    },
    {
      title: 'remedy-asked, to take it back',
      on: eased,
      event: asksUndo('U9', when),
      before: { remedies: ['update-less-often applied'] },
      after: { remedies: ['update-less-often applied undo-asked'] },
      told: '<@U9> asked to undo a change. How often prices are fetched: every 10 min → every 5 min.',
    },
  ],
  'key-opened': [
    {
      on: issued,
      event: opensKey('U9', when),
      before: { remedies: keys },
      after: { remedies: ['disable-key portfolio-widget applied', 'new-key portfolio-widget applied shown'] },
      told: {
        instead: 'show-key',
        because: 'whether the secret was seen is known to its performer only; the reply comes when it was',
      },
    },
  ],
  'customers-told': [
    {
      on: owned,
      event: tellsCustomers('U9', when, 'Prices may be late.'),
      before: {},
      after: { customersTold: 'Prices may be late.', customersToldAt: when },
      told: '<@U9> has told customers on the public status page. English: “Prices may be late.” Japanese: “お知らせです。”',
    },
    {
      title: 'customers-told, in place of what was told before',
      on: told,
      event: tellsCustomers('U9', when, 'It is over.'),
      before: { customersTold: 'We look into it.', customersToldAt: at('03:02') },
      after: { customersTold: 'It is over.', customersToldAt: when },
      told: '<@U9> has told customers on the public status page. English: “It is over.” Japanese: “お知らせです。”',
    },
  ],
  'escalation-asked': [
    {
      on: owned,
      event: escalates('U9', 2, when, 'customers call'),
      before: { level: 1 },
      after: { level: 2 },
      told: 'Escalated to the developers: <@U9> asked for it: “customers call”.',
    },
  ],
  'resolve-asked': [
    {
      on: owned,
      event: resolves('U9', when),
      before: { status: 'acknowledged' },
      after: { status: 'resolved' },
      told: '<@U9> resolved it.',
    },
  ],
  'postmortem-asked': [
    {
      on: over,
      event: asksPostmortem('U9', when),
      before: {},
      after: { postmortemAskedAt: when },
      told: { instead: 'post-draft', because: 'the draft itself comes into the thread, and says who asked for it' },
    },
  ],
  'action-item-added': [
    {
      on: drafted,
      event: addsAction('U9', when, { due: '2026-12-01' }),
      before: {},
      after: { actionItems: '0 of 1 done' },
      told: '<@U9> added an action item: cover it by a test (by 2026-12-01)',
    },
    {
      title: 'action-item-added, for somebody',
      on: withItem,
      event: addsAction('U9', when, { who: 'U4' }),
      before: { actionItems: '0 of 1 done' },
      after: { actionItems: '0 of 2 done' },
      told: '<@U4> <@U9> gave you an action item: cover it by a test',
    },
  ],
  'action-item-ticked': [
    {
      on: withItem,
      event: ticksAction('U9', 'V1', when),
      before: { actionItems: '0 of 1 done' },
      after: { actionItems: '1 of 1 done' },
      told: '✓ <@U9> marked this action item as done: cover it by a test',
    },
    {
      title: 'action-item-ticked, not done after all',
      on: doneItem,
      event: ticksAction('U9', 'V1', when, false),
      before: { actionItems: '1 of 1 done' },
      after: { actionItems: '0 of 1 done' },
      told: '<@U9> says that this action item is not done yet: cover it by a test',
    },
  ],
}

const rows = Object.entries(deeds).flatMap(([type, list]) => list.map((row) => ({ title: type, ...row })))
const acts = rows.filter((row) => !('onlyLooks' in row)) as (Deed & { title: string })[]
const repliesOf = (effects: readonly Effect[], incident: Incident) =>
  bothLooks.map((look) =>
    effects.flatMap((effect) => (effect.kind === 'reply' ? [threadReply(effect.say, incident, look).text] : [])),
  )

describe('whatever a person does', () => {
  it.each(acts)('is on record with before and after: $title', ({ on, event, before, after }) => {
    const done = later(on, event)
    expect(done.actions).toHaveLength((on.actions?.length ?? 0) + 1)
    expect(done.actions?.at(-1)).toMatchObject({ at: event.at, by: 'U9', did: event.type })
    expect(done.actions?.at(-1)).toEqual(expect.objectContaining({ before, after }))
  })

  it.each(acts)('is told in the thread, in both languages: $title', ({ on, event, told }) => {
    const done = later(on, event)
    const effects = effectsOf(on, event)
    const [english = [], japanese = []] = repliesOf(effects, done)
    if (typeof told !== 'string') {
      expect(effects.map(({ kind }) => kind)).toContain(told.instead)
      expect(english).toEqual([])
      return
    }
    expect(english).toEqual([told])
    expect(japanese).toHaveLength(1)
    expect(japanese[0]).toContain('<@U9>')
    expect(japanese[0]).toMatch(/[ぁ-ん]/)
  })

  it.each(acts)('is done once: the same press again says nothing more: $title', ({ on, event }) => {
    expect(decide(later(on, event), event)).toMatchObject({ ignored: true })
  })
})

it.each(rows.filter((row) => 'onlyLooks' in row))('who only looks leaves no trace: $title', ({ on, event }) => {
  expect(later(on, event).actions).toEqual(on.actions)
  expect(repliesOf(effectsOf(on, event), on)).toEqual([[], []])
})

describe('what comes in place of a reply says who it was', () => {
  it('a report that opens an incident, by the message itself', () => {
    const event = reported(at('03:00'), { by: 'U9' })
    const opened = play(event)
    expect(opened.actions).toMatchObject([{ by: 'U9', did: 'reported', after: { status: 'acknowledged', reports: 1 } }])
    expect(effectsOf(undefined, event).map(({ kind }) => kind)).toContain('show')
    for (const look of bothLooks) expect(textsOf(rootMessage(opened, look)).join()).toContain('<@U9>')
  })

  it('the draft of a postmortem', () => {
    const asked = later(over, asksPostmortem('U9', when))
    for (const look of bothLooks) {
      const [first] = draftMessages(asked, look, new Map())
      expect(first && textsOf(first).join()).toContain('<@U9>')
    }
  })

  it('a new key, when it was seen; and that it was not seen is on record too', () => {
    const opened = later(issued, opensKey('U9', when))
    const answered = (isShown: boolean): Step =>
      reports('show-key', { is: 'key-shown', shown: isShown }, at('03:14:02'))
    const [english, japanese] = repliesOf(effectsOf(opened, answered(true)), opened)
    expect(english).toEqual(['The new key `portfolio-widget-new-1` was shown to <@U9>, once. Nobody can see it again.'])
    expect(japanese?.[0]).toContain('<@U9>')
    expect(later(opened, answered(false)).actions?.at(-1)).toMatchObject({ by: 'aws', after: { remedies: keys } })
  })
})
