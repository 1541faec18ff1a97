import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Incident } from '../../bot/incident/incident.ts'
import { fewAlarms, live, type Move, moves, unperformed } from '../support/incident-world.ts'

const manyAlarms = [...fewAlarms, ...Array.from({ length: 200 }, (_, n) => `check-${n}-`.padEnd(255, 'x'))]

/** The same short life over and over, until ten thousand events have happened. */
function* tenThousand(list: readonly Move[]): Generator<Move> {
  for (let n = 0; n < 10_000; n += 1) {
    const move = list[n % list.length]
    if (move) yield { ...move, pick: move.pick + n }
  }
}

describe('ten thousand events leave less than 100 KB', () => {
  const rows: [string, Parameters<typeof moves>[0], readonly string[]][] = [
    ['of a few alarms, effects performed', { minLength: 200, maxLength: 400 }, fewAlarms],
    ['of two hundred alarms with long names, effects performed', { minLength: 200, maxLength: 400 }, manyAlarms],
    ['of a few alarms, no effect ever performed', { minLength: 200, maxLength: 400, among: unperformed }, fewAlarms],
    [
      'of two hundred alarms, no effect ever performed',
      { minLength: 200, maxLength: 400, among: unperformed },
      manyAlarms,
    ],
    ['of alarms that only ever fire', { minLength: 20, maxLength: 40, among: ['fires', 'performs'] }, manyAlarms],
  ]

  it.each(rows)('%s', (_title, options, names) => {
    fc.assert(
      fc.property(moves(options), (list) => {
        let count = 0
        for (const { after } of live(tenThousand(list), names)) {
          count += 1
          if (!after || count % 250 !== 0) continue
          expect(Buffer.byteLength(JSON.stringify(after))).toBeLessThan(100_000)
          expect(Incident.safeParse(after).success).toBe(true)
        }
      }),
      // A life of ten thousand events is not made shorter to find the event that matters: that would take hours.
      { numRuns: 2, endOnFailure: true },
    )
  })
})
