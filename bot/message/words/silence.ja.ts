import type { Words } from '../words.ts'

export const silence: Words['silence'] = {
  what: { api: '価格API', updater: '価格の更新', table: '価格テーブル', all: '価格API・価格の更新・価格テーブル' },
  running: (what) => `${what}のアラーム通知を停止中`,
  until: (until, by) => `${until} まで（設定：${by}）`,
  reason: (reason) => `*理由:* ${reason}`,
  rule: '停止中に鳴ったアラームはここに記録し、終了時にまとめて知らせます。 *Criticalも含め*、それまで誰も呼び出しません。CloudWatchからのメールと、対応中のインシデントは止まりません。',
  noneYet: 'アラームはまだ鳴っていません。',
  over: (what) => `${what}のアラーム通知を再開しました`,
  span: (from, to, by) => `停止期間：${from} 〜 ${to}（設定：${by}）`,
  endedBy: (who) => `${who} が予定より早く終了しました。`,
  rang: '*停止中に鳴ったアラーム*',
  ringsOn: '*まだ鳴っているアラーム*',
  nothingRang: '停止中に鳴ったアラームはありません。',
  alarm: (title, first, fired) => `${title} · 初回 ${first} · ${fired}回`,
  ringing: '鳴っています',
  rangOn: '終了時も鳴っていました',
  clear: (at) => `${at} に収束`,
  incident: (id) => `インシデント ${id}`,
  rangInside: (since, until) =>
    `*通知停止中に発生:* ${since} から鳴っていましたが、${until} まで誰にも知らせていません`,
  endNow: '今すぐ終了する',
  title: 'アラーム通知の停止',
  submit: '停止する',
  intro:
    '計画作業のためのものです。鳴ったアラームは *Criticalも含めて* インシデントにせずに記録し、終了時に知らせます。そのとき鳴っているものはインシデントになります。対応中のインシデントはそのまま続き、手動での登録もできます。',
  service: '対象',
  services: { api: '価格API', updater: '価格の更新', table: '価格テーブル', all: '3つすべて（API・更新・テーブル）' },
  lasts: '停止する時間',
  lastsHint: '時間が来ると自動で終了します。早く終了して、設定し直すこともできます。',
  why: '理由',
  whyHint: '作業の内容を書いてください。アラートのチャンネルの全員に表示されます。',
  doneTitle: '停止しました',
  begun: (what, until, channel) =>
    `${what}のアラーム通知を ${until} まで停止します。鳴ったアラームは ${channel} に記録します。`,
  line: (what, until, by, reason) => `🔕 ${what}のアラーム通知を ${until} まで停止中（設定：${by}、理由：${reason}）`,
  unread: 'アラーム通知が停止中かどうかを読み取れませんでした。',
  ended: '終了しました。まだ鳴っているアラームは、1分以内にインシデントになります。',
  answers: {
    'already-silenced': (what, by, until) =>
      `${what}のアラーム通知は、${by} が ${until} まで停止しています。設定し直すには、先にそちらを終了してください。`,
    'not-closed-yet': '前回の停止を終了している途中です。1分ほど待って、もう一度お試しください。',
    'not-silenced': 'この停止はすでに終了しています。',
  },
}
