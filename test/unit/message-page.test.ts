import { describe, expect, it } from 'vitest'
import type { EscalationReason, Incident } from '../../bot/incident/incident.ts'
import { when } from '../../bot/message/format.ts'
import { type Page, page } from '../../bot/message/page.ts'
import { alarms } from '../../common/alarms.ts'
import {
  aFailedProof,
  aForeignAlarm,
  aLook,
  anAlarm,
  anEvidence,
  anIncident,
  anOwnedIncident,
  aRollback,
  byName,
  later,
  noon,
} from '../support/builders.ts'
import { linesOf, textsOf } from '../support/seen.ts'

const ja = aLook({ language: 'ja' })
const link = 'https://example.slack.com/archives/C1/p1?thread_ts=1&cid=C1'
const at = (level: 2 | 3, why: EscalationReason | string, change: Partial<Page> = {}): Page => ({
  kind: 'page',
  level,
  why,
  at: noon,
  ...change,
})
const didNotHelp = anOwnedIncident({ rollback: aRollback({ status: 'did-not-help', proof: aFailedProof() }) })
const failed = anOwnedIncident({ rollback: aRollback({ status: 'failed', why: 'aws-refused' }) })
const automatic = anIncident({ automaticRollback: { deployment: 'd-2', of: 'd-1', state: 'failed' } })
const growing = anIncident({ alarms: byName(anAlarm({ sweepsAbove: 2 })) })

const reasons: Record<EscalationReason, [Incident, Partial<Page>, string, string, string, string]> = {
  'alarm-opened': [
    anIncident(),
    {},
    'the alarm went off',
    'アラームが鳴りました',
    'the problem was noticed',
    '問題が見つかりました',
  ],
  reported: [
    anIncident(),
    {},
    'somebody reported it',
    '報告がありました',
    'somebody reported the problem',
    '問題の報告がありました',
  ],
  'not-acknowledged': [
    anIncident(),
    {},
    'nobody acknowledged within 15 minutes',
    '15分以内に誰も確認しませんでした',
    'nobody answered within 15 minutes',
    '15分以内に誰も応答しませんでした',
  ],
  'alarm-lasts': [
    anIncident(),
    {},
    'it has lasted 15 minutes: API errors at 12.4 %, limit 5 %',
    '15分続いています（APIのエラー率が12.4%（上限5%））',
    'the problem has lasted 15 minutes',
    '問題が15分続いています',
  ],
  'alarm-grew': [
    growing,
    {},
    '12.4 % is above 10 % in two checks in a row: API errors at 12.4 %, limit 5 %',
    '2回続けて10%を上回り、12.4%です（APIのエラー率が12.4%（上限5%））',
    'the problem is growing: 12.4 %, more than 10 %',
    '問題が悪化しています（12.4%、目安は10%まで）',
  ],
  'customers-complain': [
    anIncident({ complaints: { count: 3, since: noon, last: { by: 'U1', at: noon }, presses: [] } }),
    {},
    '3 customers have told of it',
    'お客様から3件の問い合わせがありました',
    '3 customers have complained',
    'お客様から3件の問い合わせがありました',
  ],
  'automatic-rollback-failed': [
    automatic,
    {},
    'the automatic rollback of deployment `d-1` failed',
    'デプロイ `d-1` の自動ロールバックが失敗しました',
    'putting the previous version back automatically failed',
    '前の版に自動で戻す処理が失敗しました',
  ],
  'rollback-failed': [
    failed,
    {},
    'the rollback v42 → v41 failed: AWS refused to change `crypto-watch-api-function`',
    'ロールバック v42 → v41 が失敗しました：AWSが `crypto-watch-api-function` の変更を拒否しました',
    'putting the previous version back failed',
    '前の版に戻す作業が失敗しました',
  ],
  'rollback-did-not-help': [
    didNotHelp,
    {},
    'the rollback v42 → v41 did not help: errors 12 % → 11 %',
    'ロールバック v42 → v41 で改善しませんでした：エラー率 12% → 11%',
    'putting the previous version back did not help: requests that fail 12 % → 11 %',
    '前の版に戻しても改善しませんでした：失敗したリクエストの割合 12% → 11%',
  ],
  'level-2-lasts': [
    anIncident(),
    {},
    'the developers have had it for 60 minutes and it is not over',
    '開発チームへの連絡から60分たっても解決していません',
    'the developers were asked 60 minutes ago and it is not over',
    '開発チームへの連絡から60分たっても解決していません',
  ],
  'asked-by-person': [
    anIncident(),
    { by: 'U2', reason: 'customers call' },
    '<@U2> asked for it: “customers call”',
    '<@U2> が依頼しました：「customers call」',
    '<@U2> asked for you: “customers call”',
    '<@U2> から依頼がありました：「customers call」',
  ],
}

