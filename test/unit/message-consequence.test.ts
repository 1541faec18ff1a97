import { describe, expect, it } from 'vitest'
import type { Say } from '../../bot/incident/say.ts'
import { answer } from '../../bot/message/answers.ts'
import { rootMessage } from '../../bot/message/root-message.ts'
import { threadReply } from '../../bot/message/thread-reply.ts'
import { readMessageBlocks } from '../../sandbox/slack/validate-blocks.ts'
import {
  aConsequence,
  aFunction,
  aLook,
  anAlarm,
  anEvidence,
  aPriceIncident,
  byName,
  later,
  noon,
  quiet,
} from '../support/builders.ts'
import { buttonsOf, linesOf } from '../support/seen.ts'

const en = aLook()
const ja = aLook({ language: 'ja' })
const at1200 = '<!date^1795402800^{date_short_pretty} {time}|2026-11-23 03:00 UTC>'
const at1255 = '<!date^1795406100^{date_short_pretty} {time}|2026-11-23 03:55 UTC>'
const source = anAlarm({ name: 'ExternalApiErrorAlarm', listed: 'ExternalApiErrorAlarm', severity: 'High' })
const ofUpdater = (createdAt: string) =>
  anEvidence({
    functions: {
      updater: aFunction({ deployments: [{ id: 'd-NEW', status: 'Succeeded', createdAt, from: '41', to: '42' }] }),
    },
  })

describe('in the message of its cause', () => {
  it.each([
    [
      en,
      '🟠 Failed calls to the price provider at 100 %, limit 50 %',
      '*Follows from it:* API 5xx answers at 98.6 %, limit 10 %: prices are older than 1 h, so the API refuses them',
    ],
    [
      ja,
      '🟠 価格取得元への呼び出しの失敗率が100%（上限50%）',
      '*このインシデントから生じているもの:* APIの5xx応答率が98.6%（上限10%）。価格が1時間より古く、APIが提供を断っているためです',
    ],
  ])('it has a line of its own, and the headline stays that of the cause', (look, header, line) => {
    const shown = linesOf(rootMessage(aPriceIncident(), look))
    expect(shown[0]).toBe(header)
    expect(shown).toContain(line)
    expect(shown.filter((each) => /Also ringing|ほかに鳴っている/.test(each))).toEqual([])
  })

  it('it is among the quiet ones when it has ended', () => {
    const shown = linesOf(rootMessage(aPriceIncident({ alarms: byName(source, quiet(aConsequence())) }), en))
    expect(shown).toContain('*Quiet by now:* API 5xx answers')
    expect(shown.filter((line) => line.startsWith('*Follows'))).toEqual([])
  })

  it('the first steps are those of the cause', () => {
    const steps = linesOf(rootMessage(aPriceIncident(), en)).filter((line) => /^\d\. /.test(line))
    expect(steps[0]).toBe('1. Look at the status page of the provider (CoinGecko) and at the status codes in the log.')
  })

  const withRemedies =
    'Resolve [Runbook, Customer report +1, Update every 10 min, Keep prices fresh for 10 min, Ask the second source first]'
  it.each([
    ['nothing is known of its deployments', undefined, `*Acknowledge Escalate ${withRemedies}`],
    ['it was deployed long before', ofUpdater(later(-4320)), `*Acknowledge Escalate ${withRemedies}`],
    ['it was deployed shortly before', ofUpdater(later(-7)), `*Acknowledge Roll back Escalate ${withRemedies}`],
  ])('a rollback of the updater: %s', (_what, evidence, row) => {
    expect(buttonsOf(rootMessage(aPriceIncident({ ...(evidence && { evidence }) }), en))).toBe(row)
  })

  it('is told when prices came last, and what of that could not be read', () => {
    const prices = [
      { currency: 'usd', updatedAt: noon, readAt: later(62) },
      { currency: 'jpy', updatedAt: later(55), readAt: later(62) },
    ]
    const shown = (look: typeof en) => linesOf(rootMessage(aPriceIncident({ evidence: anEvidence({ prices }) }), look))
    expect(shown(en)).toContain(`*Last prices:* USD ${at1200} · JPY ${at1255}`)
    expect(shown(ja)).toContain(`*最後に更新された価格:* USD ${at1200} · JPY ${at1255}`)
    const missing = [{ part: 'prices', because: 'TimeoutError: too slow' }]
    const unread = aPriceIncident({ evidence: anEvidence({ missing }) })
    expect(linesOf(rootMessage(unread, en))).toContain(
      '*Could not be read:* age of the prices (TimeoutError: too slow)',
    )
    expect(linesOf(rootMessage(unread, ja))).toContain(
      '*読み取れなかったもの:* 価格の更新時刻（TimeoutError: too slow）',
    )
  })
})

describe('in the thread', () => {
  const joined: Say = { say: 'alarm-joined', alarm: 'ApiGateway5xxAlarm', reason: 'x', follows: 'prices-too-old' }
  const moved: Say = { say: 'alarm-moved', alarm: 'ApiGateway5xxAlarm', to: 'api' }
  const alone = aPriceIncident({ alarms: byName(source) })

  it.each([
    [
      'that it needs nothing of its own',
      joined,
      aPriceIncident(),
      'API 5xx answers at 98.6 %, limit 10 %: this follows from the incident, because prices are older than 1 h, so the API refuses them. It needs nothing of its own.',
      'APIの5xx応答率が98.6%（上限10%）：このインシデントから生じたもので（価格が1時間より古く、APIが提供を断っているため）、個別の対応は不要です。',
    ],
    [
      'that it is an incident of its own now',
      moved,
      alone,
      'API 5xx answers rings on without its cause here. It is an incident of its own now, of service api.',
      'APIの5xx応答率は、ここにある原因がなくなっても鳴り続けています。サービス api の別のインシデントとして扱います。',
    ],
  ] as const)('%s, and nobody is mentioned', (_what, say, incident, english, japanese) => {
    expect(threadReply(say, incident, en).text).toBe(english)
    expect(threadReply(say, incident, ja).text).toBe(japanese)
    expect(english + japanese).not.toMatch(/<[@!]/)
  })
})

it('everything fits into what Slack takes', () => {
  const prices = ['usd', 'jpy', 'eur'].map((currency) => ({ currency, updatedAt: noon, readAt: noon }))
  for (const look of [en, ja]) {
    const { blocks } = rootMessage(aPriceIncident({ evidence: { ...ofUpdater(later(-7)), prices } }), look)
    expect(readMessageBlocks(blocks, { acceptsNewBlocks: false })).toHaveLength(blocks.length)
  }
})

describe('a rollback pressed while only a consequence rings', () => {
  const left = aPriceIncident({ alarms: byName(quiet(source), aConsequence()) })
  it.each([
    [en, /^Every alarm of its own is quiet since .*, so nothing is rolled back\.$/],
    [ja, /^このインシデント自身のすべてのアラームが収まっているため（.*）、ロールバックは行いません。$/],
  ])('says that the alarms of the cause are quiet', (look, sentence) => {
    expect(answer('alarm-clear', left, look)).toMatch(sentence)
  })
})
