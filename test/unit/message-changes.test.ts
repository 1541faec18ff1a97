import { describe, expect, it } from 'vitest'
import type { Health } from '../../bot/incident/health.ts'
import { planRollback } from '../../bot/incident/rollback-plan.ts'
import type { SeenChange } from '../../bot/incident/seen-change.ts'
import { adviceLine } from '../../bot/message/advice-part.ts'
import { cautionLines, changeLines } from '../../bot/message/change-part.ts'
import { compareLink } from '../../bot/message/compare-link.ts'
import { rollbackModal } from '../../bot/message/rollback-modal.ts'
import { rootMessage } from '../../bot/message/root-message.ts'
import { aFunction, aLook, anEvidence, anIncident, aPriceIncident, later, noon } from '../support/builders.ts'
import { aDeployment, anAliasMove, anErrorShape, aSetting, changedBy, deployedAt } from '../support/change-builders.ts'
import { linesOf } from '../support/seen.ts'

const repository = 'your-organisation/crypto-watch'
const en = aLook({ repository })
const ja = aLook({ repository, language: 'ja' })
const commits = { older: '0123456', newer: 'abc1234' }
const aKey = {
  what: 'key',
  id: 'p',
  at: later(-5),
  by: 'U2',
  incident: 'api-1',
  key: 'key0000002',
  name: 'hoshi-app',
} as const
const link = 'https://github.com/your-organisation/crypto-watch/compare/0123456...abc1234'

