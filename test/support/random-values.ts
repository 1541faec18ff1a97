import fc from 'fast-check'
import { later } from './builders.ts'

/**
 * Values made once, of which each incident takes some: what is drawn is as wild as before, and ten thousand incidents
 * cost seconds instead of minutes.
 */
export const pooled = <T>(arbitrary: fc.Arbitrary<T>, size: number): fc.Arbitrary<T> =>
  fc.constantFrom(...fc.sample(arbitrary, size))

const control = fc.constantFrom('<!channel>', '', '<!here|x>', '<!subteam^S1>', '&lt;!channel&gt;', '`*_~>', '\n\n\n')
const glyphs = fc.constantFrom('<!channel>', '&&&&', '😀', '"\\', '`', '\u202E', '<@U1>', '日本語の')

/** Text as the worst of the outside could write it. */
export const weird = pooled(
  fc.oneof(
    { weight: 4, arbitrary: fc.string({ maxLength: 60, unit: 'binary' }) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.string({ minLength: 20, maxLength: 100, unit: 'grapheme' }), fc.integer({ min: 20, max: 100 }))
        .map(([text, times]) => text.repeat(times).slice(0, 10_000)),
    },
    { weight: 3, arbitrary: control },
    { weight: 2, arbitrary: glyphs.map((text) => text.repeat(1_500).slice(0, 10_000)) },
    { weight: 2, arbitrary: fc.tuple(fc.string({ maxLength: 20 }), control, glyphs).map((parts) => parts.join('')) },
  ),
  1_500,
)
export const moment = fc.integer({ min: -20_000, max: 20_000 }).map(later)
/** A day, as in `2026-12-01`. */
export const day = moment.map((at) => at.slice(0, 10))
export const role = fc.constantFrom('api' as const, 'updater' as const)
export const number = fc.double({ noNaN: true, noDefaultInfinity: true })
export const severity = fc.constantFrom('Critical' as const, 'High' as const, 'Medium' as const, 'Low' as const)
export const maybe = <T>(key: string, arbitrary: fc.Arbitrary<T>) =>
  fc.option(arbitrary, { nil: undefined }).map((value) => (value === undefined ? {} : { [key]: value }))
/** Puts optional fields beside required ones; an absent field is absent, not undefined. */
export const withMaybe = <T extends object>(required: fc.Arbitrary<T>, ...optional: fc.Arbitrary<object>[]) =>
  fc.tuple(required, ...optional).map((parts): T => Object.assign({}, ...parts))
