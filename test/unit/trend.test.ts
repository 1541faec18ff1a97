import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { courseOf } from '../../bot/incident/trend.ts'
import { later } from '../support/builders.ts'

const seriesOf = (...values: number[]) => ({
  alarm: 'LambdaErrorAlarm',
  minutesEach: 2,
  points: values.map((value, index) => ({ at: later(index * 2), value })),
})

describe('the course of a measure', () => {
  it.each([
    ['rising', [0, 0, 0, 0, 0, 0, 3, 8, 9]],
    ['falling', [9, 9, 8, 9, 8, 9, 2, 0, 0]],
    // The limit is 5: a tenth of it is noise.
    ['steady', [4, 4.2, 4.1, 4.3, 4, 4.1, 4.3, 4.4, 4.2]],
    ['steady', [0, 0, 0]],
  ] as const)('is %s for %j', (trend, values) => {
    expect(courseOf(seriesOf(...values), 5)?.trend).toBe(trend)
  })

  it('tells where it began, where it stands and its peak', () => {
    expect(courseOf(seriesOf(1, 12, 7, 8), 5)).toMatchObject({
      first: 1,
      last: 8,
      highest: { at: later(2), value: 12 },
    })
  })

  it('is not told from one or two points', () => {
    expect(courseOf(seriesOf(), 5)).toBeUndefined()
    expect(courseOf(seriesOf(1, 9), 5)).toBeUndefined()
  })

  it('never lies about the ends, and a series turned around trends the other way', () => {
    const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 6, maxLength: 20 })
    const opposite = { rising: 'falling', falling: 'rising', steady: 'steady' } as const
    fc.assert(
      fc.property(values, (all) => {
        const course = courseOf(seriesOf(...all), 5)
        expect(course).toMatchObject({ first: all[0], last: all.at(-1), highest: { value: Math.max(...all) } })
        if (all.length % 3 !== 0) return
        const twoThirds = all.slice(all.length / 3)
        const turned = courseOf(seriesOf(...all.slice(0, all.length / 3), ...twoThirds.toReversed()), 5)
        expect(turned?.trend).toBe(course && opposite[course.trend])
      }),
    )
  })
})
