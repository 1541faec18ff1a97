import type { EscalationReason } from '../../incident/incident.ts'
import type { Words } from '../words.ts'
import type { ReasonFacts } from './facts.ts'

const quoted = (reason: string | undefined): string => (reason ? `：「${reason}」` : '')

const reason: Record<EscalationReason, (facts: ReasonFacts) => string> = {
  'alarm-opened': () => 'アラームが鳴りました',
  reported: () => '報告がありました',
  'not-acknowledged': ({ within }) =>
    within === undefined ? '営業日の終わりまでに誰も確認しませんでした' : `${within}分以内に誰も確認しませんでした`,
  'alarm-lasts': ({ alarm, lastsMinutes }) =>
    lastsMinutes === undefined ? `長引いています（${alarm}）` : `${lastsMinutes}分続いています（${alarm}）`,
  'alarm-grew': ({ alarm, above }) =>
    above ? `2回続けて${above.limit}を上回り、${above.value}です（${alarm}）` : `悪化し続けています（${alarm}）`,
  'customers-complain': ({ complaints }) => `お客様から${complaints ?? '複数'}件の問い合わせがありました`,
  'automatic-rollback-failed': ({ deployment }) =>
    `${deployment ? `デプロイ ${deployment} の` : ''}自動ロールバックが失敗しました`,
  'rollback-failed': ({ versions, refusal }) =>
    `ロールバック${versions ? ` ${versions} ` : ''}が失敗しました${refusal ? `：${refusal.replace(/。$/, '')}` : ''}`,
  'rollback-did-not-help': ({ versions, numbers }) =>
    `ロールバック${versions ? ` ${versions} ` : ''}で改善しませんでした${numbers ? `：${numbers}` : ''}`,
  'level-2-lasts': ({ levelMinutes }) => `開発チームへの連絡から${levelMinutes}分たっても解決していません`,
  'asked-by-person': ({ by, reason }) => `${by ?? '担当者'} が依頼しました${quoted(reason)}`,
}

const plainReason: Record<EscalationReason, (facts: ReasonFacts) => string> = {
  'alarm-opened': () => '問題が見つかりました',
  reported: () => '問題の報告がありました',
  'not-acknowledged': ({ within }) =>
    within === undefined ? '営業日の終わりまでに誰も応答しませんでした' : `${within}分以内に誰も応答しませんでした`,
  'alarm-lasts': ({ lastsMinutes }) =>
    lastsMinutes === undefined ? '問題が長引いています' : `問題が${lastsMinutes}分続いています`,
  'alarm-grew': ({ above }) =>
    above ? `問題が悪化しています（${above.value}、目安は${above.limit}まで）` : '問題が悪化しています',
  'customers-complain': ({ complaints }) => `お客様から${complaints ?? '複数'}件の問い合わせがありました`,
  'automatic-rollback-failed': () => '前の版に自動で戻す処理が失敗しました',
  'rollback-failed': () => '前の版に戻す作業が失敗しました',
  'rollback-did-not-help': ({ numbers }) => `前の版に戻しても改善しませんでした${numbers ? `：${numbers}` : ''}`,
  'level-2-lasts': ({ levelMinutes }) => `開発チームへの連絡から${levelMinutes}分たっても解決していません`,
  'asked-by-person': ({ by, reason }) => `${by ?? '担当者'} から依頼がありました${quoted(reason)}`,
}

