import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ErrorShape, errorShapes } from '../../bot/incident/error-shapes.ts'
import { Evidence } from '../../bot/incident/evidence.ts'
import { countRequests, type RequestsSeen } from '../../bot/incident/requests-seen.ts'
import { logLines } from '../../bot/message/log-part.ts'
import { rootMessage } from '../../bot/message/root-message.ts'
import { readMessageBlocks } from '../../sandbox/slack/validate-blocks.ts'
import { aLook, anEvidence, anIncident, later } from '../support/builders.ts'
import { textsOf } from '../support/seen.ts'

const aShape = (change: Partial<ErrorShape> = {}): ErrorShape => ({
  role: 'api',
  level: 'error',
  count: 12,
  first: later(-4),
  last: later(1),
  sample: "TypeError: Cannot read properties of undefined (reading 'toFixed')",
  versions: ['42'],
  ...change,
})
const aCount = (change: Partial<RequestsSeen> = {}): RequestsSeen => ({
  from: later(-2),
  until: later(3),
  isWhole: true,
  total: 1_060,
  failed: 132,
  endpoints: [
    { resource: '/v1/prices', failed: 120, total: 900 },
    { resource: '-', failed: 12, total: 12 },
  ],
  limited: [
    { key: 'key0000002', count: 14 },
    { key: '-', count: 1 },
  ],
  ...change,
})
const seen = (top: ErrorShape[], isWhole = true) => ({ from: later(-10), top, isWhole })
const lines = (change: Partial<Evidence>, language: 'en' | 'ja' = 'en') =>
  logLines(anIncident({ evidence: anEvidence(change) }), aLook({ language }))

describe('top errors', () => {
  it('tell how often, what, where, and how long before the alarm', () => {
    const all = [aShape(), aShape({ level: 'warning', count: 1_200, sample: 'slow', versions: [], first: later(2) })]
    expect(lines({ errors: seen(all) })).toEqual([
      '*Top errors*',
      "• 12 × `TypeError: Cannot read properties of undefined (reading 'toFixed')` in `crypto-watch-api-function` v42, first 4 min before the alarm",
      '• 1,200 × `slow` in `crypto-watch-api-function` (warning), first 2 min after the alarm',
    ])
    expect(lines({ errors: seen(all) }, 'ja')).toEqual([
      '*主なエラー*',
      "• 12回 `TypeError: Cannot read properties of undefined (reading 'toFixed')`（`crypto-watch-api-function` v42、最初はアラームの4分前）",
      '• 1,200回 `slow`（警告、`crypto-watch-api-function`、最初はアラームの2分後）',
    ])
  })

  it('say so where only a part of the log was read', () => {
    expect(lines({ errors: seen([aShape({ versions: ['41', '42'] })], false) })[1]).toContain(
      "at least 12 × `TypeError: Cannot read properties of undefined (reading 'toFixed')` in `crypto-watch-api-function` v41, v42",
    )
    expect(lines({ errors: seen([], false) })).toEqual([])
  })

  it('say so where there are none', () => {
    expect(lines({ errors: seen([]) })).toEqual([
      '*Top errors:* none in the logs since <!date^1795402200^{date_short_pretty} {time}|2026-11-23 02:50 UTC>',
    ])
    expect(lines({ errors: seen([]) }, 'ja')).toEqual([
      '*主なエラー:* <!date^1795402200^{date_short_pretty} {time}|2026-11-23 02:50 UTC> 以降のログにはありません',
    ])
  })
})

describe('impact', () => {
  it('is one line: what failed of how much, where, and who was told to wait', () => {
    expect(lines({ requests: aCount() })).toEqual([
      '*Impact:* 132 of 1,060 requests failed (12.5 %) since <!date^1795402680^{date_short_pretty} {time}|2026-11-23 02:58 UTC>: `/v1/prices` 120 of 900 · paths that are none of ours 12 of 12; 429 for key `key0000002` 14 ×, requests without a key 1 ×',
    ])
    expect(lines({ requests: aCount() }, 'ja')).toEqual([
      '*影響:* <!date^1795402680^{date_short_pretty} {time}|2026-11-23 02:58 UTC> から1,060件中132件のリクエストが失敗（12.5%）：`/v1/prices` 900件中120件 · 存在しないパス 12件中12件／429を返した相手：キー `key0000002` 14回、キーなし 1回',
    ])
  })

  it('names the end of what was read, where that is not all', () => {
    expect(lines({ requests: aCount({ isWhole: false, endpoints: [], limited: [] }) })).toEqual([
      '*Impact:* 132 of 1,060 requests failed (12.5 %) from <!date^1795402680^{date_short_pretty} {time}|2026-11-23 02:58 UTC> to <!date^1795402980^{date_short_pretty} {time}|2026-11-23 03:03 UTC>, as far as read',
    ])
  })

  it('says that nothing failed, and nothing where nobody asked', () => {
    const none = { failed: 0, endpoints: [], limited: [] }
    expect(lines({ requests: aCount(none) })[0]).toMatch(/^\*Impact:\* none of 1,060 requests failed since <!date/)
    expect(lines({ requests: aCount(none) }, 'ja')[0]).toMatch(/1,060件のリクエストに失敗なし$/)
    expect(lines({ requests: aCount({ ...none, total: 0 }) })).toEqual([])
  })
})

