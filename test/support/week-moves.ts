import fc from 'fast-check'
import { alarms } from '../../common/alarms.ts'
import type { Ms } from './week-facts.ts'

/** One move of a week: what is tried, after how long, and a number that settles the details. */
export interface Move {
  what: Tried
  after: Ms
  pick: number
  /** A move in the very moment of a sweep comes before it or after it. */
  isAfterSweep: boolean
}

/** What a service of a week is, and what may ring for it. */
export interface Lane {
  service: string
  names: readonly string[]
  canRollBack: boolean
}

const listedOf = (service: string) => alarms.filter((alarm) => alarm.service === service).map(({ name }) => name)
export const lanes = [
  { service: 'api', names: [...listedOf('api'), 'DiskHigh'], canRollBack: true },
  { service: 'api', names: ['ApiLatencyP95Alarm', 'DiskMedium', 'DiskLow'], canRollBack: true },
  { service: 'updater', names: listedOf('updater'), canRollBack: false },
  { service: 'table', names: [...listedOf('table'), 'DiskLow'], canRollBack: false },
  { service: 'disk', names: ['DiskCritical', 'DiskHigh', 'DiskMedium', 'DiskLow'], canRollBack: false },
] as const satisfies Lane[]

/** Monday 00:00 in Tokyo, and the same a week later. */
export const weekBegins = Date.parse('2026-11-22T15:00:00.000Z')
export const weekEnds = weekBegins + 7 * 24 * 3_600_000

/** How often what is tried, in comparison. */
const weights = {
  fires: 6,
  clears: 6,
  losesData: 1,
  acknowledges: 2,
  takesOver: 1,
  holds: 2,
  stillOnIt: 2,
  escalates: 1,
  closes: 1,
  asksRollback: 4,
  goesOn: 14,
  measures: 8,
  automaticFails: 1,
  complains: 5,
  stops: 1,
  goesOnAgain: 2,
}
export type Tried = keyof typeof weights
const often = (Object.keys(weights) as Tried[]).flatMap((what) => Array.from({ length: weights[what] }, () => what))

const second = 1_000
const min = 60 * second
const gaps = [
  ...[0, 0, second, 20 * second, min - second, min, min, min, min, 2 * min, 2 * min, 3 * min],
  ...[5 * min - second, 5 * min, 5 * min + second, 8 * min, 10 * min, 14 * min],
  ...[15 * min - second, 15 * min, 15 * min + second, 29 * min, 30 * min, 31 * min, 45 * min],
  ...[60 * min - second, 60 * min, 61 * min, 480 * min],
]

const move: fc.Arbitrary<Move> = fc.record({
  what: fc.constantFrom(...often),
  after: fc.constantFrom(...gaps),
  pick: fc.nat(10_000),
  isAfterSweep: fc.boolean(),
})

/** Moves that mean little alone: an alarm that grows, customers who complain, a rollback to its end. */
const together: [Tried, Ms][][] = [
  [
    ['fires', min],
    ['measures', 20 * second],
    ['measures', min],
    ['measures', min],
  ],
  [
    ['fires', 45 * min],
    ['acknowledges', second],
    ['measures', 20 * second],
    ['measures', min],
    ['measures', min],
  ],
  [
    ['fires', 31 * min],
    ['complains', second],
    ['complains', min],
    ['complains', 2 * min],
    ['holds', min],
  ],
  [
    ['fires', 2 * min],
    ['asksRollback', 20 * second],
    ['goesOn', second],
    ['goesOn', second],
    ['goesOn', 5 * min],
  ],
  [
    ['fires', 60 * min],
    ['clears', min],
    ['asksRollback', second],
    ['goesOn', 5 * min],
    ['goesOn', 3 * min],
  ],
  [
    ['fires', 31 * min],
    ['automaticFails', 20 * second],
    ['holds', second],
    ['automaticFails', second],
  ],
]
const burst = fc
  .tuple(fc.constantFrom(...together), fc.nat(10_000), fc.array(fc.nat(10_000), { minLength: 5, maxLength: 5 }))
  .map(([list, pick, picks]) =>
    list.map(([what, after], index): Move => {
      // About the same alarm as the one that fires; the rest is left to chance.
      const own = (picks[index] ?? 0) % 32
      return { what, after, pick: ((pick >> 5) << 5) + own, isAfterSweep: own % 2 === 0 }
    }),
  )

/** A week of one service: when its first move comes, and which. */
export const laneOfWeek = fc.record({
  lane: fc.constantFrom<Lane>(lanes[0], ...lanes),
  begins: fc.integer({ min: 0, max: 6 * 24 * 60 }).map((minutes) => weekBegins + minutes * min),
  moves: fc
    .array(fc.oneof({ weight: 2, arbitrary: move.map((each) => [each]) }, { weight: 1, arbitrary: burst }), {
      minLength: 15,
      maxLength: 30,
      size: 'max',
    })
    .map((parts) => parts.flat()),
})
export type LaneOfWeek = typeof laneOfWeek extends fc.Arbitrary<infer T> ? T : never
