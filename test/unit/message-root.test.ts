import { describe, expect, it } from 'vitest'
import type { Incident, NothingDue } from '../../bot/incident/incident.ts'
import { rootMessage } from '../../bot/message/root-message.ts'
import {
  aFailedProof,
  aForeignAlarm,
  aFunction,
  aLook,
  anAlarm,
  anEvidence,
  anIncident,
  anOwnedIncident,
  aProof,
  aQuietIncident,
  aResolvedIncident,
  aRollback,
  byName,
  later,
  noon,
  quiet,
} from '../support/builders.ts'
import { linesOf } from '../support/seen.ts'

const ja = aLook({ language: 'ja' })
const at1215 = '<!date^1795403700^{date_short_pretty} {time}|2026-11-23 03:15 UTC>'
const at1200 = '<!date^1795402800^{date_short_pretty} {time}|2026-11-23 03:00 UTC>'
const headerOf = (incident: Incident, look = aLook()) => linesOf(rootMessage(incident, look))[0]
const listed = (name: string, value: number, threshold: number, severity: 'Critical' | 'High' | 'Medium') =>
  anIncident({ severity, alarms: byName(anAlarm({ name, listed: name, value, threshold, severity })) })

describe('the header is a sentence', () => {
  it.each([
    [anIncident(), '🔴 API errors at 12.4 %, limit 5 %', '🔴 APIのエラー率が12.4%（上限5%）'],
    [
      listed('LambdaThrottleAlarm', 41, 10, 'High'),
      '🟠 API calls throttled 41 times, limit 10 times',
      '🟠 API呼び出しのスロットリングが41回（上限10回）',
    ],
    [
      listed('ApiLatencyP95Alarm', 3.2, 2, 'Medium'),
      '🟡 API response time (p95) at 3.2 s, limit 2 s',
      '🟡 APIの応答時間（p95）が3.2秒（上限2秒）',
    ],
    [
      listed('PricesStaleAlarm', 4320, 3600, 'High'),
      '🟠 Age of the newest price at 1 h 12 min, limit 1 h',
      '🟠 最新価格の経過時間が1時間12分（上限1時間）',
    ],
    [
      anIncident({ severity: 'High', alarms: byName(aForeignAlarm({ value: 1200, threshold: 500 })) }),
      '🟠 Alarm queue-depth at 1,200, limit 500',
      '🟠 アラーム「queue-depth」が1,200（上限500）',
    ],
    [
      anIncident({ severity: 'High', alarms: byName(aForeignAlarm()) }),
      '🟠 Alarm queue-depth',
      '🟠 アラーム「queue-depth」',
    ],
    [aQuietIncident(), '⚪ Quiet again: API errors', '⚪ 収まりました：APIのエラー率'],
    [aResolvedIncident(), '✓ Resolved: API errors', '✓ 解決：APIのエラー率'],
  ])('%#: %s', (incident, english, japanese) => {
    expect(headerOf(incident)).toBe(english)
    expect(headerOf(incident, ja)).toBe(japanese)
  })

  it('an alarm that lost its value still says its limit', () => {
    const { value: _unknown, ...alarm } = anAlarm()
    expect(headerOf(anIncident({ alarms: byName(alarm) }))).toBe('🔴 API errors, over the limit of 5 %')
  })

  it("tells an unknown alarm in plain words instead of CloudWatch's", () => {
    const reason =
      'Threshold Crossed: 2 out of the last 2 datapoints [612.0 (23/11/26 03:00:00), 540.0 (23/11/26 02:59:00)] were greater than the threshold (500.0) (minimum 2 datapoints for OK -> ALARM transition).'
    const incident = anIncident({ alarms: byName(aForeignAlarm({ reason })) })
    expect(linesOf(rootMessage(incident, aLook()))).toContain('2 of the last 2 readings above 500: 612, 540')
    expect(linesOf(rootMessage(incident, ja))).toContain('直近2回の測定のうち2回が500を上回りました：612, 540')
  })

  it('quotes a reason whose form it does not know', () => {
    const incident = anIncident({ alarms: byName(aForeignAlarm({ reason: 'Somebody set <b>this</b> by hand' })) })
    expect(linesOf(rootMessage(incident, aLook()))).toContain('Somebody set &lt;b&gt;this&lt;/b&gt; by hand')
  })
})