describe('what changed, in one sentence each', () => {
  it.each<[string, SeenChange, string, string]>([
    [
      'a deployment',
      aDeployment(-7, { author: 'Chie Mori', commit: 'abc1234', subject: 'parse faster', commits }),
      `• v41 → v42 of \`crypto-watch-api-function\`, deployed 7 min before the alarm by Chie Mori, \`abc1234\` “parse faster” <${link}|compare>: likely the cause`,
      `• \`crypto-watch-api-function\` v41 → v42、アラームの7分前にデプロイ（Chie Mori）、\`abc1234\` 「parse faster」 <${link}|差分>：原因の可能性が高い`,
    ],
    [
      'of the other function',
      aDeployment(-7, { role: 'updater' }),
      '• v41 → v42 of `crypto-watch-price-update-function`, deployed 7 min before the alarm: possibly the cause, as it is about the other function',
      '• `crypto-watch-price-update-function` v41 → v42、アラームの7分前にデプロイ：原因の可能性あり（別の関数に関する変更）',
    ],
    [
      'one under way, begun after the alarm',
      aDeployment(4, { status: 'InProgress' }),
      '• v41 → v42 of `crypto-watch-api-function`, deployment begun 4 min after the alarm: unlikely to be the cause',
      '• `crypto-watch-api-function` v41 → v42、アラームの4分後にデプロイ開始：原因の可能性は低い',
    ],
    [
      'one that failed',
      aDeployment(-90, { status: 'Stopped' }),
      '• v41 → v42 of `crypto-watch-api-function`, deployment failed, begun 1 h 30 min before the alarm: possibly the cause',
      '• `crypto-watch-api-function` v41 → v42、アラームの1時間30分前にデプロイ開始、失敗：原因の可能性あり',
    ],
    [
      'CodeDeploy put a version back',
      aDeployment(3, { from: '42', to: '41', undoes: 'd-1' }),
      '• v42 → v41 of `crypto-watch-api-function`, put back by CodeDeploy 3 min after the alarm: unlikely to be the cause',
      '• `crypto-watch-api-function` v42 → v41、アラームの3分後にCodeDeployが差し戻し：原因の可能性は低い',
    ],
    [
      'a rollback of another incident',
      anAliasMove(-20, { commits }),
      `• v42 → v41 of \`crypto-watch-api-function\`, rolled back 20 min before the alarm by <@U2>, <${link}|compare>: likely the cause`,
      `• \`crypto-watch-api-function\` v42 → v41、アラームの20分前にロールバック（<@U2>）、<${link}|差分>：原因の可能性が高い`,
    ],
    [
      'a remedy of another incident, from the default',
      aSetting(-12),
      '• How often prices are fetched: every 5 min → every 10 min, changed 12 min before the alarm by <@U2>: possibly the cause, as it is about the other function',
      '• 価格の更新間隔 5分ごと → 10分ごと、アラームの12分前に変更（<@U2>）：原因の可能性あり（別の関数に関する変更）',
    ],
    [
      'its undo',
      aSetting(-5, { field: 'cacheTtlMinutes', from: 10, to: null }),
      '• How long a price counts as fresh: 10 min → 5 min, changed 5 min before the alarm by <@U2>: likely the cause',
      '• 価格を新しいとみなす時間 10分 → 5分、アラームの5分前に変更（<@U2>）：原因の可能性が高い',
    ],
    [
      'the other source',
      aSetting(-5, { field: 'provider', from: 'first', to: 'second' }),
      '• Which price source is asked first: the first → the second, changed 5 min before the alarm by <@U2>: possibly the cause, as it is about the other function',
      '• 優先する価格提供元 第1の提供元 → 第2の提供元、アラームの5分前に変更（<@U2>）：原因の可能性あり（別の関数に関する変更）',
    ],
    [
      'a key disabled in another incident',
      { ...aKey, from: 'enabled', to: 'disabled' },
      '• API key hoshi-app (`key0000002`) disabled 5 min before the alarm by <@U2>: likely the cause',
      '• APIキー hoshi-app (`key0000002`)、アラームの5分前に無効化（<@U2>）：原因の可能性が高い',
    ],
    [
      'its undo',
      { ...aKey, from: 'disabled', to: 'enabled' },
      '• API key hoshi-app (`key0000002`) enabled 5 min before the alarm by <@U2>: likely the cause',
      '• APIキー hoshi-app (`key0000002`)、アラームの5分前に有効化（<@U2>）：原因の可能性が高い',
    ],
    [
      'a key created',
      { ...aKey, from: 'none', to: 'enabled' },
      '• API key hoshi-app (`key0000002`) created 5 min before the alarm by <@U2>: likely the cause',
      '• APIキー hoshi-app (`key0000002`)、アラームの5分前に発行（<@U2>）：原因の可能性が高い',
    ],
    [
      'more concurrency',
      { what: 'concurrency', id: 'p', at: later(-5), by: 'U2', incident: 'api-1', role: 'api', from: 50, to: 100 },
      '• Concurrency reserved for `crypto-watch-api-function`: 50 → 100, changed 5 min before the alarm by <@U2>: likely the cause',
      '• `crypto-watch-api-function` に予約した同時実行数 50 → 100、アラームの5分前に変更（<@U2>）：原因の可能性が高い',
    ],
    [
      'by hand',
      { what: 'by-hand', field: 'cacheTtlMinutes', logged: 10, now: 15 },
      '• How long a price counts as fresh: 10 min → 15 min, changed by hand, nobody recorded when: possibly the cause',
      '• 価格を新しいとみなす時間 10分 → 15分、手作業で変更（時刻の記録なし）：原因の可能性あり',
    ],
    [
      'a deployment that says nothing of versions',
      (({ from: _from, to: _to, ...rest }) => rest)(aDeployment(-7)),
      '• a deployment of `crypto-watch-api-function`, deployed 7 min before the alarm: likely the cause',
      '• `crypto-watch-api-function` （バージョン不明）、アラームの7分前にデプロイ：原因の可能性が高い',
    ],
  ])('%s', (_what, change, english, japanese) => {
    expect(changeLines(changedBy([change]), en)).toEqual(['*What changed*', english])
    expect(changeLines(changedBy([change]), ja)).toEqual(['*変更点*', japanese])
  })

  it('four are shown, and the rest is counted', () => {
    const incident = changedBy(
      [-1, -2, -3, -4, -5, -6].map((minutes) => aSetting(minutes)),
      {},
      1,
    )
    expect(changeLines(incident, en)).toHaveLength(6)
    expect(changeLines(incident, en).at(-1)).toBe('and 3 more')
    expect(changeLines(incident, ja).at(-1)).toBe('ほか3件')
  })

  it('nothing changed in a day: what serves is told with its age, as ever', () => {
    const old = aFunction({ deployments: [deployedAt(-4320)] })
    const incident = changedBy([], { functions: { api: old } })
    expect(changeLines(incident, en)).toEqual([])
    expect(linesOf(rootMessage(incident, en))).toContain(
      '*What changed:* v42 of `crypto-watch-api-function`, deployed 3 d before the alarm: unlikely to be the cause (the alarm came first, or more than a day later)',
    )
  })

  it('a record of before has its own deployments', () => {
    const incident = anIncident({ evidence: anEvidence() })
    expect(changeLines(incident, en).at(1)).toContain('• v41 → v42 of `crypto-watch-api-function`, deployed 7 min')
  })

  it.each([
    ['settings', 'settings as they stand', '現在の設定'],
    ['changes', 'what the bot has changed', 'ボットによる変更の記録'],
    ['api-deployments', 'deployments of the API', 'APIのデプロイ'],
    ['updater-deployments', 'deployments of the updater', '価格更新のデプロイ'],
    ['health', "error rate and p95 for the runbook's criteria", 'ランブックの基準に使うエラー率とp95'],
  ])('%s that could not be read are named', (part, english, japanese) => {
    const incident = changedBy([], { missing: [{ part, because: 'TimeoutError: no answer' }] })
    expect(linesOf(rootMessage(incident, en))).toContain(`*Could not be read:* ${english} (TimeoutError: no answer)`)
    expect(linesOf(rootMessage(incident, ja))).toContain(
      `*読み取れなかったもの:* ${japanese}（TimeoutError: no answer）`,
    )
  })
})

