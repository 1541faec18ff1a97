import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isDue } from '../../updater/is-due.ts'

/** The calls of an hour that are due, by their minutes. */
const dueMinutes = (everyMinutes: number, secondsLate = 0): number[] =>
  [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55].filter((minute) =>
    isDue(new Date(Date.UTC(2026, 10, 23, 3, minute, secondsLate)), everyMinutes),
  )

it.each([
  [5, [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55]],
  [10, [0, 10, 20, 30, 40, 50]],
  [15, [0, 15, 30, 45]],
  [20, [0, 20, 40]],
  [30, [0, 30]],
])('every %i minutes', (everyMinutes, minutes) => {
  expect(dueMinutes(everyMinutes)).toEqual(minutes)
})

it('a schedule that is late by some minutes changes nothing', () => {
  expect(dueMinutes(10, 299)).toEqual([0, 10, 20, 30, 40, 50])
})

it.each([5, 7, 7.5, 12, 25, 29.9])(
  'at %d minutes there are as many updates as there should be, over a day',
  (every) => {
    const calls = Array.from({ length: 288 }, (_, index) => new Date(Date.UTC(2026, 10, 23) + index * 300_000))
    const due = calls.filter((call) => isDue(call, every)).length
    expect(Math.abs(due - (24 * 60) / every)).toBeLessThanOrEqual(1)
  },
)

it('between two updates never lie more than the interval and one slot', () => {
  fc.assert(
    fc.property(fc.integer({ min: 5, max: 30 }), fc.integer({ min: 0, max: 100_000 }), (every, slot) => {
      const start = Date.UTC(2026, 10, 23) + slot * 300_000
      const calls = Array.from({ length: Math.ceil(every / 5) + 1 }, (_, index) => new Date(start + index * 300_000))
      expect(calls.some((call) => isDue(call, every))).toBe(true)
    }),
  )
})
