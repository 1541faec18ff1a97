import { describe, expect, test } from 'vitest'
import { slackDate } from '../../sandbox/page/client/blocks/slack-date.ts'

const now = new Date('2026-11-23T03:00:00.000Z')
const aiko = { tz: 'Asia/Tokyo', locale: 'ja-JP', now }
const ben = { tz: 'America/New_York', locale: 'en-US', now }
const dan = { tz: 'Europe/Berlin', locale: 'en-GB', now }
const at = (iso: string) => Date.parse(iso) / 1000
const noon = at('2026-11-23T03:00:00Z')

describe('every token, for an American at ten in the evening', () => {
  test.each([
    ['{date_num}', '2026-11-22'],
    ['{date_slash}', '11/22/2026'],
    ['{date}', 'November 22nd'],
    ['{date_short}', 'Nov 22'],
    ['{date_long}', 'Sunday, November 22nd'],
    ['{date_long_full}', 'November 22nd, 2026'],
    ['{date_pretty}', 'Today'],
    ['{date_short_pretty}', 'Today'],
    ['{date_long_pretty}', 'Today'],
    ['{day_divider_pretty}', 'Today'],
    ['{time}', '10:00 PM'],
    ['{time_secs}', '10:00:00 PM'],
    ['{ago}', 'In 0 seconds'],
  ])('%s reads “%s”', (format, shown) => {
    expect(slackDate(noon, format, 'the fallback', ben)).toBe(shown)
  })
})

test('everybody reads it in their own zone and language', () => {
  const read = (reader: typeof aiko) => slackDate(noon, '{date_long_full} {time}', '', reader)
  expect(read(aiko)).toBe('2026年11月23日 12:00')
  expect(read(ben)).toBe('November 22nd, 2026 10:00 PM')
  expect(read(dan)).toBe('23 November 2026 4:00')
})

describe('days near today are told by name', () => {
  test.each([
    ['2026-11-22T14:59:59Z', '昨日 23:59'],
    ['2026-11-22T15:00:00Z', '今日 0:00'],
    ['2026-11-23T14:59:00Z', '今日 23:59'],
    ['2026-11-23T15:00:00Z', '明日 0:00'],
    ['2026-11-21T03:00:00Z', '11月21日 12:00'],
  ])('%s reads “%s” in Tokyo', (iso, shown) => {
    expect(slackDate(at(iso), '{date_short_pretty} {time}', '', aiko)).toBe(shown)
  })

  test('with a capital at the beginning only', () => {
    expect(slackDate(noon, 'since {date_pretty} at {time}', '', dan)).toBe('since today at 4:00')
    expect(slackDate(noon, '{date_pretty} at {time}', '', dan)).toBe('Today at 4:00')
    expect(slackDate(at('2026-11-22T03:00:00Z'), '{date_pretty}', '', dan)).toBe('Yesterday')
  })
})

test('the year is told from half a year on', () => {
  expect(slackDate(at('2026-06-01T12:00:00Z'), '{date}', '', ben)).toBe('June 1st')
  expect(slackDate(at('2026-05-03T12:00:00Z'), '{date}', '', ben)).toBe('May 3rd, 2026')
  expect(slackDate(at('2025-11-23T12:00:00Z'), '{date_short_pretty}', '', ben)).toBe('Nov 23, 2025')
  expect(slackDate(at('2026-01-12T12:00:00Z'), '{day_divider_pretty}', '', ben)).toBe('Monday, January 12th')
  expect(slackDate(at('2025-12-11T12:00:00Z'), '{day_divider_pretty}', '', ben)).toBe('Thursday, December 11th, 2025')
})

describe('how long ago', () => {
  test.each([
    ['2026-11-23T02:59:15Z', '45 seconds ago'],
    ['2026-11-23T02:55:00Z', '5 minutes ago'],
    ['2026-11-23T01:00:00Z', '2 hours ago'],
    ['2026-11-20T03:00:00Z', '3 days ago'],
    ['2026-08-23T03:00:00Z', '3 months ago'],
    ['2024-11-22T03:00:00Z', '2 years ago'],
    ['2026-11-23T03:10:00Z', 'In 10 minutes'],
  ])('%s reads “%s”', (iso, shown) => {
    expect(slackDate(at(iso), '{ago}', '', dan)).toBe(shown)
  })
})

test('what cannot be written is the fallback', () => {
  expect(slackDate(noon, '{date_nope}', 'noon', ben)).toBe('noon')
  expect(slackDate(Number.NaN, '{date}', 'noon', ben)).toBe('noon')
  expect(slackDate(noon, 'no token', 'noon', ben)).toBe('no token')
})
