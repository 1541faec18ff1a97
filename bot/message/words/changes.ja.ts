import type { Suspicion } from '../../incident/rollback-plan.ts'
import type { Words } from '../words.ts'
import { maintenanceSetting } from './maintenance.ja.ts'

const suspicion: Record<Suspicion, string> = {
  likely: '原因の可能性が高い',
  possible: '原因の可能性あり',
  unlikely: '原因の可能性は低い',
}

const by = (who: string | undefined): string => (who ? `（${who}）` : '')

export const changes: Words['changes'] = {
  title: '*変更点*',
  cautions: {
    'stale-prices': '価格が古いことは、APIをロールバックしても直りません。',
    'setting-nearer':
      '最後のデプロイより後に設定が変更されています。ロールバックしても設定は元に戻りません。設定の変更を取り消すか、元の値に戻してください。',
    'cause-elsewhere': '失敗の大半はこの関数の外に原因があります。この関数をロールバックしても直りません。',
  },
  settings: {
    updateEveryMinutes: { name: '価格の更新間隔', value: (shown) => `${shown}分ごと` },
    cacheTtlMinutes: { name: '価格を新しいとみなす時間', value: (shown) => `${shown}分` },
    provider: {
      name: '優先する価格提供元',
      value: (shown) => (shown === 'first' ? '第1の提供元' : shown === 'second' ? '第2の提供元' : shown),
    },
    maintenance: maintenanceSetting,
  },
  caution: (all) => `⚠️ ${all.join('')}`,
  line: (what, judged, isOther) => `${what}：${suspicion[judged]}${isOther ? '（別の関数に関する変更）' : ''}`,
  deployed: ({ versions, function: name, gap, who }, state) => {
    const was = { done: 'デプロイ', 'under-way': 'デプロイ開始', failed: 'デプロイ開始、失敗' }[state]
    return `${name} ${versions ?? '（バージョン不明）'}、${gap}に${was}${by(who)}`
  },
  putBack: ({ versions, function: name, gap }) =>
    `${name} ${versions ?? '（バージョン不明）'}、${gap}にCodeDeployが差し戻し`,
  rolledBack: ({ versions, function: name, gap, who }) =>
    `${name} ${versions ?? '（バージョン不明）'}、${gap}にロールバック${by(who)}`,
  setting: (name, from, to, gap, who) => `${name} ${from} → ${to}、${gap}に変更${by(who)}`,
  key: {
    created: (name, gap, who) => `APIキー ${name}、${gap}に発行${by(who)}`,
    disabled: (name, gap, who) => `APIキー ${name}、${gap}に無効化${by(who)}`,
    enabled: (name, gap, who) => `APIキー ${name}、${gap}に有効化${by(who)}`,
  },
  concurrency: (name, from, to, gap, who) => `${name} に予約した同時実行数 ${from} → ${to}、${gap}に変更${by(who)}`,
  byHand: (name, from, to) => `${name} ${from} → ${to}、手作業で変更（時刻の記録なし）`,
  details: (what, details) => `${what}、${details}`,
  compare: '差分',
  compareVersions: (from, to) => `v${from}からv${to}への差分`,
}