describe('who has it and where it goes next', () => {
  it.each([
    ['nobody yet', anIncident(), '*Owner:* nobody yet', '*担当:* まだいません'],
    [
      'the next step has its time and its condition',
      anIncident(),
      `*Next:* goes to the developers ${at1215} unless someone acknowledges.`,
      `*次:* ${at1215} に開発チームへエスカレーション（誰かが確認すれば行いません）。`,
    ],
    [
      'Medium waits for office hours',
      anIncident({ severity: 'Medium' }),
      `*Next:* goes to the developers ${at1215} unless someone acknowledges. Medium waits for office hours (Mon–Fri 09:00–18:00 Asia/Tokyo).`,
      `*次:* ${at1215} に開発チームへエスカレーション（誰かが確認すれば行いません）。Mediumは営業時間内に対応します（月〜金 09:00〜18:00 Asia/Tokyo）。`,
    ],
    [
      'a step already taken says why',
      anOwnedIncident({
        escalation: { level: 2, since: noon, why: 'asked-by-person', by: 'U2', next: { nothingDue: 'owned' } },
      }),
      `*Escalated:* to the developers since ${at1200}, <@U2> asked for it`,
      `*エスカレーション済み:* 開発チーム（${at1200}）。理由：<@U2> が依頼しました`,
    ],
  ])('%s', (_what, incident, english, japanese) => {
    expect(linesOf(rootMessage(incident, aLook()))).toContain(english)
    expect(linesOf(rootMessage(incident, ja))).toContain(japanese)
  })

  const named: Record<NothingDue, [string, string]> = {
    'low-severity': [
      '*Next:* No escalation: Low can wait for working hours.',
      '*次:* エスカレーションなし（Lowは営業時間に確認すれば足ります）',
    ],
    recovering: [
      '*Next:* No escalation while the alarms stay quiet.',
      '*次:* アラームが収まっている間はエスカレーションしません',
    ],
    'cause-over': [
      '*Next:* No escalation: only what follows from it still rings.',
      '*次:* エスカレーションなし（鳴っているのは、このインシデントから生じたアラームだけです）',
    ],
    'maintenance-on': [
      '*Next:* No escalation while maintenance mode is on: managers have approved it.',
      '*次:* メンテナンスモード中のため、エスカレーションなし（マネジメントが承認済み）',
    ],
    'top-level': [
      '*Next:* No further escalation: management has been told.',
      '*次:* これ以上のエスカレーションはありません（マネジメントに連絡済み）',
    ],
    owned: ['*Next:* No escalation is due: <@U1> is on it.', '*次:* 予定されたエスカレーションなし（<@U1> が対応中）'],
    drill: [
      '*Next:* No escalation by itself: this is a drill.',
      '*次:* 自動ではエスカレーションしません（訓練のため）',
    ],
    resolved: ['*Next:* No escalation: it is over.', '*次:* エスカレーションなし（解決済み）'],
  }
  it.each(Object.entries(named))('no next step because of %s has its sentence', (nothingDue, [english, japanese]) => {
    const next = { nothingDue: nothingDue as NothingDue }
    const incident = anOwnedIncident({ escalation: { level: 1, since: noon, why: 'alarm-opened', next } })
    expect(linesOf(rootMessage(incident, aLook()))).toContain(english)
    expect(linesOf(rootMessage(incident, ja))).toContain(japanese)
  })
})

describe('whom the first post wakes', () => {
  const mentions = (incident: Incident) => JSON.stringify(rootMessage(incident, aLook())).split('S0ONCALL').length - 1
  it.each([
    ['an open Critical one', anIncident(), 2],
    ['an open High one', anIncident({ severity: 'High' }), 2],
    ['Medium waits', anIncident({ severity: 'Medium' }), 0],
    ['somebody has it', anOwnedIncident(), 0],
    ['it is quiet', aQuietIncident(), 0],
    ['it is over', aResolvedIncident(), 0],
  ])('%s', (_when, incident, times) => {
    expect(mentions(incident)).toBe(times)
  })
})

