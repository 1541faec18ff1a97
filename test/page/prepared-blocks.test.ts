import { describe, expect, test } from 'vitest'
import { labelsThatFit } from '../../sandbox/page/client/blocks/chart-labels.ts'
import { unpacked } from '../../sandbox/page/client/blocks/packed-date.ts'
import { prepared } from '../../sandbox/page/client/blocks/prepared.ts'

describe('markdown', () => {
  const made = (text: string) => prepared({ type: 'markdown' as const, text }).text
  test.each([
    ['**「太字」**です', '**「太字」**\u200Aです'],
    ['これは**「太字」**', 'これは\u200A**「太字」**'],
    ['**太字**です', '**太字**です'],
    ['- [x] done\n- [ ] open', '- ☑ done\n- ☐ open'],
    ['1. [ ] first', '1. ☐ first'],
    ['not [x] a task', 'not [x] a task'],
  ])('%s', (from, expected) => {
    expect(made(from)).toBe(expected)
  })
})

test('cells of a table are rich text, so that nothing in them is markup and numbers are drawn', () => {
  const text = (shown: string) => ({
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: shown }] }],
  })
  const table = {
    type: 'table' as const,
    rows: [
      [
        { type: 'raw_text' as const, text: '*a*' },
        { type: 'raw_number' as const, value: 7.9 },
        { type: 'raw_number' as const, value: 7.9, text: '7.9 %' },
        { type: 'raw_text' as const, text: '' },
      ],
    ],
  }
  expect(prepared(table).rows).toEqual([[text('*a*'), text('7.9'), text('7.9 %'), text('\u00A0')]])
})

test('a date keeps its link and its fallback, in lists as well', () => {
  const date = { type: 'date' as const, timestamp: 1, format: '{date}', url: 'https://a.b', fallback: 'then' }
  const section = { type: 'rich_text_section' as const, elements: [date] }
  const block = prepared({
    type: 'rich_text' as const,
    elements: [section, { type: 'rich_text_list' as const, style: 'bullet' as const, elements: [section] }],
  })
  const formats = [...JSON.stringify(block).matchAll(/"format":("(?:[^"\\]|\\.)*")/g)].map(([, each]) => each ?? '')
  expect(formats.map((each) => unpacked(JSON.parse(each) as string))).toEqual([
    { format: '{date}', url: 'https://a.b', fallback: 'then' },
    { format: '{date}', url: 'https://a.b', fallback: 'then' },
  ])
})

describe('labels below a chart', () => {
  test('all of them where there is room', () => {
    expect(labelsThatFit(['01:00', '02:00', '03:00'], 6, 'points')).toEqual([0, 1, 2])
    expect(labelsThatFit(['A', 'B'], 6, 'bars')).toEqual([0, 1])
  })

  test('fewer where they would run into each other', () => {
    const labels = Array.from({ length: 10 }, (_, index) => `2026-11-2${index}`)
    expect(labelsThatFit(labels, 6, 'bars')).toEqual([0, 2, 4, 6, 8])
    expect(labelsThatFit(labels, 10, 'bars')).toEqual([0, 3, 6])
  })

  test('none that would leave the frame', () => {
    expect(labelsThatFit(['a very long label!!!', 'b', 'a very long label!!!'], 10, 'points')).toEqual([1])
  })

  test('letters of East Asian scripts are wide', () => {
    const labels = ['価格サービス', '価格サービス', '価格サービス', '価格サービス', '価格サービス', '価格サービス']
    expect(labelsThatFit(labels, 6, 'bars')).toEqual([0, 1, 2, 3, 4, 5])
    expect(labelsThatFit(labels, 8, 'bars')).toEqual([0, 2, 4])
  })
})
