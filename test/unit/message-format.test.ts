import { describe, expect, it } from 'vitest'
import { clip, code, data, duration, plain, quantity, shellWord, when } from '../../bot/message/format.ts'
import { channelNamed, mention, person } from '../../bot/message/look.ts'

describe('numbers carry their unit', () => {
  it.each([
    [12.4, '%', '12.4 %', '12.4%'],
    [12, '%', '12 %', '12%'],
    [0.3, '%', '0.3 %', '0.3%'],
    [0.0417, '%', '0.042 %', '0.042%'],
    [0, '%', '0 %', '0%'],
    [99.96, '%', '100 %', '100%'],
    [41, 'count', '41 times', '41回'],
    [1, 'count', '1 time', '1回'],
    [12345, 'count', '12,345 times', '12,345回'],
    [3.2, 's', '3.2 s', '3.2秒'],
    [3600, 's', '1 h', '1時間'],
    [4320, 's', '1 h 12 min', '1時間12分'],
    [7.25, undefined, '7.3', '7.3'],
    [-3, undefined, '-3', '-3'],
    [1e300, undefined, '1e+300', '1e+300'],
  ] as const)('%d in %s reads %s and %s', (value, unit, en, ja) => {
    expect(quantity(value, unit, 'en')).toBe(en)
    expect(quantity(value, unit, 'ja')).toBe(ja)
  })
})

describe('durations keep their two largest parts', () => {
  it.each([
    [0, '0 s', '0秒'],
    [45_000, '45 s', '45秒'],
    [60_000, '1 min', '1分'],
    [130_000, '2 min 10 s', '2分10秒'],
    [3_900_000, '1 h 5 min', '1時間5分'],
    [3_605_000, '1 h', '1時間'],
    [266_400_000, '3 d 2 h', '3日2時間'],
  ])('%d ms reads %s and %s', (ms, en, ja) => {
    expect(duration(ms, 'en')).toBe(en)
    expect(duration(ms, 'ja')).toBe(ja)
  })
})

describe('text from outside', () => {
  it.each([
    ['a mention of everybody is only text', '<!channel> & <@U1>', '&lt;!channel&gt; &amp; &lt;@U1&gt;'],
    ['line breaks and control characters become blanks', 'a\nb\u0000\u0007c', 'a b c'],
    ['marks that turn the direction of writing are dropped', 'safe\u202Egnp.exe', 'safegnp.exe'],
  ])('%s', (_why, raw, shown) => {
    expect(data(raw)).toBe(shown)
  })

  it('cannot close the backticks around it', () => {
    expect(code('a`b')).toBe("`a'b`")
  })

  it('has no markup where Slack reads none', () => {
    expect(plain('<!channel> & co', 150)).toBe('‹!channel› & co')
  })

  it('cannot add a word to a shell command', () => {
    expect(shellWord('d-1; rm -rf / && echo `id` $(id)')).toBe('d-1rm-rf/echoidid')
  })
})

describe('clipping cuts between things, not through them', () => {
  it.each([
    ['short text stays', 'abc', 3, 'abc'],
    ['long text ends in an ellipsis', 'abcdef', 4, 'abc…'],
    ['an entity goes as a whole', 'ab&amp;cd', 6, 'ab…'],
    ['a mention goes as a whole', 'hi <@U123456>', 8, 'hi …'],
    ['a character of two halves goes as a whole', 'ab😀cd', 4, 'ab…'],
  ])('%s', (_what, text, most, clipped) => {
    expect(clip(text, most)).toBe(clipped)
  })
})

it('a date is drawn by Slack in the zone of the reader, and by its fallback in UTC', () => {
  expect(when('2026-11-23T03:15:00.000Z')).toBe('<!date^1795403700^{date_short_pretty} {time}|2026-11-23 03:15 UTC>')
})

describe('people', () => {
  it.each([
    ['S0123', '<!subteam^S0123>'],
    ['U1, U2', '<@U1> <@U2>'],
    ['W0ENTERPRISE', '<@W0ENTERPRISE>'],
    ['<!channel>', '&lt;!channel&gt;'],
  ])('the setting %s is mentioned as %s', (setting, shown) => {
    expect(mention(setting)).toBe(shown)
  })

  it.each([
    ['C0ALERTS001', '<#C0ALERTS001>'],
    ['crypto-watch-alerts', '#crypto-watch-alerts'],
    ['#crypto-watch-alerts', '#crypto-watch-alerts'],
    ['C1> <!channel', '#C1&gt; &lt;!channel'],
  ])('the channel %s is named %s', (setting, shown) => {
    expect(channelNamed(setting)).toBe(shown)
  })

  it('a name that is no user id is shown, never interpreted', () => {
    expect(person('!channel|U1')).toBe('!channel|U1')
  })
})
