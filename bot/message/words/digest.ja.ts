import type { Words } from '../words.ts'

export const digest: Words['digest'] = {
  title: (week) => `インシデント週報 ${week}`,
  span: (from, to) => `集計期間：${from} 〜 ${to}`,
  nothing: 'この1週間とその前の1週間にインシデントはなく、対応中のものや残っている作業もありません。',
  incidents: (now, before) => `*インシデント:* ${now}件（前の週は${before}件）`,
  times: (name, now, before) => `*${name}:* 平均 ${now}（その前の4週間：${before}）`,
  none: 'なし',
  rolledBack: (of, helped) => `*ロールバック:* ${of}件のインシデントで実施（うち改善を確認できたもの${helped}件）`,
  drills: (n) => `*訓練:* ${n}回（上の数字には含めません）`,
  loudest: '*よく鳴ったアラーム*：鳴った回数（インシデントの件数）',
  low: '*Lowのアラーム*（呼び出しは行っていません）',
  fired: (n) => `${n}回`,
  open: '*対応中のインシデント*',
  unfinished: '*未完了のアクションアイテム*',
  actions: (open, of) => `${of}件中${open}件が未完了`,
}