describe('the link that compares commits', () => {
  it.each([
    ['both known', commits, en, `<${link}|compare>`],
    ['one is no commit', { older: '0123456', newer: 'v42|x>' }, en, undefined],
    ['neither known', undefined, en, undefined],
    ['no repository', commits, aLook(), undefined],
  ])('%s', (_what, known, look, expected) => {
    expect(compareLink(known, 'compare', look)).toBe(expected)
  })
})

describe('what keeps people from a useless rollback', () => {
  it('stale prices, in the message and in the modal', () => {
    const incident = {
      ...aPriceIncident(),
      evidence: anEvidence({ functions: {}, changes: { list: [aDeployment(-7)], more: 0 } }),
    }
    const said = '⚠️ Stale prices are not cured by rolling back the API.'
    expect(cautionLines(incident, en)).toEqual([said])
    expect(cautionLines(incident, ja)).toEqual(['⚠️ 価格が古いことは、APIをロールバックしても直りません。'])
    expect(linesOf(rootMessage(incident, en))).toContain(said)
    expect(linesOf(rollbackModal(planRollback('api', aFunction(), noon), incident, en, '{}'))).toContain(said)
  })

  it('a setting', () => {
    const incident = changedBy([aSetting(-3), aDeployment(-7)])
    expect(cautionLines(incident, en)).toEqual([
      '⚠️ A setting was changed after the last deployment. A rollback does not take back a setting: undo it, or set it back.',
    ])
    expect(cautionLines(incident, ja)).toEqual([
      '⚠️ 最後のデプロイより後に設定が変更されています。ロールバックしても設定は元に戻りません。設定の変更を取り消すか、元の値に戻してください。',
    ])
  })

  it('a cause elsewhere', () => {
    const sample = 'ThrottlingException: slow down'
    const incident = changedBy([aDeployment(-7)], {
      errors: { from: noon, top: [anErrorShape(sample)], isWhole: true },
    })
    expect(cautionLines(incident, en)).toEqual([
      '⚠️ Most of what fails comes from outside of this function. A rollback of it does not cure that.',
    ])
    expect(cautionLines(incident, ja)).toEqual([
      '⚠️ 失敗の大半はこの関数の外に原因があります。この関数をロールバックしても直りません。',
    ])
  })
})

