import { describe, expect, it } from 'vitest'
import type { Incident } from '../../bot/incident/incident.ts'
import type { Say } from '../../bot/incident/say.ts'
import { threadReply } from '../../bot/message/thread-reply.ts'
import {
  aFailedProof,
  aForeignAlarm,
  aLook,
  anAlarm,
  anEvidence,
  anIncident,
  anOwnedIncident,
  aProof,
  aResolvedIncident,
  aRollback,
  byName,
  later,
  quiet,
} from '../support/builders.ts'
import { textsOf } from '../support/seen.ts'

const at1205 = '<!date^1795403100^{date_short_pretty} {time}|2026-11-23 03:05 UTC>'
const at1203 = '<!date^1795402980^{date_short_pretty} {time}|2026-11-23 03:03 UTC>'
const level2 = (why: 'rollback-did-not-help' | 'not-acknowledged') =>
  anOwnedIncident({
    escalation: { level: 2, since: later(9), why, next: { due: later(69), level: 3, why: 'level-2-lasts' } },
  })
const two = anIncident({ alarms: byName(anAlarm(), aForeignAlarm({ value: 7, threshold: 5 })) })
const ended = { say: 'rollback-ended', by: 'U1', role: 'api', from: '42', to: '41' } as const
const refused = { say: 'rollback-refused', by: 'U1', role: 'api', to: '41' } as const
const failed = { say: 'rollback-failed', role: 'api', to: '41' } as const

