import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Bulletin, isLiveBulletin } from '../../bot/bulletin/bulletin.ts'
import { decideBulletin } from '../../bot/bulletin/decide.ts'
import type { BulletinEvent } from '../../bot/bulletin/event.ts'
import { bulletinMessage } from '../../bot/message/bulletin-message.ts'
import { plus } from '../../common/time.ts'
import { aLook } from '../support/builders.ts'
import { announces, found, minutePasses, reads, shows, tell, waitingIn } from '../support/bulletin-builders.ts'
import { at } from '../support/incident-builders.ts'

const begun = tell(undefined, announces('START', at('03:00')))
const ended = { status: 'succeeded', endedAt: at('03:05') } as const
const undo = { deployment: 'd-43', status: 'started', startedAt: at('03:04') } as const
const because = (bulletin: Bulletin | undefined, event: BulletinEvent) => decideBulletin(bulletin, event).because

const incident = (change: object = {}): BulletinEvent => ({
  type: 'incident-told',
  at: at('03:12'),
  role: 'api',
  deployment: 'd-42',
  incident: { id: 'api-1', service: 'api' },
  ...change,
})
const takenBack = { by: 'U1', from: '42', to: '41', at: at('03:11'), outcome: 'verifying' } as const

describe('a deployment that begins', () => {
  it('is looked at before anything is posted: it may be one that undoes another', () => {
    expect(begun).toMatchObject({
      id: 'deployment-d-42',
      channel: 'deploys',
      facts: { status: 'started', asked: false },
    })
    expect(waitingIn(begun)).toEqual(['read-deployment'])
  })

  it('is posted when it was looked at, and looked at again each minute', () => {
    const seen = tell(begun, reads(found(), at('03:00')))
    expect(waitingIn(seen)).toEqual(['show'])
    const shown = tell(seen, shows(at('03:00')))
    expect(shown).toMatchObject({ message: { channel: 'C1', ts: '1.1' }, drawn: shown.look })
    expect([waitingIn(shown), isLiveBulletin(shown)]).toEqual([[], true])
    expect(waitingIn(tell(shown, minutePasses(at('03:01'))))).toEqual(['read-deployment'])
  })

  it('is drawn again only when there is something new to see', () => {
    const shown = tell(begun, reads(found(), at('03:00')), shows(at('03:00')), minutePasses(at('03:01')))
    expect(waitingIn(tell(shown, reads(found(), at('03:01'))))).toEqual([])
    expect(waitingIn(tell(shown, reads(found({ canaryPercent: 10 }), at('03:01'))))).toEqual(['show'])
  })

  it('told while its message is being drawn is drawn once more', () => {
    const seen = tell(begun, reads(found(), at('03:00')), announces('SUCCESS', at('03:05')))
    const stale = { ...tell(seen, reads(found(ended), at('03:05'))) }
    const effect = stale.pending.find(({ effect: { kind } }) => kind === 'show')?.id ?? ''
    const event: BulletinEvent = {
      type: 'effect-done',
      at: at('03:05'),
      effect,
      outcome: { is: 'shown', channel: 'C1', ts: '1.1', look: stale.look - 1 },
    }
    expect(waitingIn(tell(stale, event))).toEqual(['show'])
  })
})

describe('a deployment that ends', () => {
  it.each([
    ['well: at once, when how it ended has been read', { ...ended }, true],
    ['stopped: not yet, as CodeDeploy may begin to undo it', { status: 'stopped', endedAt: at('03:05') }, false],
    ['stopped and being undone: not yet', { status: 'stopped', endedAt: at('03:05'), undoneBy: undo }, false],
    [
      'stopped and undone',
      { status: 'stopped', endedAt: at('03:05'), undoneBy: { ...undo, status: 'succeeded', endedAt: at('03:05') } },
      true,
    ],
    [
      'and its undoing fails',
      { status: 'failed', endedAt: at('03:05'), undoneBy: { ...undo, status: 'failed', endedAt: at('03:05') } },
      true,
    ],
    ['as one that undoes another', { status: 'succeeded', endedAt: at('03:05'), undoes: 'd-41' }, true],
  ] as const)('%s', (_title, seen, isOver) => {
    const told = tell(begun, reads(found(seen), at('03:05')))
    expect(told.endedAt).toBe(isOver ? at('03:05') : undefined)
    // 120 days after 2026-11-23T03:05:00Z.
    expect(told.expires).toBe(isOver ? 1_805_771_100 : undefined)
  })

  it('without being undone is over ten minutes later', () => {
    const stopped = tell(begun, reads(found({ status: 'stopped', endedAt: at('03:05') }), at('03:05')))
    expect(tell(stopped, minutePasses(at('03:15'))).endedAt).toBeUndefined()
    expect(tell(stopped, minutePasses(at('03:15:01'))).endedAt).toBe(at('03:05'))
  })

  it('is not forgotten when CodeDeploy still answers that it runs', () => {
    const told = tell(begun, reads(found(), at('03:00')), announces('SUCCESS', at('03:05')))
    const stale = tell(told, reads(found(), at('03:05')))
    expect(stale).toMatchObject({ facts: { status: 'succeeded' } })
    expect(stale.endedAt).toBeUndefined()
    expect(waitingIn(tell(stale, minutePasses(at('03:06'))))).toContain('read-deployment')
  })

  it('is left by the sweep when its message is up, and comes back to it when an incident tells more', () => {
    const over = tell(begun, reads(found(ended), at('03:05')), shows(at('03:05')))
    expect(isLiveBulletin(over)).toBe(false)
    const told = tell(over, incident({ takenBack }))
    expect([isLiveBulletin(told), waitingIn(told)]).toEqual([true, ['show']])
    expect(isLiveBulletin(tell(told, shows(at('03:12'))))).toBe(false)
  })
})