it.each([
  ['en', '*Could not be read:* errors in the logs, access log (TimeoutError: no answer)'],
  ['ja', '*読み取れなかったもの:* ログのエラー、アクセスログ（TimeoutError: no answer）'],
] as const)('what could not be read for one reason is named in one line (%s)', (language, told) => {
  const missing = ['errors', 'requests'].map((part) => ({ part, because: 'TimeoutError: no answer' }))
  const root = rootMessage(anIncident({ evidence: anEvidence({ missing }) }), aLook({ language }))
  const text = textsOf(root.blocks).join('\n')
  expect(text).toContain(told)
})

it.each([
  ['en', '*Could not be read:* current numbers (no answer within 1.5 s)'],
  ['ja', '*読み取れなかったもの:* 現在の数値（1.5秒以内に応答なし）'],
] as const)('who did not answer is named with the time they had (%s)', (language, told) => {
  const missing = [{ part: 'metrics', because: 'NoAnswer: no answer within 1500 ms', noAnswerMs: 1_500 }]
  const root = rootMessage(anIncident({ evidence: anEvidence({ missing }) }), aLook({ language }))
  expect(textsOf(root.blocks).join('\n')).toContain(told)
})

it('evidence of before, without logs, is read as it stands', () => {
  expect(Evidence.parse(anEvidence())).toEqual(anEvidence())
})

/** What only Slack may read as markup in these lines: dates, and links to the console. */
const ownMarkup =
  /<(?:!date\^\d+\^\{date_short_pretty\} \{time\}\|[-\d: ]+UTC|!subteam\^S0ONCALL|https:\/\/[^<>|\s]+\|[^<>|]+)>/g

it('whatever the logs hold, the message stays within what Slack takes, pings nobody and links nowhere', () => {
  const weird = fc.oneof(
    fc.string({ maxLength: 10_000, unit: 'binary', size: 'max' }),
    fc
      .constantFrom('<!channel>', '<https://evil.example|x>', '&&&&', '😀', '`', '*_~', '"\\', '\u202E', '@here ', '\n')
      .chain((text) => fc.nat(10_000).map((length) => text.repeat(1_500).slice(0, length))),
  )
  const message = fc.oneof(
    weird,
    weird.map((text) => JSON.stringify({ level: 'ERROR', message: text })),
    weird.map((text) => JSON.stringify({ level: 'WARN', message: 'x', error: text })),
    weird.map((text) => `t\tr\tERROR\tInvoke Error \t${JSON.stringify({ errorType: text, errorMessage: text })}\n`),
  )
  const request = fc
    .record({ resource: weird, keyId: weird, status: fc.constantFrom('200', '429', '502') })
    .map((entry) => JSON.stringify(entry))
  const property = fc.property(
    fc.array(message, { maxLength: 6 }),
    fc.array(request, { maxLength: 8 }),
    weird,
    fc.constantFrom('en' as const, 'ja' as const),
    (told, asked, stream, language) => {
      const errors = seen(errorShapes(told.map((each) => ({ role: 'updater', at: later(0), stream, message: each }))))
      const counted = countRequests(asked.map((each) => ({ at: later(0), message: each })))
      const requests = { from: later(-2), isWhole: true, ...counted }
      const evidence = Evidence.parse(anEvidence({ errors, requests }))
      const look = aLook({
        language,
        awsConsole: 'https://ap-northeast-1.console.aws.amazon.com/cloudwatch/home?region=ap-northeast-1',
      })
      const root = rootMessage(anIncident({ evidence }), look)
      readMessageBlocks(JSON.parse(JSON.stringify(root.blocks)), { acceptsNewBlocks: false })
      const texts = textsOf(root.blocks)
      expect(texts.join('').length).toBeLessThan(13_000)
      for (const text of texts) expect(text.replace(ownMarkup, '')).not.toMatch(/[<>]/)
      expect(JSON.stringify(evidence).length).toBeLessThan(8_000)
    },
  )
  fc.assert(property, { numRuns: 60 })
})
