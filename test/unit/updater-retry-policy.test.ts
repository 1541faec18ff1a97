import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { FailureReason } from '../../updater/price-source.ts'
import { hasTimeFor, nextStep } from '../../updater/retry-policy.ts'

const limits = { attemptMs: 5_000, backoffMs: 500 }
const usual = { tries: 1, leftMs: 35_000, random: 0.5 }
const unavailable = { reason: 'unavailable' } as const

it.each([
  ['after the first failure half of the first wait, by chance', unavailable, usual, { step: 'try-again', waitMs: 250 }],
  ['after the second twice that', unavailable, { ...usual, tries: 2 }, { step: 'try-again', waitMs: 500 }],
  ['chance may let it wait not at all', unavailable, { ...usual, random: 0 }, { step: 'try-again', waitMs: 0 }],
  ['the third try was the last', unavailable, { ...usual, tries: 3 }, { step: 'give-up', because: 'enough-tries' }],
  [
    'a source that names the time is obeyed',
    { reason: 'rate-limited', retryAfterMs: 20_000 },
    usual,
    { step: 'try-again', waitMs: 20_000 },
  ],
  [
    'up to the last millisecond that leaves time for an attempt',
    { reason: 'rate-limited', retryAfterMs: 30_000 },
    usual,
    { step: 'try-again', waitMs: 30_000 },
  ],
  [
    'a wait that the budget does not hold gives the source up at once',
    { reason: 'rate-limited', retryAfterMs: 30_001 },
    usual,
    { step: 'give-up', because: 'no-time' },
  ],
  [
    'a source that says "at once" still gets its pause',
    { reason: 'rate-limited', retryAfterMs: 0 },
    usual,
    { step: 'try-again', waitMs: 250 },
  ],
  [
    'no time is left for another attempt',
    unavailable,
    { ...usual, leftMs: 5_249 },
    { step: 'give-up', because: 'no-time' },
  ],
] as const)('%s', (_what, failure, situation, step) => {
  expect(nextStep(failure, situation, limits)).toEqual(step)
})

it.each<[FailureReason, boolean]>([
  ['rate-limited', true],
  ['unavailable', true],
  ['timed-out', true],
  ['unreachable', true],
  ['truncated', true],
  ['malformed', false],
  ['empty', false],
  ['refused', false],
])('%s is tried again: %s', (reason, again) => {
  expect(nextStep({ reason }, usual, limits).step).toBe(again ? 'try-again' : 'give-up')
})

const reason = fc.constantFrom<FailureReason[]>(
  'rate-limited',
  'unavailable',
  'timed-out',
  'unreachable',
  'truncated',
  'malformed',
  'empty',
  'refused',
)
const failing = fc.record({
  reason,
  retryAfterMs: fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: undefined }),
  random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  /** Which part of its time the attempt took. */
  took: fc.double({ min: 0, max: 1, noNaN: true }),
})

it('three tries at most, and waits and limits together never exceed the budget', () => {
  fc.assert(
    fc.property(
      fc.array(failing, { minLength: 4, maxLength: 4 }),
      fc.record({ attemptMs: fc.integer({ min: 50, max: 20_000 }), backoffMs: fc.integer({ min: 1, max: 5_000 }) }),
      fc.integer({ min: 0, max: 45_000 }),
      (failures, chosen, budgetMs) => {
        let [leftMs, tries, limitsMs, waitsMs] = [budgetMs, 0, 0, 0]
        for (const { reason: why, retryAfterMs, random, took } of failures) {
          if (!hasTimeFor(leftMs, chosen)) break
          tries += 1
          limitsMs += took * chosen.attemptMs
          leftMs -= took * chosen.attemptMs
          const failure = { reason: why, ...(retryAfterMs !== undefined && { retryAfterMs }) }
          const next = nextStep(failure, { tries, leftMs, random }, chosen)
          if (next.step === 'give-up') break
          expect(next.waitMs).toBeGreaterThanOrEqual(retryAfterMs ?? 0)
          waitsMs += next.waitMs
          leftMs -= next.waitMs
          // Whoever was told to try again has the time for it.
          expect(leftMs).toBeGreaterThanOrEqual(chosen.attemptMs)
        }
        expect(tries).toBeLessThanOrEqual(3)
        expect(limitsMs + waitsMs).toBeLessThanOrEqual(budgetMs)
      },
    ),
  )
})
