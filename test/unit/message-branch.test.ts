import { describe, expect, it } from 'vitest'
import type { Evidence } from '../../bot/incident/evidence.ts'
import { rootMessage } from '../../bot/message/root-message.ts'
import { runbookModal } from '../../bot/message/runbook-modal.ts'
import { aFunction, aLook, anAlarm, anEvidence, anIncident, byName, noon } from '../support/builders.ts'
import { anErrorShape, deployedAt } from '../support/change-builders.ts'
import { linesOf } from '../support/seen.ts'

const en = aLook()
const ja = aLook({ language: 'ja' })
const telling = (name: string, change: Partial<Evidence>) =>
  anIncident({
    alarms: byName(anAlarm({ name, listed: name })),
    evidence: anEvidence({ functions: { api: aFunction({ deployments: [] }) }, ...change }),
  })
const requests = { from: noon, isWhole: true, total: 300, failed: 44, endpoints: [], limited: [] }
const upstream = (reason: 'rate-limited' | 'unavailable' | 'timed-out' | 'refused') => ({
  errors: {
    from: noon,
    top: [],
    isWhole: true,
    upstream: { provider: 'coingecko', total: 44, reasons: [{ reason, count: 41 }] },
  },
})
const error = (sample: string) => ({
  errors: {
    from: noon,
    isWhole: true,
    top: [anErrorShape(sample)],
  },
})

describe('the case that the evidence speaks for comes first, with the reason', () => {
  it.each<[string, Partial<Evidence>, string, string, string]>([
    [
      'ApiGateway5xxAlarm',
      { requests: { ...requests, statuses: [{ status: 503, count: 41 }] } },
      'most failed requests, 41 of 44, were 503',
      '*503: no free concurrency, or prices too old*',
      '失敗したリクエスト44件中41件が503だった',
    ],
    [
      'ExternalApiErrorAlarm',
      upstream('rate-limited'),
      'most failed attempts at coingecko, 41 of 44, were answered 429',
      '*429: we ask too often*',
      'coingeckoへの失敗した呼び出し44件中41件の応答が429だった',
    ],
    [
      'ExternalApiErrorAlarm',
      upstream('unavailable'),
      'most failed attempts at coingecko, 41 of 44, were answered 5xx',
      '*503: the provider is down*',
      'coingeckoへの失敗した呼び出し44件中41件の応答が5xxだった',
    ],
    [
      'ExternalApiErrorAlarm',
      upstream('timed-out'),
      'most failed attempts at coingecko, 41 of 44, got no answer',
      '*Time-outs*',
      'coingeckoへの失敗した呼び出し44件中41件に応答がなかった',
    ],
    [
      'ExternalApiErrorAlarm',
      upstream('refused'),
      'most failed attempts at coingecko, 41 of 44, were refused',
      '*401: our key is refused*',
      'coingeckoへの失敗した呼び出し44件中41件が拒否された',
    ],
    [
      'LambdaErrorAlarm',
      error('Task timed out after 25.00 seconds'),
      'most errors, 9 of 9, are time-outs',
      '*Time-outs*',
      'エラー9件中9件がタイムアウトだった',
    ],
    [
      'LambdaErrorAlarm',
      error('ThrottlingException: slow down'),
      'most errors, 9 of 9, come from the prices table',
      '*The prices table*',
      'エラー9件中9件が価格テーブルによるものだった',
    ],
    [
      'LambdaErrorAlarm',
      error('Error: coinbase is away'),
      'most errors, 9 of 9, speak of the price source',
      '*The price provider*',
      'エラー9件中9件が価格提供元に関するものだった',
    ],
    [
      'LambdaErrorAlarm',
      { functions: { api: aFunction({ deployments: [deployedAt(-7)] }) } },
      'v42 was deployed 7 min before the alarm',
      '*Our own code, new since a deployment*',
      'v42がアラームの7分前にデプロイされている',
    ],
    [
      'DynamoDBThrottleAlarm',
      { requests: { ...requests, busiest: { key: 'key1', count: 208 } } },
      'most requests, 208 of 300, came with key `key1`',
      '*One partition is hot*',
      'リクエスト300件中208件がキー `key1` によるものだった',
    ],
  ])('%s: %#', (name, evidence, why, title, because) => {
    const incident = telling(name, evidence)
    const runbook = linesOf(runbookModal(incident, en))
    expect(runbook).toContain(`The first case is the likely one: ${why}.`)
    expect(runbook[runbook.indexOf(`The first case is the likely one: ${why}.`) + 1]).toBe(title)
    expect(linesOf(runbookModal(incident, ja))).toContain(`${because}ため、可能性の高いケースを先頭に表示しています。`)
    const root = linesOf(rootMessage(incident, en))
    const line = root[root.indexOf('*First steps*') + 1]
    expect(line).toMatch(new RegExp(`^\\*Likely case: ${title.replaceAll('*', '')}\\* \\(`))
    expect(line).toContain(`(${why}). `)
    expect(linesOf(rootMessage(incident, ja)).find((each) => each.startsWith('*可能性の高いケース：'))).toContain(
      `（${because}ため）。`,
    )
  })

  it('with the first thing to do about it, in the names of the stage', () => {
    const incident = telling('ApiGateway5xxAlarm', {
      requests: { ...requests, statuses: [{ status: 502, count: 44 }] },
    })
    expect(linesOf(rootMessage(incident, aLook({ stage: 'staging' })))).toContain(
      '*Likely case: 502: the function fails* (most failed requests, 44 of 44, were 502). An error or a time-out of the function: follow LambdaErrorAlarm-staging.',
    )
  })

  it('otherwise the first steps begin as they are', () => {
    const root = linesOf(rootMessage(telling('ApiGateway5xxAlarm', { requests }), en))
    expect(root[root.indexOf('*First steps*') + 1]).toBe('1. Just deployed: roll back.')
  })
})
