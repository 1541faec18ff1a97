import { describe, expect, it } from 'vitest'
import type { Incident } from '../../bot/incident/incident.ts'
import { hasDraft, mostActions } from '../../bot/incident/postmortem.ts'
import {
  acknowledges,
  addsAction,
  asksPostmortem,
  at,
  because,
  clears,
  effectsOf,
  fires,
  happenings,
  later,
  minute,
  play,
  reports,
  resolves,
  ticksAction,
} from '../support/incident-builders.ts'

const open = play(fires('LambdaErrorAlarm', at('03:00')), acknowledges('U1', at('03:01')))
const over = later(open, clears('LambdaErrorAlarm', at('03:05')), resolves('U1', at('03:06')))
const asked = later(over, asksPostmortem('U2', at('03:10')))
const posted = (part: number, parts: number, when: string) =>
  reports('post-draft', { is: 'draft-posted', part, parts }, when)
const drafted = later(asked, posted(1, 1, at('03:11')))
const press = 'V1'
const withItem = later(drafted, addsAction('U2', at('03:12'), { press, who: 'U3', due: '2026-12-01' }))
const draftsPending = ({ pending }: Incident) =>
  pending.flatMap(({ effect }) => (effect.kind === 'post-draft' ? [effect.part] : []))

describe('a postmortem is asked for', () => {
  it('after the end: the draft follows, the root message loses the button, and the record is archived again', () => {
    const known: Incident = { ...over, archived: true, pending: [] }
    expect(effectsOf(known, asksPostmortem('U2', at('03:10')))).toEqual([
      { kind: 'post-draft', part: 1 },
      { kind: 'show' },
      { kind: 'archive' },
    ])
    const next = later(known, asksPostmortem('U2', at('03:10')))
    expect(next).toMatchObject({ postmortem: { at: at('03:10'), by: 'U2', actions: [] }, archived: false })
    expect(next.timeline.at(-1)).toMatchObject({ what: 'postmortem-asked', by: 'U2', from: 'resolved' })
  })

  it('not before, and the reason has a name', () => {
    expect(because(open, asksPostmortem('U2', at('03:02')))).toBe('ignored: not-over-yet')
    expect(because(open, addsAction('U2', at('03:02')))).toBe('ignored: not-over-yet')
    expect(because(undefined, asksPostmortem('U2', at('03:02')))).toBe('ignored: nothing-open')
  })

  it('once: whoever presses second is told so', () => {
    expect(because(asked, asksPostmortem('U2', at('03:10')))).toBe('ignored: postmortem-there')
    expect(because(asked, asksPostmortem('U3', at('03:11')))).toBe('ignored: postmortem-there')
  })

  it('it waits for nothing when the archive is already on its way', () => {
    expect(asked.pending.filter(({ effect }) => effect.kind === 'archive')).toHaveLength(1)
  })
})

describe('the draft has as many parts as whoever draws it finds', () => {
  it('each is asked for when the one before is up, and below the last stand the action items', () => {
    expect(draftsPending(asked)).toEqual([1])
    const first = later(asked, posted(1, 3, at('03:11')))
    expect(draftsPending(first)).toEqual([2])
    const last = later(first, posted(2, 3, at('03:12')), posted(3, 3, at('03:13')))
    expect(draftsPending(last)).toEqual([])
    const card = { kind: 'show-card', card: 'actions' }
    expect(first.pending.map(({ effect }) => effect)).not.toContainEqual(card)
    expect(last.pending.map(({ effect }) => effect)).toContainEqual(card)
  })

  it('what is told twice asks for nothing more', () => {
    const step = posted(1, 3, at('03:11'))
    const event = typeof step === 'function' ? step(asked) : step
    expect(because(later(asked, event), event)).toBe('ignored: already-done')
  })

  it('a draft that Slack will not take leaves the action items', () => {
    const refused = later(asked, reports('post-draft', { is: 'undeliverable', why: 'msg_too_long' }, at('03:11')))
    expect(refused.cards?.at(-1)).toMatchObject({ id: 'actions', kind: 'actions' })
    expect(refused.timeline.at(-1)).toMatchObject({ what: 'reply-left-out', about: 'msg_too_long' })
  })
})

