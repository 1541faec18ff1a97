import { describe, expect, it } from 'vitest'
import {
  acknowledges,
  asksRollback,
  at,
  because,
  effectsOf,
  escalates,
  fires,
  happenings,
  holds,
  later,
  minute,
  play,
  resolves,
  takesOver,
} from '../support/incident-builders.ts'
import { approvesMaintenance, isLifted, isTurnedOn } from '../support/maintenance-builders.ts'
import { asksUndo, remedyReports } from '../support/remedy-builders.ts'

const critical = { severity: 'Critical' } as const
/** Critical since 03:00, not in the list: only its response time counts, which ends at 03:15. */
const open = play(fires('Unlisted', at('03:00'), critical))

describe('a hold keeps an incident from going up for 15 minutes', () => {
  const held = later(open, holds('U1', at('03:10')))

  it('level 2, which was due at 03:15, is due at 03:25, and comes then', () => {
    expect(held.escalation.next).toEqual({ due: at('03:25'), level: 2, why: 'not-acknowledged' })
    expect(later(held, minute(at('03:24:59'))).escalation.level).toBe(1)
    expect(later(held, minute(at('03:25'))).escalation).toMatchObject({ level: 2, since: at('03:25') })
  })

  it('level 3, which was due an hour after level 2, waits too', () => {
    const second = later(open, minute(at('03:15')), holds('U1', at('04:10')))
    expect(second.escalation.next).toEqual({ due: at('04:25'), level: 3, why: 'level-2-lasts' })
    expect(later(second, minute(at('04:24:59'))).escalation.level).toBe(2)
    expect(later(second, minute(at('04:25'))).escalation.level).toBe(3)
  })

  it('is shown and told with its reason', () => {
    const say = { say: 'held', by: 'U1', until: at('03:25'), reason: 'the fix is on its way' }
    expect(effectsOf(open, holds('U1', at('03:10')))).toEqual([{ kind: 'show' }, { kind: 'reply', say }])
    expect(held.timeline.at(-1)).toMatchObject({ what: 'held', by: 'U1', about: 'the fix is on its way' })
  })

  it('a person escalates all the same', () => {
    expect(later(held, escalates('U2', 2, at('03:11'))).escalation.level).toBe(2)
  })

  it('acknowledged under a hold, nothing is due when it ends', () => {
    expect(later(held, acknowledges('U2', at('03:20')), minute(at('03:25'))).escalation.level).toBe(1)
  })

  it('a second one counts from its own time', () => {
    const again = later(held, holds('U1', at('03:20')))
    expect(again.escalation.next).toMatchObject({ due: at('03:35') })
    expect(happenings(again).filter((what) => what === 'held')).toHaveLength(1)
    expect(again.timeline.find(({ what }) => what === 'held')).toMatchObject({ times: 2, last: at('03:20') })
  })

  it.each([
    ['told twice', held, holds('U1', at('03:11'), 'again', at('03:10')), 'ignored: already-done'],
    ['after the end', later(open, resolves('U1', at('03:05'))), holds('U1', at('03:06')), 'ignored: already-resolved'],
    ['where nobody would be called so soon', open, holds('U1', at('03:00')), 'ignored: nothing-to-hold'],
    [
      'where nobody is called at all',
      later(open, acknowledges('U1', at('03:01'))),
      holds('U1', at('03:02')),
      'ignored: nothing-to-hold',
    ],
  ])('%s, it is none', (_what, incident, event, why) => {
    expect(because(incident, event)).toBe(why)
  })
})