export const talk: Words['talk'] = {
  reason,
  plainReason,
  unknownReason: 'エスカレーションの時刻になりました',
  thread: {
    alarmJoined: (alarm, reason) => `別のアラームが加わりました：${alarm}。${reason}`,
    followsFromIt: (alarm, why) => `${alarm}：このインシデントから生じたもので（${why}）、個別の対応は不要です。`,
    alarmMoved: (alarm, service) =>
      `${alarm}は、ここにある原因がなくなっても鳴り続けています。サービス ${service} の別のインシデントとして扱います。`,
    customerReported: (by, before, now) =>
      `${by} がお客様からの問い合わせを1件記録しました（${before}件 → ${now}件）。`,
    stepDone: (by, step) => `✓ ${by} がランブックの手順を終えました：${step}`,
    stepUndone: (by, step) => `${by} がランブックの手順を未完了に戻しました：${step}`,
    acknowledged: (by) => `${by} が確認し、対応を始めました。`,
    escalated: (who, reason) => `${who}にエスカレーションしました。理由：${reason}`,
    rollbackAsked: (by, name, from, to) =>
      `${by} が ${name} のロールバック v${from} → v${to} を依頼しました。進み具合は上のメッセージに表示します。`,
    rollbackRefused: (by, to, why) => `${by} が依頼したv${to}へのロールバックは始まりませんでした。${why}`,
    stopping: (deployment) => `デプロイ ${deployment} を停止しています。終了後にエイリアスを切り替えます。`,
    stoppingItself: (deployment) =>
      `CodeDeployがデプロイ ${deployment} で取り消しを進めています。終了後にエイリアスを切り替えます。`,
    aliasMoved: (name, from, to) => `${name} をv${from}からv${to}に切り替えました。最長5分間、効果を確認します。`,
    rollbackFailed: (name, to, why, said) =>
      `${name} をv${to}に戻せませんでした。${why}${said ? `AWSの応答：「${said}」` : ''}`,
    byHand: '手動で行うコマンド：',
    automatic: {
      running: (of, by) => `CodeDeployがデプロイ ${of} の自動取り消しを始めました（${by}）。2〜3分お待ちください。`,
      succeeded: (of, by) => `CodeDeployがデプロイ ${of} を取り消しました（${by}）。`,
      failed: (of, by) =>
        `CodeDeployはデプロイ ${of} を取り消せませんでした（${by}）。手動でロールバックしてください。`,
    },
    recovering: (until) => `すべてのアラームが収まりました。再び鳴らなければ ${until} に自動で解決にします。`,
    resolvedBy: (by) => `${by} が解決にしました。`,
    resolved: (quiet) => `解決しました。すべてのアラームが${quiet}間鳴りませんでした。`,
    reopened: (alarm) => `再発しました：${alarm}。同じインシデントを再開します。`,
  },
  page: {
    why: (mention, reason) => `${mention} 対応をお願いします。理由：${reason}。`,
    because: (headline, reason) => `${headline}。対応をお願いします。理由：${reason}。`,
    affected: (what, since, impact) => [`*影響:* ${what}、${since} から。`, impact].filter(Boolean).join(''),
    owner: (who) => `*対応中:* ${who}`,
    noOwner: '*対応中:* まだいません',
    tried: (what) => `*試したこと:* ${what}`,
    nothingTried: '*試したこと:* ロールバックはまだ行っていません',
    look: '*確認する場所*',
    thread: (url) => `<${url}|インシデントのスレッドを開く>`,
    noThread: (id) => `アラートのチャンネルでインシデント ${id} を探してください。`,
    outside: '営業時間外ですが、待てないため連絡しました。',
  },
  answers: {
    'nothing-open': () => 'このインシデントはすでに終わっています。何も行いませんでした。',
    'already-known': () => 'すでに記録済みです。追加で行ったことはありません。',
    'older-than-known': () => 'その後インシデントの状態が変わりました。最新の状態をそのまま維持します。',
    'too-many-alarms': () => 'このインシデントに記録できるアラームの数を超えています。残りは件数だけを数えます。',
    'too-many-reports': () =>
      'このインシデントに記録できる報告の数を超えています。インシデントのスレッドに書き込んでください。',
    'not-its-consequence': () => 'このアラームはこのインシデントから生じたものではありません。何も行いませんでした。',
    'already-acknowledged': ({ owner }) =>
      owner ? `${owner.user} が ${owner.since} に確認し、対応中です。` : 'すでに確認済みです。',
    'already-at-top': ({ managers }) =>
      `ご依頼のレベルまで、すでにエスカレーション済みです。最上位は ${managers} です。`,
    'nothing-due': () => '今は行うことがありません。',
    'already-done': () => 'すでに実行済みです。',
    'not-permitted': ({ groups }) =>
      `何も行いませんでした。この操作ができるのは ${groups} だけです。いずれかの人に依頼してください。`,
    'groups-unknown': () =>
      '操作できるグループの構成をSlackから読み取れず、何も行いませんでした。1分ほど待ってもう一度押してください。',
    'incident-gone': () => 'このインシデントの記録はもうありません。何も行いませんでした。',
    'not-readable': () =>
      'このボタンを読み取れず、何も行いませんでした。インシデントの最新のメッセージから操作してください。',
    'not-saved': () => '保存できず、何も行いませんでした。もう一度押してください。',
    'too-late': () => '画面を開く前にSlackの制限時間が過ぎ、何も行いませんでした。もう一度押してください。',
  },
}