describe('action items', () => {
  it('are added with who and by when; whoever has to do it is told, and the message is drawn again', () => {
    expect(withItem.postmortem?.actions).toEqual([
      { id: press, text: 'cover it by a test', who: 'U3', due: '2026-12-01', at: at('03:12'), by: 'U2' },
    ])
    const effects = withItem.pending.map(({ effect }) => effect)
    const say = { say: 'action-given', by: 'U2', who: 'U3', text: 'cover it by a test', due: '2026-12-01' }
    expect(effects).toContainEqual({ kind: 'reply', say })
    expect(effects).toContainEqual({ kind: 'show-card', card: 'actions' })
  })

  it('one without anybody wakes nobody: the thread tells who added it, and mentions nobody else', () => {
    expect(effectsOf(drafted, addsAction('U2', at('03:12')))).toEqual([
      { kind: 'reply', say: { say: 'action-item', is: 'added', by: 'U2', text: 'cover it by a test' } },
      { kind: 'archive' },
    ])
  })

  it('are done, and not done after all, by whoever says so', () => {
    const done = later(withItem, ticksAction('U3', press, at('03:20')))
    expect(done.postmortem?.actions[0]?.done).toEqual({ at: at('03:20'), by: 'U3' })
    const undone = later(done, ticksAction('U1', press, at('03:21'), false))
    expect(undone.postmortem?.actions[0]).not.toHaveProperty('done')
    expect(happenings(undone).slice(-3)).toEqual(['action-added', 'action-done', 'action-undone'])
  })

  it.each([
    ['the same submission again', withItem, addsAction('U2', at('03:12'), { press }), 'already-done'],
    [
      'done before the other pressed',
      later(withItem, ticksAction('U3', press, at('03:20'))),
      ticksAction('U1', press, at('03:21')),
      'already-done',
    ],
    ['undone before anybody did it', withItem, ticksAction('U1', press, at('03:21'), false), 'already-done'],
    ['of nothing on record', withItem, ticksAction('U1', 'V9', at('03:21')), 'no-such-action'],
    ['before the postmortem', over, addsAction('U2', at('03:12')), 'no-postmortem'],
    ['ticked before the postmortem', over, ticksAction('U2', press, at('03:12')), 'no-such-action'],
  ])('%s changes nothing', (_what, incident, event, why) => {
    expect(because(incident, event)).toBe(`ignored: ${why}`)
  })

  it(`are ${mostActions} at most, and no text is longer than its place`, () => {
    let full = drafted
    for (let n = 0; n < mostActions; n += 1)
      full = later(full, addsAction('U2', at('03:12'), { press: `V${n}`, text: 'x'.repeat(300), who: 'y'.repeat(90) }))
    expect(full.postmortem?.actions).toHaveLength(mostActions)
    expect(full.postmortem?.actions[0]).toMatchObject({ text: 'x'.repeat(200), who: 'y'.repeat(60) })
    expect(because(full, addsAction('U2', at('03:13')))).toBe('ignored: too-many-actions')
  })
})

describe('the incident comes back', () => {
  const back = later(later(asked, addsAction('U2', at('03:12'), { press })), fires('LambdaErrorAlarm', at('03:15')))

  it('what was asked for stays, and a draft that is not up yet is overtaken', () => {
    expect(back).toMatchObject({ status: 'acknowledged', reopened: 1, postmortem: { by: 'U2' } })
    expect(back.postmortem?.actions).toHaveLength(1)
    expect(draftsPending(back)).toEqual([])
    expect(because(back, asksPostmortem('U2', at('03:16')))).toBe('ignored: not-over-yet')
  })

  it('items are followed all the same, and it is the end that archives them', () => {
    const say = { say: 'action-item', is: 'done', by: 'U3', text: 'cover it by a test' }
    expect(effectsOf(back, ticksAction('U3', press, at('03:16')))).toEqual([{ kind: 'reply', say }])
    expect(later(back, ticksAction('U3', press, at('03:16'))).postmortem?.actions[0]?.done?.by).toBe('U3')
  })

  it('after the next end there is another draft to ask for, with the same items', () => {
    const again = later(back, clears('LambdaErrorAlarm', at('03:20')), minute(at('03:25')))
    expect(again.status).toBe('resolved')
    expect(hasDraft(again)).toBe(false)
    const second = later(again, asksPostmortem('U3', at('03:30')))
    expect(second.postmortem).toMatchObject({ by: 'U3', at: at('03:30'), actions: [{ id: press }] })
    expect(draftsPending(second)).toEqual([1])
  })
})