const sentences: [string, Say, Incident, string, string][] = [
  [
    'an alarm joined',
    { say: 'alarm-joined', alarm: 'queue-depth', reason: 'It is <full>' },
    two,
    'Another alarm joined: Alarm queue-depth at 7, limit 5. It is &lt;full&gt;',
    '別のアラームが加わりました：アラーム「queue-depth」が7（上限5）。It is &lt;full&gt;',
  ],
  [
    'acknowledged',
    { say: 'acknowledged', by: 'U1' },
    anIncident(),
    '<@U1> acknowledged and is on it.',
    '<@U1> が確認し、対応を始めました。',
  ],
  [
    'escalated by time',
    { say: 'escalated', level: 2, why: 'not-acknowledged' },
    anIncident(),
    'Escalated to the developers: nobody acknowledged within 15 minutes.',
    '開発チームにエスカレーションしました。理由：15分以内に誰も確認しませんでした',
  ],
  [
    'escalated by a person',
    { say: 'escalated', level: 3, why: 'asked-by-person', by: 'U2', reason: 'customers <call>' },
    anIncident(),
    'Escalated to management: <@U2> asked for it: “customers &lt;call&gt;”.',
    'マネジメントにエスカレーションしました。理由：<@U2> が依頼しました：「customers &lt;call&gt;」',
  ],
  [
    'a customer was counted',
    { say: 'customer-reported', by: 'U1', count: 3 },
    anIncident(),
    '<@U1> counted one more report from a customer: 2 → 3.',
    '<@U1> がお客様からの問い合わせを1件記録しました（2件 → 3件）。',
  ],
  [
    'an action item was added for nobody',
    { say: 'action-item', is: 'added', by: 'U1', text: 'alarm at <3 %>', due: '2026-12-01' },
    aResolvedIncident(),
    '<@U1> added an action item: alarm at &lt;3 %&gt; (by 2026-12-01)',
    '<@U1> がアクションアイテムを追加しました：alarm at &lt;3 %&gt;（期限：2026-12-01）',
  ],
  [
    'an action item is done',
    { say: 'action-item', is: 'done', by: 'U1', text: 'alarm at 3 %' },
    aResolvedIncident(),
    '✓ <@U1> marked this action item as done: alarm at 3 %',
    '✓ <@U1> がアクションアイテムを完了しました：alarm at 3 %',
  ],
  [
    'an action item is not done after all',
    { say: 'action-item', is: 'undone', by: 'U1', text: 'alarm at 3 %' },
    aResolvedIncident(),
    '<@U1> says that this action item is not done yet: alarm at 3 %',
    '<@U1> がアクションアイテムを未完了に戻しました：alarm at 3 %',
  ],
  [
    'rollback asked',
    { say: 'rollback-asked', by: 'U1', role: 'updater', from: '8', to: '7' },
    anIncident(),
    '<@U1> asked to roll back `crypto-watch-price-update-function`, v8 → v7. Each step shows in the message above.',
    '<@U1> が `crypto-watch-price-update-function` のロールバック v8 → v7 を依頼しました。進み具合は上のメッセージに表示します。',
  ],
  [
    'a deployment is stopped',
    { say: 'deployment-stopping', deployment: 'd-1', own: false },
    anIncident(),
    'Deployment `d-1` is being stopped; the alias moves when it has ended.',
    'デプロイ `d-1` を停止しています。終了後にエイリアスを切り替えます。',
  ],
  [
    'CodeDeploy undoes already',
    { say: 'deployment-stopping', deployment: 'd-1', own: true },
    anIncident(),
    'CodeDeploy is already undoing by deployment `d-1`; the alias moves when that has ended.',
    'CodeDeployがデプロイ `d-1` で取り消しを進めています。終了後にエイリアスを切り替えます。',
  ],
  [
    'the alias moved',
    { say: 'alias-moved', role: 'api', from: '42', to: '41' },
    anIncident(),
    '`crypto-watch-api-function` now serves v41 instead of v42. The proof is being read, for at most 5 min.',
    '`crypto-watch-api-function` をv42からv41に切り替えました。最長5分間、効果を確認します。',
  ],
  [
    'it helped',
    { ...ended, outcome: 'helped', proof: aProof() },
    anIncident(),
    'Rolled back v42 → v41 by <@U1>, errors 12 % → 0.3 %, alarm OK after 2 min 10 s',
    '<@U1> が v42 → v41 にロールバック、エラー率 12% → 0.3%、2分10秒後にアラームがOK',
  ],
  [
    'it did not help',
    { ...ended, outcome: 'did-not-help', proof: aFailedProof() },
    level2('rollback-did-not-help'),
    'The rollback v42 → v41 by <@U1> did not help: errors 12 % → 11 % over 240 requests. Escalated to the developers.',
    '<@U1> によるロールバック v42 → v41 では改善しませんでした：エラー率 12% → 11%（240リクエスト）。開発チームにエスカレーションしました。',
  ],
  [
    'it proved nothing',
    { ...ended, outcome: 'not-proven', proof: aFailedProof({ requests: 0 }) },
    anIncident(),
    'Rolled back v42 → v41 by <@U1>, not proven: no traffic.',
    '<@U1> が v42 → v41 にロールバック、効果は未確認：リクエストなし。',
  ],
  [
    'CodeDeploy begins',
    { say: 'automatic-rollback', state: 'running', deployment: 'd-2', of: 'd-1' },
    anIncident(),
    'CodeDeploy has begun to undo deployment `d-1` by itself (`d-2`). Give it 2 to 3 min.',
    'CodeDeployがデプロイ `d-1` の自動取り消しを始めました（`d-2`）。2〜3分お待ちください。',
  ],
  [
    'CodeDeploy has done it',
    { say: 'automatic-rollback', state: 'succeeded', deployment: 'd-2', of: 'd-1' },
    anIncident(),
    'CodeDeploy has undone deployment `d-1` (`d-2`).',
    'CodeDeployがデプロイ `d-1` を取り消しました（`d-2`）。',
  ],
  [
    'CodeDeploy failed',
    { say: 'automatic-rollback', state: 'failed', deployment: 'd-2', of: 'd-1' },
    anIncident(),
    'CodeDeploy could not undo deployment `d-1` (`d-2`). Roll back by hand.',
    'CodeDeployはデプロイ `d-1` を取り消せませんでした（`d-2`）。手動でロールバックしてください。',
  ],
  [
    'quiet',
    { say: 'recovering', until: later(5) },
    anIncident(),
    `Every alarm is quiet. It resolves itself ${at1205} unless one rings again.`,
    `すべてのアラームが収まりました。再び鳴らなければ ${at1205} に自動で解決にします。`,
  ],
  [
    'resolved by a person',
    { say: 'resolved', by: 'U2' },
    anIncident(),
    '<@U2> resolved it.',
    '<@U2> が解決にしました。',
  ],
  [
    'resolved by itself',
    { say: 'resolved' },
    anIncident(),
    'Resolved: every alarm stayed quiet for 5 min.',
    '解決しました。すべてのアラームが5分間鳴りませんでした。',
  ],
  [
    'it is back',
    { say: 'reopened', alarm: 'LambdaErrorAlarm' },
    anIncident(),
    '<!subteam^S0ONCALL> It is back: API errors. The same incident is open again.',
    '<!subteam^S0ONCALL> 再発しました：APIのエラー率。同じインシデントを再開します。',
  ],
]

describe('every reply has its sentence in both languages', () => {
  it.each(sentences)('%s', (_what, say, incident, english, japanese) => {
    const reply = threadReply(say, incident, aLook())
    expect(reply.text).toBe(english)
    expect(textsOf(reply.blocks)).toEqual([english])
    expect(threadReply(say, incident, aLook({ language: 'ja' })).text).toBe(japanese)
  })
})