describe('what changed', () => {
  const withEvidence = (change: Parameters<typeof anEvidence>[0]) => anIncident({ evidence: anEvidence(change) })
  const lines = (incident: Incident, look = aLook()) => linesOf(rootMessage(incident, look))

  it('names version, commit, author and the minutes before the alarm, by a stated rule', () => {
    const incident = withEvidence({})
    expect(lines(incident)).toContain('*What changed*')
    expect(lines(incident)).toContain(
      '• v41 → v42 of `crypto-watch-api-function`, deployed 7 min before the alarm by Chie Mori, `abc1234def` “parse faster”: likely the cause',
    )
    expect(lines(incident)).toContain(`*Live now:* v42`)
    expect(lines(incident, ja)).toContain(
      '• `crypto-watch-api-function` v41 → v42、アラームの7分前にデプロイ（Chie Mori）、`abc1234def` 「parse faster」：原因の可能性が高い',
    )
  })

  it.each([
    ['two hours before', later(-120), '“parse faster”: possibly the cause', 'deployed 2 h before the alarm'],
    ['three days before', later(-4320), ': unlikely to be the cause', '*What changed:* v42 of'],
    ['after the alarm', later(5), '“parse faster”: unlikely to be the cause', 'deployed 5 min after the alarm'],
  ])('%s', (_when, createdAt, verdict, words) => {
    const deployments = [{ id: 'd-NEW', status: 'Succeeded', createdAt, from: '41', to: '42' }]
    const found = lines(withEvidence({ functions: { api: aFunction({ deployments }) } })).find((line) =>
      line.includes(words),
    )
    expect(found).toContain(verdict)
  })

  it.each([
    ['is being read', anIncident(), '*What changed:* versions, deployments and numbers are being read.'],
    [
      'has nothing to go back to',
      withEvidence({ functions: { api: aFunction({ versions: [{ version: '42' }], deployments: [] }) } }),
      '`crypto-watch-api-function` has no earlier version to go back to; it serves v42.',
    ],
    [
      'cannot be cured',
      anIncident({
        service: 'table',
        alarms: byName(anAlarm({ name: 'DynamoDBThrottleAlarm', listed: 'DynamoDBThrottleAlarm' })),
      }),
      'No deployment of ours is known to be behind this, so there is nothing to roll back.',
    ],
    [
      'shows a split alias',
      withEvidence({
        functions: { api: aFunction({ alias: { version: '41', weights: { '42': 0.1 }, revisionId: 'r' } }) },
      }),
      `*Live now:* v41, and 10 % of the traffic on v42`,
    ],
    [
      'says what could not be read',
      withEvidence({ missing: [{ part: 'metrics', because: 'ThrottlingException: slow down' }] }),
      '*Could not be read:* current numbers (ThrottlingException: slow down)',
    ],
  ])('%s', (_what, incident, sentence) => {
    expect(lines(incident)).toContain(sentence)
  })

  it('after a rollback, is what it was and never the version that came back', () => {
    const moved = aFunction({ alias: { version: '41', weights: {}, revisionId: 'revision-2' } })
    const rollback = aRollback({ status: 'helped', proof: aProof() })
    const incident = anOwnedIncident({ rollback, evidence: anEvidence({ functions: { api: moved } }) })
    expect(lines(incident).filter((line) => line.includes('v41 of'))).toEqual([])
    expect(lines(incident).find((line) => line.startsWith('• v41 → v42 of'))).toContain(': likely the cause')
    expect(lines(incident)).toContain(`*Live now:* v41`)
  })
})

