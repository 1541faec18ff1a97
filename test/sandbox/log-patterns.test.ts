import { expect, it } from 'vitest'
import { readPattern } from '../../sandbox/cloud/logs/pattern.ts'

it.each([
  ['', 'anything', true],
  ['ERROR', '{"level":"ERROR"}', true],
  ['ERROR', 'ERRORS', false],
  ['ERROR', 'error', false],
  ['one two', 'two, one', true],
  ['one two', 'two', false],
  ['?one ?"two three"', 'x two three x', true],
  ['?one ?"two three"', 'two x three', false],
] as const)('the pattern «%s» against «%s»: %s', (pattern, line, taken) => {
  expect(readPattern(pattern)(line)).toBe(taken)
})

it.each(['{ $.a = 1 }', '[a, b]', '-one', '?one two', '"open'])('the pattern «%s» is refused', (pattern) => {
  expect(() => readPattern(pattern)).toThrow('cannot')
})