describe('management is asked', () => {
  const third = later(open, minute(at('03:15')), minute(at('04:15')))
  const asksAgain = (incident = third, when: string) =>
    happenings(later(incident, minute(when))).includes('asked-again')

  it('once more a quarter of an hour later, under every card, and never a third time', () => {
    const known = later(third, (incident) => ({
      type: 'effect-done',
      at: at('04:15:05'),
      effect: incident.pending.find(({ effect }) => effect.kind === 'find-managers')?.id ?? '',
      outcome: { is: 'people', users: ['UDAN', 'UEVE'] },
    }))
    expect(known.cards?.map(({ id }) => id)).toEqual([
      'announcement',
      'developers',
      'managers',
      'managers/UDAN',
      'managers/UEVE',
    ])
    expect(asksAgain(known, at('04:29:59'))).toBe(false)
    const again = effectsOf(known, minute(at('04:30'))).filter(({ kind }) => kind === 'ask-again')
    expect(again).toEqual(['managers', 'managers/UDAN', 'managers/UEVE'].map((card) => ({ kind: 'ask-again', card })))
    const twice = later(known, minute(at('04:30')))
    expect(effectsOf(twice, minute(at('06:00'))).map(({ kind }) => kind)).not.toContain('ask-again')
  })

  it('not while a hold lasts: held at 04:29, asked again at 04:44', () => {
    const held = later(third, holds('UDAN', at('04:29')))
    expect(asksAgain(held, at('04:43:59'))).toBe(false)
    expect(asksAgain(held, at('04:44'))).toBe(true)
  })

  it('not when somebody has taken it over', () => {
    expect(asksAgain(later(third, takesOver('UDAN', at('04:20'))), at('04:30'))).toBe(false)
  })

  it('not when somebody has asked for a rollback, and so has taken it', () => {
    const api = play(fires('LambdaErrorAlarm', at('03:00')), escalates('U1', 3, at('03:01')))
    expect(asksAgain(api, at('03:16'))).toBe(true)
    expect(asksAgain(later(api, asksRollback('U2', at('03:10'))), at('03:16'))).toBe(false)
  })

  it('not when maintenance mode was approved, also after it was lifted', () => {
    const api = play(fires('LambdaErrorAlarm', at('03:00')), escalates('U1', 3, at('03:01')))
    const stopped = later(api, approvesMaintenance('UDAN', at('03:10')), isTurnedOn(at('03:10:05')))
    const lifted = later(stopped, asksUndo('UDAN', at('03:40'), 'maintenance-mode'), isLifted(at('03:40:05')))
    expect(asksAgain(lifted, at('03:41'))).toBe(false)
  })

  it('once more when what was approved could not be turned on', () => {
    const api = play(fires('LambdaErrorAlarm', at('03:00')), escalates('U1', 3, at('03:01')))
    const refused = { is: 'refused', why: 'aws-refused' } as const
    const failed = later(
      api,
      approvesMaintenance('UDAN', at('03:10')),
      remedyReports('apply-remedy', refused, at('03:10:05')),
    )
    expect(asksAgain(failed, at('03:16'))).toBe(true)
  })

  it('not when it is over', () => {
    expect(asksAgain(later(third, resolves('U1', at('04:20'))), at('04:30'))).toBe(false)
  })

  it('once more when it comes back', () => {
    const back = later(
      third,
      minute(at('04:30')),
      resolves('U1', at('04:40')),
      fires('Unlisted', at('04:50'), critical),
    )
    expect(back.escalation.level).toBe(3)
    expect(later(back, minute(at('05:04:59'))).escalation.askedAgainAt).toBe(at('04:30'))
    expect(later(back, minute(at('05:05'))).escalation.askedAgainAt).toBe(at('05:05'))
  })
})

describe('taking over', () => {
  it('makes the person the owner, at any level, and names who had it', () => {
    const taken = later(open, acknowledges('U1', at('03:01')), takesOver('U2', at('03:02')))
    expect(taken).toMatchObject({ owner: { user: 'U2', at: at('03:02') }, status: 'acknowledged' })
    expect(effectsOf(later(open, acknowledges('U1', at('03:01'))), takesOver('U2', at('03:02')))).toEqual([
      { kind: 'show' },
      { kind: 'reply', say: { say: 'taken-over', by: 'U2', from: 'U1' } },
    ])
  })

  it('at 14:59 of 15 minutes keeps level 2 away', () => {
    expect(later(open, takesOver('U1', at('03:14:59')), minute(at('03:15'))).escalation.level).toBe(1)
  })

  it('of what one has, or of what is over, is none', () => {
    expect(because(later(open, takesOver('U1', at('03:01'))), takesOver('U1', at('03:02')))).toBe(
      'ignored: already-yours',
    )
    expect(because(later(open, resolves('U1', at('03:01'))), takesOver('U2', at('03:02')))).toBe(
      'ignored: already-resolved',
    )
  })
})