describe('a rollback', () => {
  const shown = (rollback: Incident['rollback'], change: Partial<Incident> = {}, look = aLook()) =>
    linesOf(rootMessage(anOwnedIncident({ ...(rollback && { rollback }), ...change }), look))
  const steps = (lines: string[]) => lines.filter((line) => /^[✓▸·] /.test(line))

  it('shows its steps while it runs', () => {
    expect(steps(shown(aRollback({ status: 'moving' })))).toEqual([
      '✓ Check the version and look for a running deployment',
      '▸ Move the alias v42 → v41',
      '· Prove it: alias read back, a known price answered, alarm OK',
    ])
    expect(steps(shown(aRollback({ status: 'stopping', deployment: 'd-NEW' })))).toEqual([
      '✓ Check the version and look for a running deployment',
      '▸ Stop deployment `d-NEW` and wait for its end',
      '· Move the alias v42 → v41',
      '· Prove it: alias read back, a known price answered, alarm OK',
    ])
    expect(steps(shown(aRollback({ status: 'verifying' }), {}, ja))).toEqual([
      '✓ バージョンと実行中のデプロイを確認',
      '✓ エイリアスを v42 → v41 に切り替え',
      '▸ 効果を確認：エイリアスの読み直し、既知の価格の応答、アラームのOK',
    ])
  })

  it('tells the numbers so far while the proof is read', () => {
    const proof = aFailedProof({ after: 6.2, requests: 14 })
    expect(shown(aRollback({ status: 'verifying', proof }))).toContain('So far: errors 12 % → 6.2 % over 14 requests')
  })

  const escalation = {
    level: 2,
    since: later(9),
    why: 'rollback-did-not-help',
    next: { due: later(69), level: 3, why: 'level-2-lasts' },
  } as const
  it.each([
    [
      'helped',
      aRollback({ status: 'helped', proof: aProof() }),
      {},
      'Rolled back v42 → v41 by <@U1>, errors 12 % → 0.3 %, alarm OK after 2 min 10 s',
      '<@U1> が v42 → v41 にロールバック、エラー率 12% → 0.3%、2分10秒後にアラームがOK',
    ],
    [
      'helped by the numbers alone',
      aRollback({ status: 'helped', proof: aFailedProof({ after: 0.3 }) }),
      {},
      'Rolled back v42 → v41 by <@U1>, errors 12 % → 0.3 %, under the limit over 240 requests',
      '<@U1> が v42 → v41 にロールバック、エラー率 12% → 0.3%、240リクエストで上限以内',
    ],
    [
      'did not help',
      aRollback({ status: 'did-not-help', proof: aFailedProof() }),
      { escalation },
      'The rollback v42 → v41 by <@U1> did not help: errors 12 % → 11 % over 240 requests. Escalated to the developers.',
      '<@U1> によるロールバック v42 → v41 では改善しませんでした：エラー率 12% → 11%（240リクエスト）。開発チームにエスカレーションしました。',
    ],
    [
      'did not help, and the API does not answer',
      aRollback({ status: 'did-not-help', proof: aFailedProof({ priceAnswered: false, aliasReadBack: false }) }),
      { escalation: { ...escalation, why: 'not-acknowledged' as const } },
      'The rollback v42 → v41 by <@U1> did not help: errors 12 % → 11 % over 240 requests, the alias does not read back v41, a known price is not answered. It is already with the developers.',
      '<@U1> によるロールバック v42 → v41 では改善しませんでした：エラー率 12% → 11%（240リクエスト）、エイリアスがv41を指していない、既知の価格が返らない。すでに開発チームに連絡済みです。',
    ],
    [
      'not proven without traffic',
      aRollback({ status: 'not-proven', proof: aFailedProof({ requests: 0 }) }),
      {},
      'Rolled back v42 → v41 by <@U1>, not proven: no traffic.',
      '<@U1> が v42 → v41 にロールバック、効果は未確認：リクエストなし。',
    ],
    [
      'not proven by little traffic',
      aRollback({ status: 'not-proven', proof: aFailedProof({ requests: 7 }) }),
      {},
      'Rolled back v42 → v41 by <@U1>, not proven: only 7 requests since, 20 are needed.',
      '<@U1> が v42 → v41 にロールバック、効果は未確認：その後7リクエストのみ、判定には20必要。',
    ],
    [
      'failed',
      aRollback({ status: 'failed', why: 'aws-refused' }),
      {},
      'The rollback v42 → v41 by <@U1> failed. AWS refused to change `crypto-watch-api-function`. The commands to do it by hand are in the thread.',
      '<@U1> によるロールバック v42 → v41 は失敗しました。AWSが `crypto-watch-api-function` の変更を拒否しました。手動で行うコマンドはスレッドにあります。',
    ],
  ])('%s', (_how, rollback, change, english, japanese) => {
    expect(shown(rollback, change)).toContain(english)
    expect(shown(rollback, change, ja)).toContain(japanese)
  })

  it("CodeDeploy's own rollback is told apart", () => {
    const automaticRollback = { deployment: 'd-UNDO', of: 'd-NEW', state: 'running' } as const
    expect(shown(undefined, { automaticRollback })).toContain(
      '*Automatic rollback:* CodeDeploy is undoing deployment `d-NEW` (`d-UNDO`). Give it 2 to 3 min.',
    )
  })
})