describe('every refusal says who asked, why not, and what is now', () => {
  const began = 'The rollback to v41 that <@U1> asked for did not begin. '
  const began_ja = '<@U1> が依頼したv41へのロールバックは始まりませんでした。'
  const fn = '`crypto-watch-api-function`'
  const running = anOwnedIncident({ rollback: aRollback({ by: 'U9', status: 'verifying' }) })
  const calm = anOwnedIncident({ alarms: byName(quiet(anAlarm(), later(5))) })
  const known = anIncident({ evidence: anEvidence() })
  it.each([
    [
      'no-function',
      anIncident(),
      'No rollback can cure this alarm: no function of ours is behind it.',
      'このアラームはロールバックでは直りません。原因となる関数が当方にありません。',
    ],
    [
      'evidence-missing',
      anIncident(),
      `The versions and deployments of ${fn} could not be read, so a rollback would be blind. Try again in a minute.`,
      `${fn} のバージョンとデプロイを読み取れず、このままでは何が起こるか確かめられません。1分後にもう一度お試しください。`,
    ],
    [
      'no-previous-version',
      known,
      `${fn} has no earlier version to go back to; it serves v42.`,
      `${fn} には戻せる以前のバージョンがありません（現在はv42）。`,
    ],
    [
      'target-missing',
      known,
      'Version v41 has been deleted; the function serves v42. Go back by hand to one that exists, or escalate.',
      'バージョンv41は削除されています（現在はv42）。残っているバージョンへ手作業で戻すか、エスカレーションしてください。',
    ],
    [
      'equals-current',
      anIncident(),
      'Version v41 already serves all requests. There is nothing to move.',
      'すでにバージョンv41がすべてのリクエストに応答しています。動かすものがありません。',
    ],
    [
      'rollback-running',
      running,
      `<@U9> asked for a rollback v42 → v41, ${at1203}. Present step: Prove it: alias read back, a known price answered, alarm OK.`,
      `<@U9> が依頼したロールバック v42 → v41 を実行中です（${at1203} から）。現在の手順：効果を確認：エイリアスの読み直し、既知の価格の応答、アラームのOK`,
    ],
    [
      'alarm-clear',
      calm,
      `Every alarm is quiet since ${at1205}, so nothing is rolled back.`,
      `すべてのアラームが収まっているため（${at1205} から）、ロールバックは行いません。`,
    ],
    [
      'already-resolved',
      aResolvedIncident({ resolved: { at: later(5), by: 'U2' } }),
      `This incident was resolved by <@U2>, ${at1205}.`,
      `このインシデントは <@U2> が ${at1205} に解決済みです。`,
    ],
    [
      'alias-moved',
      known,
      `Somebody changed where ${fn} points since you looked; at the last reading it served v42. Look again before rolling back.`,
      `ご覧になった後で ${fn} の向き先が変更されました（最後に読み取った時点ではv42）。もう一度確認してからロールバックしてください。`,
    ],
    [
      'function-busy',
      anIncident(),
      `Another change of ${fn} is under way. Try again when it has ended.`,
      `${fn} に別の変更を実行中です。終わってからもう一度お試しください。`,
    ],
    ['aws-refused', anIncident(), `AWS refused to change ${fn}.`, `AWSが ${fn} の変更を拒否しました。`],
    ['took-too-long', anIncident(), 'A step did not end within 10 min.', '手順の1つが10分以内に終わりませんでした。'],
  ] as const)('%s', (why, incident, english, japanese) => {
    expect(threadReply({ ...refused, why }, incident, aLook()).text).toBe(began + english)
    expect(threadReply({ ...refused, why }, incident, aLook({ language: 'ja' })).text).toBe(began_ja + japanese)
  })

  it('what the worker saw counts more than the record', () => {
    const reply = threadReply({ ...refused, why: 'alias-moved', now: '43' }, known, aLook())
    expect(reply.text).toContain('at the last reading it served v43')
  })
})

describe('a rollback that failed leaves the commands to do it by hand', () => {
  it('with the deployment to stop first', () => {
    const say: Say = { ...failed, why: 'aws-refused', message: 'AccessDenied: <no>', deployment: 'd-NEW' }
    expect(textsOf(threadReply(say, anIncident(), aLook()).blocks)).toEqual([
      '`crypto-watch-api-function` could not be rolled back to v41. AWS refused to change `crypto-watch-api-function`. AWS said: “AccessDenied: &lt;no&gt;”',
      [
        'To do it by hand:',
        '```aws deploy stop-deployment --deployment-id d-NEW --auto-rollback-enabled',
        "aws lambda update-alias --function-name crypto-watch-api-function --name live --function-version 41 --routing-config 'AdditionalVersionWeights={}'",
        'aws lambda get-alias --function-name crypto-watch-api-function --name live```',
      ].join('\n'),
    ])
  })

  it('for the function of the stage, without a deployment when none is known', () => {
    const say: Say = { ...failed, role: 'updater', why: 'took-too-long' }
    expect(textsOf(threadReply(say, anIncident(), aLook({ stage: 'staging', language: 'ja' })).blocks)).toEqual([
      '`crypto-watch-price-update-function-staging` をv41に戻せませんでした。手順の1つが10分以内に終わりませんでした。',
      [
        '手動で行うコマンド：',
        "```aws lambda update-alias --function-name crypto-watch-price-update-function-staging --name live --function-version 41 --routing-config 'AdditionalVersionWeights={}'",
        'aws lambda get-alias --function-name crypto-watch-price-update-function-staging --name live```',
      ].join('\n'),
    ])
  })
})