describe('one that undoes another', () => {
  it('has no message of its own', () => {
    const undoing = tell(begun, reads(found({ undoes: 'd-41' }), at('03:00')))
    expect(waitingIn(undoing)).toEqual([])
    expect(waitingIn(tell(undoing, minutePasses(at('03:01'))))).toEqual(['read-deployment'])
  })
})

describe('what nobody can say', () => {
  it('CodeDeploy does not know it: nothing is posted, and it is over', () => {
    const gone = tell(begun, reads({ is: 'absent' }, at('03:00')))
    expect([waitingIn(gone), isLiveBulletin(gone)]).toEqual([[], false])
  })

  it('CodeDeploy knows it after all', () => {
    const back = tell(
      begun,
      reads({ is: 'absent' }, at('03:00')),
      announces('SUCCESS', at('03:05')),
      reads(found(ended), at('03:05')),
    )
    expect(back.facts).not.toHaveProperty('lost')
    expect(waitingIn(back)).toEqual(['show'])
  })

  it('how it ended, after three days', () => {
    const running = tell(begun, reads(found(), at('03:00')), shows(at('03:00')))
    const late = tell(running, minutePasses(plus(at('03:00'), 3 * 24 * 3_600_000 + 1)))
    expect(late).toMatchObject({ facts: { lost: true } })
    expect(waitingIn(late)).toEqual(['show'])
    expect(isLiveBulletin(tell(late, shows(at('03:00'))))).toBe(false)
  })

  it('a message that Slack never took is given up a day after the end', () => {
    const over = tell(begun, reads(found(ended), at('03:05')))
    const day = plus(at('03:05'), 24 * 3_600_000)
    expect(waitingIn(tell(over, minutePasses(day)))).toEqual(['show'])
    expect(isLiveBulletin(tell(over, minutePasses(plus(day, 1))))).toBe(false)
  })
})

describe('an incident', () => {
  it('that tells the same again changes nothing', () => {
    const told = tell(undefined, incident({ takenBack }))
    expect(because(told, incident({ takenBack }))).toBe('already-known')
  })

  it('opens the message of a deployment that no event announced', () => {
    expect(waitingIn(tell(undefined, incident()))).toEqual(['read-deployment'])
  })

  it('with a rollback comes before one without, whichever told first', () => {
    const other = { incident: { id: 'updater-1', service: 'updater' } }
    for (const events of [
      [incident({ takenBack }), incident(other)],
      [incident(other), incident({ takenBack })],
    ])
      expect(tell(undefined, ...events).facts).toMatchObject({ incident: { id: 'api-1' }, takenBack })
  })

  it('the outcome of its rollback is not forgotten by what was told before', () => {
    const helped = { ...takenBack, outcome: 'helped' as const }
    const told = tell(undefined, incident({ takenBack: helped }), incident({ takenBack }))
    expect(told.facts).toMatchObject({ takenBack: { outcome: 'helped' } })
  })
})

describe('what is not there, or done', () => {
  it.each<[string, Bulletin | undefined, BulletinEvent, string]>([
    ['a minute of no bulletin', undefined, minutePasses(at('03:00')), 'no-such-bulletin'],
    ['an event that is known', begun, announces('START', at('03:01')), 'already-known'],
    [
      'an event that came late',
      tell(begun, announces('STOP', at('03:02'))),
      announces('START', at('03:03')),
      'already-known',
    ],
    [
      'an effect that is struck off',
      begun,
      { type: 'effect-done', at: at('03:01'), effect: '9', outcome: { is: 'done' } },
      'already-done',
    ],
  ])('%s changes nothing', (_title, bulletin, event, reason) => {
    expect(decideBulletin(bulletin, event)).toEqual({ because: reason, ignored: true })
  })
})

it('any order and repetition of events and readings ends in the same message', () => {
  const end = { status: 'stopped', endedAt: at('03:03'), error: { code: 'ALARM_ACTIVE', message: '<A>' } } as const
  const readings = [
    found(),
    found({ canaryPercent: 10 }),
    found(end),
    found({ ...end, undoneBy: undo }),
    found({ ...end, undoneBy: { ...undo, status: 'succeeded', endedAt: at('03:04') } }),
  ]
  const helped = { ...takenBack, outcome: 'helped' as const }
  const message = { channel: 'C2', ts: '2.2' }
  const events = [
    announces('START', at('03:00')),
    announces('STOP', at('03:03')),
    announces(undefined, at('03:04')),
    announces('READY', at('03:01')),
    incident({ takenBack, incident: { id: 'api-1', service: 'api', message } }),
    incident({ takenBack: helped, incident: { id: 'api-1', service: 'api', message } }),
    incident({ incident: { id: 'updater-1', service: 'updater' } }),
    minutePasses(at('03:04')),
  ]
  /** A reading arrives as the answer of whatever look is waiting; one is asked for where none is. */
  const steps = [
    ...events.map((event) => [event]),
    ...readings.map((r) => [announces(undefined, at('03:04')), reads(r, at('03:04'))]),
  ]
  const all = [...steps, ...steps]
  const shuffled = fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })
  const drawn = (order: typeof steps) => {
    const bulletin = tell(undefined, announces('READY', at('03:00')), ...order.flat())
    expect(Bulletin.safeParse(bulletin).error).toBeUndefined()
    return bulletinMessage(bulletin, aLook(), new Map())
  }
  const expected = JSON.stringify(drawn(steps))
  expect(expected).toContain('rolled back')
  expect(expected).toContain('it helped')
  expect(expected).toContain('Rolled back automatically to v41, by `d-43`')
  fc.assert(
    fc.property(shuffled, (order) => JSON.stringify(drawn(order)) === expected),
    { numRuns: 500 },
  )
})
