import type { Words } from '../words.ts'

export const newIncident: Words['newIncident'] = {
  title: 'インシデントの登録',
  submit: '登録する',
  intro:
    'アラームでは分からない問題のためのものです。アラートのチャンネルにインシデントとして登録し、そのサービスで対応中のものがあればそこに加えます。担当はあなたになり、誰かが解決にするまで続きます。',
  notHere: (command) =>
    `APIキーの漏えいは *${command} key*、セキュリティ上の問題や誤った応答は *${command} rollback* を使ってください。`,
  what: '何が起きていますか',
  whatHint: '見出しになる1行です。お客様には表示されません。',
  service: '対象',
  services: { api: '価格API', updater: '価格の更新', table: '価格テーブル', other: 'その他' },
  severity: '重要度',
  severities: {
    Critical: 'Critical：お客様に価格が届いていない',
    High: 'High：お客様に影響がある',
    Medium: 'Medium：営業時間内の対応で足りる',
    Low: 'Low：すぐに対応しなくてよい',
  },
  doneTitle: '登録しました',
  opened: (id, channel) => `${channel} に ${id} として登録しました。誰かが引き継ぐまで、担当はあなたです。`,
  joined: (id, channel, owner) => `${channel} の ${id} に加えました。担当は ${owner} です。`,
}
