import type { Words } from '../words.ts'

const ofTime = (at: string | undefined): string => (at ? `${at}に` : '')

export const deploy: Words['deploy'] = {
  names: { api: 'API', updater: '価格更新' },
  headline: (name, versions, state) => `${name} ${versions}：${state}`,
  unknownVersions: '新しいバージョン',
  states: {
    created: 'デプロイ開始待ち',
    started: 'デプロイ開始',
    canary: (share) => `カナリア（トラフィックの${share}）`,
    succeeded: 'デプロイ完了（全トラフィック）',
    stopped: 'デプロイ停止',
    failed: 'デプロイ失敗',
    undoing: '自動ロールバック中',
    undone: '自動ロールバック済み',
    undoFailed: '自動ロールバック失敗',
    takenBack: 'ロールバック済み',
    lost: '結果は不明',
  },
  compare: '差分',
  started: (at) => `開始 ${at}`,
  took: (span) => `所要時間 ${span}`,
  succeeded: (to, at) => `${at ? `${at}から` : ''}すべてのトラフィックがv${to}に流れています。`,
  stopped: (at, why) => `${ofTime(at)}停止しました${why ? `：${why}` : '。'}`,
  failed: (at, why) => `${ofTime(at)}失敗しました${why ? `：${why}` : '。'}`,
  alarmsRang: (alarms) => `アラーム（${alarms}）が発報したためです。`,
  undoing: (back, deployment, at) => `CodeDeployが${deployment}でv${back}に戻しています${at ? `（開始 ${at}）` : ''}。`,
  undone: (back, deployment, at) => `${ofTime(at)}${deployment}でv${back}に自動ロールバックしました`,
  undoFailed: (deployment, at) =>
    `CodeDeployの自動ロールバック${deployment}が${ofTime(at)}失敗しました。両方のバージョンにトラフィックが流れている可能性があるため、エイリアスの向き先を確認してください。`,
  takenBack: (from, to, who, at) => `${who}が${at}にv${from} → v${to}へロールバックしました`,
  outcomes: {
    verifying: '効果を確認中です',
    helped: '効果がありました',
    'did-not-help': '効果がありませんでした',
    'not-proven': '効果は確認できていません',
    failed: '完了できませんでした',
  },
  sentence: (what, outcome) => `${what}。${outcome}。`,
  incident: (link) => `インシデント：${link}`,
  thread: 'スレッドへ',
  lost: 'どのように終わったかは、CodeDeployからはもう分かりません。',
  id: (deployment) => `デプロイ ${deployment}`,
}
