import { expect, it } from 'vitest'
import { code, data, escaped, when } from '../../bot/message/format.ts'
import { mentionsIn, type PlainPlace, plainTextOf } from '../../bot/message/plain-text.ts'

const place: PlainPlace = {
  language: 'en',
  zone: 'Asia/Tokyo',
  names: new Map([['U1', 'Aiko Tanaka']]),
  groups: new Map([['S0ON', 'on-call']]),
  someone: 'an on-call engineer',
  team: 'a team',
}

it.each([
  ['*Owner:* nobody yet', 'Owner: nobody yet'],
  ['*試したこと:* なし', '試したこと: なし'],
  ['a * b * c, 2*3*4', 'a * b * c, 2*3*4'],
  ['see `crypto-watch-api`', 'see crypto-watch-api'],
  ['`a *b* c`', 'a *b* c'],
  ['```aws *x*\naws y```', 'aws *x*\naws y'],
  ['<https://example.com/a|Open it>', 'Open it: https://example.com/a'],
  ['<https://example.com/a?b=1&amp;c>', 'https://example.com/a?b=1&c'],
  ['<@U1> and <@U2>', 'Aiko Tanaka and an on-call engineer'],
  ['<!subteam^S0ON> and <!subteam^S9>', 'on-call and a team'],
  [when('2026-11-23T03:00:00.000Z'), '23 Nov 2026, 12:00 (Asia/Tokyo), 03:00 UTC'],
  [when('2026-11-23T18:30:00.000Z'), '24 Nov 2026, 03:30 (Asia/Tokyo), 23 Nov 2026, 18:30 UTC'],
  [when('2026-11-23T15:00:00.000Z'), '24 Nov 2026, 00:00 (Asia/Tokyo), 23 Nov 2026, 15:00 UTC'],
])('%s reads %s', (mrkdwn, plain) => {
  expect(plainTextOf(mrkdwn, place)).toBe(plain)
})

it.each(['<@U1>', '<!channel>', 'a & b < c', '&lt;', '<https://x.example|y>'])(
  'what came from outside stays what it was: %s',
  (text) => {
    expect(plainTextOf(escaped(text), place)).toBe(text)
    expect(plainTextOf(data(text), place)).toBe(text)
    expect(plainTextOf(code(text), place)).toBe(text)
  },
)

it('the people of a text are found once each', () => {
  expect(mentionsIn('<@U1> asked <@U2>, and <@U1> did. <!subteam^S1>')).toEqual(['U1', 'U2'])
})