describe('every reason has its sentence for developers and for managers, in both languages', () => {
  it.each(Object.entries(reasons))('%s', (why, [incident, change, english, japanese, plain, plainJa]) => {
    const drawn = (level: 2 | 3, look = aLook()) => linesOf(page(at(level, why, change), incident, look, link))
    expect(drawn(2)).toContain(`<!subteam^S0DEV> you are asked because ${english}.`)
    expect(drawn(2, ja)).toContain(`<!subteam^S0DEV> 対応をお願いします。理由：${japanese}。`)
    expect(drawn(3)).toContain(`<@U0DAN> you are asked because ${plain}.`)
    expect(drawn(3, ja)).toContain(`<@U0DAN> ご判断をお願いします。理由：${plainJa}。`)
  })

  it.each([
    ['High has an hour', anIncident({ severity: 'High' }), 'nobody acknowledged within 60 minutes'],
    [
      'Medium has the working day',
      anIncident({ severity: 'Medium' }),
      'nobody acknowledged by the end of the working day',
    ],
  ])('%s', (_what, incident, sentence) => {
    expect(page(at(2, 'not-acknowledged'), incident, aLook(), link).text).toContain(sentence)
  })

  it('the alarm that lasted is named, not the one that leads', () => {
    const throttled = anAlarm({
      name: 'LambdaThrottleAlarm',
      listed: 'LambdaThrottleAlarm',
      severity: 'High',
      value: 41,
      threshold: 10,
      firedAt: later(1),
    })
    const incident = anIncident({ alarms: byName(anAlarm(), throttled) })
    expect(page(at(2, 'alarm-lasts'), incident, aLook(), link).text).toContain(
      'it has lasted 3 minutes: API calls throttled 41 times, limit 10 times',
    )
  })

  it('a reason from a newer version of the bot still wakes people', () => {
    expect(page(at(2, 'something-new'), anIncident(), aLook(), link).text).toBe(
      '<!subteam^S0DEV> API errors at 12.4 %, limit 5 %. You are asked because a step up was due.',
    )
  })
})

describe('developers read', () => {
  const lines = (incident: Incident, change: Partial<Page> = {}, permalink: string | undefined = link) =>
    linesOf(page(at(2, 'not-acknowledged', change), incident, aLook(), permalink))

  it('what is affected, who is on it, what was tried and where to look', () => {
    expect(lines(didNotHelp)).toEqual([
      '*API errors at 12.4 %, limit 5 %*',
      '<!subteam^S0DEV> you are asked because nobody acknowledged within 15 minutes.',
      '*Affected:* service api, Critical, since <!date^1795402800^{date_short_pretty} {time}|2026-11-23 03:00 UTC>. Customers who ask for prices get an error for part of their requests.',
      '*On it:* <@U1>',
      '*Tried:* The rollback v42 → v41 by <@U1> did not help: errors 12 % → 11 % over 240 requests.',
      '*Where to look*',
      '• Errors, Invocations and Duration of the API function',
      '• One endpoint only, or all of them',
      'Logs: `/aws/lambda/crypto-watch-api-function` `ERROR` `Exception`',
      '<https://example.slack.com/archives/C1/p1?thread_ts=1&amp;cid=C1|Open the thread of the incident>',
      'Take over',
      'Hold 15 min',
      '`api-20261123T030000Z`',
    ])
  })

  it.each([
    ['nobody is on it', anIncident(), {}, '*On it:* nobody yet'],
    ['nothing was tried', anIncident(), {}, '*Tried:* no rollback yet'],
    ['19:00 in Tokyo', anIncident(), { at: later(420) }, 'It is outside office hours; this could not wait for them.'],
  ])('%s', (_what, incident, change, line) => expect(lines(incident, change)).toContain(line))

  it('nothing about office hours at noon', () => expect(lines(anIncident()).join()).not.toContain('office hours'))

  it.each([
    ['no link yet', undefined],
    ['a link that is none', 'javascript:alert(1)'],
    ['a link that would break out', 'https://a.b/|x> <!channel>'],
  ])('%s: the incident is named instead', (_what, permalink) => {
    const last = linesOf(page(at(2, 'not-acknowledged'), anIncident(), aLook(), permalink)).at(-4)
    expect(last).toBe('Look for incident `api-20261123T030000Z` in the alerts channel.')
  })
})

