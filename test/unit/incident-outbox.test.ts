import { describe, expect, it } from 'vitest'
import { claim, handOver, unclaim } from '../../bot/incident/outbox.ts'
import { acknowledges, at, fires, later, play } from '../support/incident-builders.ts'

const open = play(fires('LambdaErrorAlarm', at('03:00')))
const ids = (handed: ReturnType<typeof handOver>) => handed.due.map(({ id, attempt }) => `${id}:${attempt}`)

describe('effects are handed to their queues', () => {
  it('new ones at once, with the attempt and the time in the record', () => {
    const handed = handOver(open, at('03:00:01'))
    expect(ids(handed)).toEqual(['1:1', '2:1', '3:1'])
    expect(handed.record.pending.map(({ handedAt }) => handedAt)).toEqual([1, 2, 3].map(() => at('03:00:01')))
  })

  it('nothing due leaves the incident the very same', () => {
    const { record: incident } = handOver(open, at('03:00:01'))
    expect(handOver(incident, at('03:00:30'))).toEqual({ record: incident, due: [] })
    expect(handOver(incident, at('03:00:30')).record).toBe(incident)
  })

  it('only what is new when something is added', () => {
    const { record: incident } = handOver(open, at('03:00:01'))
    expect(ids(handOver(later(incident, acknowledges('U1', at('03:00:10'))), at('03:00:10')))).toEqual(['4:1'])
  })

  it.each([
    ['after the first try a minute, as the next sweep finds it', 1, at('03:00:55'), at('03:01:00')],
    ['after the second two', 2, at('03:01:55'), at('03:02:00')],
    ['after the third four', 3, at('03:03:55'), at('03:04:00')],
    ['after the fourth eight', 4, at('03:07:55'), at('03:08:00')],
    ['after the fifth a quarter of an hour', 5, at('03:14:55'), at('03:15:00')],
    ['and never longer', 50, at('03:14:55'), at('03:15:00')],
  ])('a performer is waited for: %s', (_title, attempt, tooSoon, due) => {
    const waiting = { id: '7', effect: { kind: 'show' } as const, attempt, handedAt: at('03:00') }
    const incident = { ...open, pending: [waiting] }
    expect(ids(handOver(incident, tooSoon))).toEqual([])
    expect(ids(handOver(incident, due))).toEqual([`7:${attempt + 1}`])
  })

  it('not while somebody holds a claim on it', () => {
    const lease = { by: 'a', at: at('03:09:50'), until: at('03:10:20') }
    const waiting = { id: '7', effect: { kind: 'show' } as const, attempt: 1, handedAt: at('03:00'), claim: lease }
    const incident = { ...open, pending: [waiting] }
    expect(ids(handOver(incident, at('03:10:19')))).toEqual([])
    expect(ids(handOver(incident, at('03:10:20')))).toEqual(['7:2'])
  })

  it('one whose handing over was never written down', () => {
    const incident = { ...open, pending: [{ id: '7', effect: { kind: 'show' } as const, attempt: 3 }] }
    expect(ids(handOver(incident, at('03:00')))).toEqual(['7:4'])
  })
})

describe('a claim', () => {
  const first = claim(open, '1', 'a', at('03:00'))
  const claimed = first.is === 'claimed' ? first.record : open

  it('is a lease of half a minute on one effect', () => {
    expect(first).toMatchObject({ is: 'claimed', earlier: false })
    expect(claimed.pending).toEqual([
      {
        id: '1',
        effect: { kind: 'show' },
        attempt: 0,
        madeAt: at('03:00'),
        claim: { by: 'a', at: at('03:00'), until: at('03:00:30') },
      },
      { id: '2', effect: { kind: 'read-evidence' }, attempt: 0, madeAt: at('03:00') },
      { id: '3', effect: { kind: 'show-card', card: 'announcement' }, attempt: 0, madeAt: at('03:00') },
    ])
  })

  it.each([
    ['a second one while it holds is refused', '1', at('03:00:29'), { is: 'taken', until: at('03:00:30') }],
    ['after it ran out, the next knows that somebody began', '1', at('03:00:30'), { is: 'claimed', earlier: true }],
    ['another effect is free', '2', at('03:00:01'), { is: 'claimed', earlier: false }],
    ['an effect that is done needs none', '99', at('03:00:01'), { is: 'already-done' }],
  ])('%s', (_title, effect, now, expected) => {
    expect(claim(claimed, effect, 'b', now)).toMatchObject(expected)
  })

  it('of a second try remembers when the first began, since a lost message is looked for from then', () => {
    const second = claim(claimed, '1', 'b', at('03:01'))
    expect(second.is === 'claimed' && second.record.pending[0]?.claim).toEqual({
      by: 'b',
      at: at('03:00'),
      until: at('03:01:30'),
    })
  })

  it('given back is as if it had never been', () => {
    expect(unclaim(claimed, '1')).toEqual(open)
    expect(unclaim(claimed, '2')).toEqual(claimed)
  })
})
