import fc from 'fast-check'
import { expect, it } from 'vitest'
import { preformatted } from '../../bot/message/preformatted.ts'
import { weird } from '../support/random-values.ts'

const inside = (section: string): string => section.replace(/^```\n/, '').replace(/\n```$/, '')
const unescaped = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

it('a short text is one section', () => {
  expect(preformatted('# a\n\nb <c>')).toEqual([['```\n# a\n\nb &lt;c&gt;\n```']])
})

it('a long one is split at the ends of lines, four sections to a message', () => {
  const lines = Array.from({ length: 400 }, (_, n) => `line ${n} `.padEnd(99, 'x'))
  const messages = preformatted(lines.join('\n'))
  expect(messages.map((sections) => sections.length)).toEqual([4, 4, 4, 3])
  expect(messages.flat().flatMap((section) => inside(section).split('\n'))).toEqual(lines)
})

it('whatever the text, sections and messages stay within their limits, nothing is lost and nothing ends the text early', () => {
  const run = fc.property(fc.array(weird, { maxLength: 30 }), (texts) => {
    const text = texts.join('\n')
    const messages = preformatted(text)
    for (const sections of messages) {
      expect(sections.reduce((sum, section) => sum + section.length, 0)).toBeLessThanOrEqual(12_000)
      for (const section of sections) {
        expect(section.length).toBeLessThanOrEqual(2_900)
        expect(inside(section)).not.toContain('```')
        expect(inside(section)).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/)
        expect(section.isWellFormed() || !text.isWellFormed()).toBe(true)
      }
    }
    const letters = (all: string) => all.replaceAll('\n', '').replaceAll('`', "'")
    expect(
      letters(
        messages
          .flat()
          .map((section) => unescaped(inside(section)))
          .join(''),
      ),
    ).toBe(letters(text))
  })
  fc.assert(run, { numRuns: 300 })
}, 60_000)
