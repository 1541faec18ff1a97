import { describe, expect, test } from 'vitest'
import { mrkdwn, plain } from '../../sandbox/page/client/blocks/mrkdwn.ts'

/** The pieces of a text that is one paragraph. */
const pieces = (text: string) => {
  const [only, ...others] = mrkdwn(text).elements
  expect(others).toEqual([])
  return only?.elements
}
const text = (shown: string, ...styles: ('bold' | 'italic' | 'strike' | 'code')[]) => ({
  type: 'text',
  text: shown,
  ...(styles.length > 0 && { style: Object.fromEntries(styles.map((style) => [style, true])) }),
})

describe('marks', () => {
  test.each([
    ['*bold*', [text('bold', 'bold')]],
    ['_italic_ and ~gone~', [text('italic', 'italic'), text(' and '), text('gone', 'strike')]],
    ['*_both_*', [text('both', 'bold', 'italic')]],
    ['*Owner:* nobody', [text('Owner:', 'bold'), text(' nobody')]],
    ['(*bold*), “*bold*”', [text('('), text('bold', 'bold'), text('), “'), text('bold', 'bold'), text('”')]],
    ['`a *b* &lt;c&gt;`', [text('a *b* <c>', 'code')]],
    ['*bold `code` in it*', [text('bold ', 'bold'), text('code', 'bold', 'code'), text(' in it', 'bold')]],
    // A mark inside a word, with a space inside, or alone is none.
    ['snake_case_name a*b*c 2 * 3 * 4 * end', [text('snake_case_name a*b*c 2 * 3 * 4 * end')]],
    ['*two\nlines*', [text('*two\nlines*')]],
    // Japanese has no spaces between words, and Slack wants an edge all the same.
    ['*担当:* まだ', [text('担当:', 'bold'), text(' まだ')]],
    ['「*太字*」です。*次*、', [text('「'), text('太字', 'bold'), text('」です。'), text('次', 'bold'), text('、')]],
    ['東京*大阪*京都', [text('東京*大阪*京都')]],
  ])('%s', (from, expected) => {
    expect(pieces(from)).toEqual(expected)
  })
})

describe('what Markdown would read and Slack does not', () => {
  test.each(['# no heading', '---', '| a | b |', '$$x$$', '- one\n- two', '1. one', '[a](b)', '\\*', '<b>x</b>'])(
    '%s',
    (from) => {
      expect(pieces(from)).toEqual([text(from)])
    },
  )
})

describe('entities are read once', () => {
  test.each([
    ['Fish &amp; chips', 'Fish & chips'],
    ['a &lt;b&gt; c', 'a <b> c'],
    ['&amp;lt; stays', '&lt; stays'],
    ['&copy; and &nbsp; are no entities here', '&copy; and &nbsp; are no entities here'],
  ])('%s', (from, shown) => {
    expect(pieces(from)).toEqual([text(shown)])
  })
})

describe('what stands in angles', () => {
  test.each([
    ['<@U0AIKO00001>', { type: 'user', user_id: 'U0AIKO00001' }],
    ['<@U0AIKO00001|aiko>', { type: 'user', user_id: 'U0AIKO00001' }],
    ['<!subteam^S0ONCALL001|@oncall>', { type: 'usergroup', usergroup_id: 'S0ONCALL001' }],
    ['<#C0ALERTS001>', { type: 'channel', channel_id: 'C0ALERTS001' }],
    ['<!here>', { type: 'broadcast', range: 'here' }],
    ['<https://a.b/?x=1&amp;y=2|a *label*>', { type: 'link', url: 'https://a.b/?x=1&y=2', text: 'a *label*' }],
    ['<https://a.b>', { type: 'link', url: 'https://a.b', text: 'https://a.b' }],
    ['<mailto:a@b.c>', { type: 'link', url: 'mailto:a@b.c', text: 'a@b.c' }],
    ['https://a.b/c_d_e', { type: 'link', url: 'https://a.b/c_d_e', text: 'https://a.b/c_d_e' }],
    ['<!date^10^{date} {time}|then>', { type: 'date', timestamp: 10, format: '{date} {time}', fallback: 'then' }],
    [
      '<!date^10^{date}^https://a.b/|then>',
      { type: 'date', timestamp: 10, format: '{date}', url: 'https://a.b/', fallback: 'then' },
    ],
    // Nobody should be able to run something by a link.
    ['<javascript:alert(1)|x>', text('<javascript:alert(1)|x>')],
  ])('%s', (from, expected) => {
    expect(pieces(from)).toEqual([expected])
  })

  test('a bare address ends before the punctuation, and stays text when the app asks for it', () => {
    const link = { type: 'link', url: 'https://a.b/c', text: 'https://a.b/c' }
    expect(pieces('See https://a.b/c.')).toEqual([text('See '), link, text('.')])
    const [verbatim] = mrkdwn('See https://a.b/c.', { verbatim: true }).elements
    expect(verbatim?.elements).toEqual([text('See https://a.b/c.')])
  })
})

test('emoji are drawn, and may stand between figures of a time', () => {
  expect(pieces(':fire: on')).toEqual([{ type: 'emoji', name: 'fire' }, text(' on')])
  expect(pieces('at 12:30:45')).toEqual([text('at 12'), { type: 'emoji', name: '30' }, text('45')])
})

describe('paragraphs', () => {
  test('quotes are runs of lines, written either way', () => {
    expect(mrkdwn('before\n> one\n&gt; *two*\nafter').elements).toEqual([
      { type: 'rich_text_section', elements: [text('before')] },
      { type: 'rich_text_quote', elements: [text('one\n'), text('two', 'bold')] },
      { type: 'rich_text_section', elements: [text('after')] },
    ])
  })

  test('code is left as it is, but for the entities', () => {
    expect(mrkdwn('See:\n```\nif (a &lt; 2) *b*\n  :fire:\n```\nand so on').elements).toEqual([
      { type: 'rich_text_section', elements: [text('See:')] },
      { type: 'rich_text_preformatted', elements: [text('if (a < 2) *b*\n  :fire:')] },
      { type: 'rich_text_section', elements: [text('and so on')] },
    ])
  })

  test('empty lines stay', () => {
    expect(pieces('one\n\ntwo')).toEqual([text('one\n\ntwo')])
  })
})

test('plain text has no marks, no entities and no mentions', () => {
  expect(plain('*a* &amp; <@U0AIKO00001> :fire:').elements).toEqual([
    { type: 'rich_text_section', elements: [text('*a* &amp; <@U0AIKO00001> '), { type: 'emoji', name: 'fire' }] },
  ])
})
