import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold, masked } from '../../bot/incident/fold.ts'

describe('the shape of a log text', () => {
  it.each([
    ['Task timed out after 25.00 seconds', 'Task timed out after # seconds'],
    [
      "TypeError: Cannot read properties of undefined (reading 'toFixed')",
      "TypeError: Cannot read properties of undefined (reading '#')",
    ],
    ['request 6f1c2a34-9d4e-4b7a-8c11-0123456789ab failed', 'request # failed'],
    ['request abcdefab-abcd-abcd-abcd-abcdefabcdef failed', 'request # failed'],
    ['at 2026-11-23T03:12:00.000Z: 1,060.5 of -12', 'at #: # of #'],
    ['object at 0x7ffe12 with hash deadbeef', 'object at # with hash #'],
    ['no "price" for `bitcoin`', 'no "#" for `#`'],
    ["can't find it, don't ask", "can't find it, don't ask"],
    ['v42 of\n  a   thing', '# of a thing'],
    ['nothing varies', 'nothing varies'],
    ['', ''],
  ])('«%s» → «%s»', (text, shape) => {
    expect(fold(text)).toBe(shape)
  })

  it('leaves out values that the line is known to be about, as whole words', () => {
    expect(fold('no prices in usd, usds', ['usd'])).toBe('no prices in #, usds')
  })

  const word = fc.constantFrom('no', 'price', 'for', 'request', 'failed:', 'after', '(reading', "can't", 'TypeError:')
  const value = fc.oneof(
    fc.integer().map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.uuid(),
    fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') }).map((at) => at.toISOString()),
    fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: 12, maxLength: 32 }).map((hex) => hex.join('')),
  )
  const template = fc.array(fc.oneof(word, fc.constant(undefined)), { minLength: 1, maxLength: 12 })
  const filled = (parts: (string | undefined)[], values: string[]) => {
    let next = 0
    return parts.map((part) => part ?? values[next++ % values.length]).join(' ')
  }

  it('is the same for one template, whatever numbers and ids fill it', () => {
    const values = fc.array(value, { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(template, values, values, (parts, some, others) => {
        expect(fold(filled(parts, some))).toBe(fold(filled(parts, others)))
      }),
    )
  })

  it('is the same for one template, whatever is quoted in it', () => {
    const inside = fc.string({ maxLength: 30 }).map((text) => text.replaceAll('"', ''))
    fc.assert(
      fc.property(inside, inside, (some, other) => {
        expect(fold(`no field "${some}" in answer`)).toBe(fold(`no field "${other}" in answer`))
      }),
    )
  })

  it('of a shape is that shape', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc
        .array(fc.constantFrom("'", '"', '`', '#', '-', '+', '.', ',', '1', 'a', 'b', ' ', 'deadbeef'), {
          maxLength: 40,
        })
        .map((all) => all.join('')),
    )
    fc.assert(
      fc.property(text, (any) => {
        expect(fold(fold(any))).toBe(fold(any))
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('text that may be shown', () => {
  it.each([
    ['xoxb-1234-abc was refused', '… was refused'],
    ['Authorization: Bearer abcdef.ghij', 'Authorization: …'],
    ['x-api-key: hunter-two', 'x-api-key: …'],
    ['{"password":"correct horse"}', '{"password":…}'],
    ['sent with Bearer abcdef.ghij', 'sent with Bearer …'],
    ['SyntaxError: Unexpected token < in JSON', 'SyntaxError: Unexpected token < in JSON'],
    ['key AKIAIOSFODNN7EXAMPLE is old', 'key … is old'],
    ['sandbox-key-0123456789abcdef0123456789ab is unknown', '… is unknown'],
    ['ProvisionedThroughputExceededException: slow down', 'ProvisionedThroughputExceededException: slow down'],
    ['GET /v1/prices/bitcoin/history failed', 'GET /v1/prices/bitcoin/history failed'],
    ['crypto-watch-price-update-function', 'crypto-watch-price-update-function'],
  ])('«%s» → «%s»', (text, shown) => {
    expect(masked(text)).toBe(shown)
  })
})