describe('what the runbook says of a rollback', () => {
  const health = (change: Partial<Health> = {}): Health => ({
    from: later(-3),
    to: noon,
    calls: 1_200,
    errors: 9,
    requests: 1_300,
    p95: 0.3,
    before: { until: later(-60), p95: 0.2 },
    ...change,
  })
  const incident = (minutes: number, seen: Health | undefined, readAt = later(1), status = 'Succeeded') =>
    anIncident({
      evidence: anEvidence({
        readAt,
        functions: { api: aFunction({ deployments: [deployedAt(minutes, { status })] }) },
        ...(seen && { health: seen }),
      }),
    })

  it.each([
    [
      'a criterion is met',
      incident(-60, health({ errors: 48, p95: 0.45 })),
      '*The runbook advises a rollback:* errors 4 % of 1,200 calls in the last 3 min (3 % or more counts); p95 0.45 s, it was 0.2 s in the 24 h before the deployment (twice as much counts).',
      '*ランブックはロールバックを勧めています:* 直近3分のエラー率4%、呼び出し1,200回（3%以上で該当）；p95は0.45秒、デプロイ前24時間は0.2秒（2倍以上で該当）。',
    ],
    [
      'none is met yet',
      incident(-60, health()),
      '*No criterion of the runbook for a rollback is met yet:* the alarm came 60 min after the end of the deployment (within 10 min counts); errors 0.75 % of 1,200 calls in the last 3 min (3 % or more counts); p95 0.3 s, it was 0.2 s in the 24 h before the deployment (twice as much counts).',
      '*ランブックのロールバック基準に該当するものはまだありません:* デプロイ完了の60分後にアラーム発生（10分以内で該当）；直近3分のエラー率0.75%、呼び出し1,200回（3%以上で該当）；p95は0.3秒、デプロイ前24時間は0.2秒（2倍以上で該当）。',
    ],
    [
      'the automatic rollback comes first',
      incident(-7, health({ errors: 48 }), later(1), 'InProgress'),
      '*The runbook has you wait first:* the alarm came 7 min after the end of the deployment (within 10 min counts); give the automatic rollback 2 min more. Met already: errors 4 % of 1,200 calls in the last 3 min (3 % or more counts).',
      '*ランブックではまず待ちます:* デプロイ完了の7分後にアラーム発生（10分以内で該当）、自動ロールバックをあと2分待つ。すでに該当：直近3分のエラー率4%、呼び出し1,200回（3%以上で該当）。',
    ],
    [
      'it had its time',
      incident(-7, undefined, later(3), 'InProgress'),
      '*The runbook advises a rollback:* the alarm came 7 min after the end of the deployment (within 10 min counts).',
      '*ランブックはロールバックを勧めています:* デプロイ完了の7分後にアラーム発生（10分以内で該当）。',
    ],
  ])('%s', (_title, drawn, english, japanese) => {
    expect(adviceLine(drawn, en)).toBe(english)
    expect(adviceLine(drawn, ja)).toBe(japanese)
    expect(linesOf(rootMessage(drawn, en))).toContain(english)
  })

  const modal = (drawn: ReturnType<typeof incident>, look = en) =>
    linesOf(rollbackModal(planRollback('api', aFunction({ deployments: [deployedAt(-60)] }), noon), drawn, look, '{}'))

  it('the modal tells each criterion, also what is not known', () => {
    expect(modal(incident(-60, health({ calls: 12, errors: 1, requests: 12 })))).toEqual(
      expect.arrayContaining([
        "*The runbook's criteria for a rollback*",
        '• ✗ not met: the alarm came 60 min after the end of the deployment (within 10 min counts)',
        '• ? not known: errors in the last 3 min (3 % or more counts): only 12 calls, 20 are needed',
        '• ? not known: p95 0.3 s, it was 0.2 s in the 24 h before the deployment (twice as much counts)',
        '• ? not known: more customers write in',
      ]),
    )
    expect(modal(incident(-60, health({ errors: 60 })), ja)).toEqual(
      expect.arrayContaining([
        '*ランブックのロールバック基準*',
        '• ✗ 非該当：デプロイ完了の60分後にアラーム発生（10分以内で該当）',
        '• ✓ 該当：直近3分のエラー率5%、呼び出し1,200回（3%以上で該当）',
        '• ? 不明：お客様からの問い合わせの増加',
      ]),
    )
  })

  it('the modal links the commits that go away', () => {
    const versions = [
      { version: '42', commit: 'abc1234' },
      { version: '41', commit: '0123456' },
    ]
    const plan = planRollback('api', aFunction({ versions, deployments: [deployedAt(-60)] }), noon)
    const lines = linesOf(rollbackModal(plan, incident(-60, undefined), en, '{}'))
    expect(lines).toContain(`<${link}|what changed from v41 to v42>`)
    expect(linesOf(rollbackModal(plan, incident(-60, undefined), ja, '{}'))).toContain(`<${link}|v41からv42への差分>`)
  })

  it('the updater has no criteria of its own', () => {
    const plan = planRollback('updater', aFunction({ deployments: [deployedAt(-60)] }), noon)
    expect(linesOf(rollbackModal(plan, incident(-60, health()), en, '{}')).join('\n')).not.toContain('criteria')
  })
})