describe('first steps', () => {
  const steps = (incident: Incident) => linesOf(rootMessage(incident, aLook())).filter((line) => /^\d\. /.test(line))
  it('are shown while it is open or acknowledged, at most four lines with the logs', () => {
    expect(steps(anIncident())).toHaveLength(3)
    expect(linesOf(rootMessage(anIncident(), aLook()))).toContain(
      'Logs: `/aws/lambda/crypto-watch-api-function` `ERROR` `Exception`',
    )
  })
  it('are not shown once it is quiet, nor for an alarm of nobody', () => {
    expect(steps(aQuietIncident())).toEqual([])
    expect(steps(anIncident({ alarms: byName(aForeignAlarm()) }))).toEqual([])
  })
})

it('names the alarms that joined, five at most', () => {
  const others = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => aForeignAlarm({ name, firedAt: later(1) }))
  const calm = quiet(anAlarm({ name: 'LambdaThrottleAlarm', listed: 'LambdaThrottleAlarm' }))
  const lines = linesOf(rootMessage(anIncident({ alarms: byName(anAlarm(), ...others, calm) }), aLook()))
  expect(lines).toContain('*Also ringing:* Alarm a · Alarm b · Alarm c · Alarm d · Alarm e · and 2 more')
  expect(lines).toContain('*Quiet by now:* API calls throttled')
})

describe('the fallback for push and screen reader is a sentence', () => {
  it.each([
    [anIncident(), '<!subteam^S0ONCALL> Critical: API errors at 12.4 %, limit 5 %. Nobody has acknowledged it yet.'],
    [anOwnedIncident(), 'Critical: API errors at 12.4 %, limit 5 %. <@U1> is on it.'],
    [aQuietIncident(), 'Quiet again: API errors. It resolves itself if it stays quiet.'],
    [aResolvedIncident(), 'Resolved: API errors, after 23 min.'],
  ])('%#', (incident, text) => {
    expect(rootMessage(incident, aLook()).text).toBe(text)
  })
})

describe('a resolved incident is short', () => {
  it.each([
    ['by itself', aResolvedIncident(), 'Ended by itself: every alarm stayed quiet for 5 min.'],
    ['by a person', aResolvedIncident({ resolved: { at: later(23), by: 'U2' } }), 'Closed by <@U2>.'],
    [
      'by a rollback',
      aResolvedIncident({ rollback: aRollback({ status: 'helped', proof: aProof() }) }),
      'Rolled back v42 → v41 by <@U1>, errors 12 % → 0.3 %, alarm OK after 2 min 10 s',
    ],
  ])('%s', (_how, incident, sentence) => {
    const { blocks } = rootMessage(incident, aLook())
    expect(blocks.map(({ type }) => type)).toEqual(['header', 'section', 'actions', 'context'])
    expect(linesOf({ text: '', blocks })).toContain(sentence)
    expect(linesOf({ text: '', blocks })).toContain('Owner: <@U1>')
  })
})
