import { describe, expect, it } from 'vitest'
import { type Entry, type TimelineEntry, withEntry } from '../../bot/incident/timeline.ts'
import { at } from '../support/incident-builders.ts'

const timelineOf = (...entries: Entry[]): TimelineEntry[] => entries.reduce<TimelineEntry[]>(withEntry, [])
const fired = (about: string, clock: string): Entry => ({ at: at(clock), what: 'alarm-fired', about })
const numbered = (count: number) =>
  Array.from({ length: count }, (_, n): Entry => ({ at: at('03:00'), what: 'alarm-fired', about: `a${n}` }))

describe('the timeline', () => {
  it('counts a repeat and keeps when it was first and last', () => {
    expect(timelineOf(fired('a', '03:00'), fired('a', '03:05'), fired('a', '03:09'))).toEqual([
      { at: at('03:00'), what: 'alarm-fired', about: 'a', times: 3, last: at('03:09') },
    ])
  })

  it.each<[string, Entry[], number]>([
    [
      'flapping: firing and clearing fold side by side',
      [fired('a', '03:00'), { at: at('03:01'), what: 'alarm-cleared', about: 'a' }, fired('a', '03:02')],
      2,
    ],
    ['another alarm is another entry', [fired('a', '03:00'), fired('b', '03:01')], 2],
    [
      'another person is another entry',
      [
        { at: at('03:00'), what: 'escalated', by: 'U1' },
        { at: at('03:01'), what: 'escalated', by: 'U2' },
      ],
      2,
    ],
    [
      'a repeat after three others still folds',
      [fired('a', '03:00'), fired('b', '03:01'), fired('c', '03:02'), fired('d', '03:03'), fired('a', '03:04')],
      4,
    ],
    ['a repeat after four others is told again', [fired('a', '03:00'), ...numbered(4), fired('a', '03:04')], 6],
  ])('%s', (_title, entries, length) => {
    expect(timelineOf(...entries)).toHaveLength(length)
  })

  it('clips what an entry is about, and folds by what is left', () => {
    const long = timelineOf(fired('x'.repeat(5000), '03:00'), fired(`${'x'.repeat(5000)}y`, '03:01'))
    expect(long).toEqual([
      { at: at('03:00'), what: 'alarm-fired', about: 'x'.repeat(120), times: 2, last: at('03:01') },
    ])
  })

  it('keeps the beginning and the end of a long story', () => {
    expect(timelineOf(...numbered(50)).map(({ about }) => about)).toHaveLength(50)
    const long = timelineOf(...numbered(250)).map(({ about }) => about)
    expect(long).toHaveLength(50)
    expect([long[0], long[19], long[20], long[49]]).toEqual(['a0', 'a19', 'a220', 'a249'])
  })
})