describe('managers read', () => {
  it('why they, why now, the impact in numbers, what was tried, who was asked and the one decision', () => {
    const requests = {
      from: later(-2),
      until: later(60),
      isWhole: true,
      total: 9_800,
      failed: 1_204,
      endpoints: [],
      limited: [],
    }
    const asked = {
      id: 'developers',
      kind: 'developers',
      look: 1,
      step: { why: 'not-acknowledged', at: later(15) },
    } as const
    const incident = anOwnedIncident({
      rollback: aRollback({ status: 'did-not-help', proof: aFailedProof() }),
      escalation: { level: 3, since: later(75), why: 'level-2-lasts', next: { nothingDue: 'top-level' } },
      cards: [asked],
      evidence: { ...anEvidence(), readAt: later(74), requests },
      complaints: { count: 2, since: noon, last: { by: 'U1', at: noon }, presses: [] },
    })
    expect(linesOf(page(at(3, 'level-2-lasts', { at: later(420) }), incident, aLook(), link))).toEqual([
      'Your decision is needed',
      '<@U0DAN> you are asked because the developers were asked 60 minutes ago and it is not over.',
      'It is outside office hours; this could not wait for them.',
      '*What customers notice*',
      'Customers who ask for prices get an error for part of their requests.',
      `• For 1 h 15 min by now (${when(later(75))})`,
      `• 1,204 of 9,800 requests failed since ${when(later(-2))} (12.3 %)`,
      '• Now: requests that fail: 12.4 %; up to 5 % is accepted',
      '• 2 customers have complained',
      '*What was tried*',
      `• the previous version was put back, without success (requests that fail 12 % → 11 %) (<@U1>, ${when(later(3))})`,
      '*Who was asked*',
      `• <!subteam^S0ONCALL>, on call, ${when(noon)}`,
      `• <!subteam^S0DEV>, developers, ${when(later(15))}`,
      `• <@U1> took it ${when(later(2))}`,
      '*Asked of you*',
      '<@U1> has taken it. Decide whether to stop the service until this is mended; if the team needs time, hold.',
      `*By* ${when(later(90))}. Otherwise you are asked once more, and the service goes on as it is.`,
      '<https://example.slack.com/archives/C1/p1?thread_ts=1&amp;cid=C1|What the team writes about it>',
      'Take over',
      'Hold 15 min',
      '`api-20261123T030000Z`',
      'Approve maintenance mode',
      'Tell customers',
    ])
  })

  it('that nobody has taken it, and nothing was tried', () => {
    const lines = linesOf(page(at(3, 'level-2-lasts'), anIncident(), aLook(), link))
    expect(lines).toContain('• Nobody has taken it')
    expect(lines).toContain('• nothing has been undone or changed so far')
    expect(lines).toContain(
      'Take it over, or decide whether to stop the service until this is mended. If the team needs time, hold.',
    )
  })

  it('an alarm of nobody by its name', () => {
    const incident = anIncident({ alarms: byName(aForeignAlarm()) })
    expect(linesOf(page(at(3, 'level-2-lasts'), incident, aLook(), link))).toContain(
      'A part of the system reports a problem: queue-depth.',
    )
  })

  const jargon =
    /lambda|alias|p9\d|5xx|cloudwatch|dynamodb|codedeploy|throttl|deployment|rollback|エイリアス|スロットリング|デプロイ|ロールバック/i
  it.each(alarms.flatMap(({ name }) => [...Object.keys(reasons)].map((why) => [name, why] as const)))(
    '%s, %s: no word of how the service is built',
    (name, why) => {
      const alarm = anAlarm({ name, listed: name, sweepsAbove: 2 })
      for (const { automaticRollback, rollback } of [didNotHelp, failed, automatic]) {
        const incident = anIncident({
          alarms: byName(alarm),
          ...(automaticRollback && { automaticRollback }),
          ...(rollback && { rollback: { ...rollback, alarm: name } }),
        })
        for (const look of [aLook(), ja]) {
          const drawn = page(at(3, why), incident, look, undefined)
          expect([drawn.text, ...textsOf(drawn.blocks)].join('\n')).not.toMatch(jargon)
        }
      }
    },
  )
})
