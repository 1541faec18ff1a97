import type { Words } from '../words.ts'

const beforeThat = (days: number, before: string): string => `その前の${days}日間：${before}`

export const home: Words['home'] = {
  title: '価格サービスのインシデント',
  asOf: (at) => `${at} 時点`,
  refresh: '更新する',
  showDays: (days) => `${days}日間を表示する`,
  open: '対応中のインシデント',
  nothingOpen: '対応中のインシデントはありません。',
  openMessage: 'メッセージを開く',
  listHelp: (command) => `ほかにできること：${command} help`,
  people: '連絡先',
  groups: { oncall: '*オンコール担当:*', developers: '*開発チーム:*', managers: '*マネジメント:*' },
  deployments: '最近のデプロイ',
  noDeployments: '分かっているデプロイはありません。',
  deployment: (what, versions, at, state) => `${what}：${versions}（${at}、${state}）`,
  numbers: (days) => `直近${days}日間`,
  noIncidents: (days) => `この${days}日間に始まり、終わったインシデントはありません。`,
  incidents: ({ days, now, before }) => `*終わったインシデント:* ${now}（${beforeThat(days, before)}）`,
  acknowledged: ({ days, now, median, before }) =>
    `*MTTA*（発生から担当者が決まるまで）：平均 *${now}*、中央値 ${median}（${beforeThat(days, before)}）`,
  resolved: ({ days, now, median, before }) =>
    `*MTTR*（発生から解決まで）：平均 *${now}*、中央値 ${median}（${beforeThat(days, before)}）`,
  none: 'なし',
  inTime: (met, of) => `*時間内に担当者が決まった件数:* ${of}件中${met}件`,
  weeks: '*週ごとの件数*（左の日付から1週間）',
  times: '*MTTA* と *MTTR*：前の期間、この期間、この期間の重要度別',
  loudest: '*よく鳴ったアラーム*：鳴った回数（インシデントの件数）',
  postmortems: 'ポストモーテム',
  noPostmortems: 'この期間に書かれたポストモーテムはありません。',
  postmortem: (title, at, by) => `*${title}*（${at}、作成者 ${by}）`,
  actions: (open, of) =>
    open === 0
      ? `アクションアイテムは${of}件すべて完了しています`
      : `アクションアイテム${of}件のうち${open}件が未完了です`,
  unread: {
    open: '対応中のインシデントを読み取れませんでした。「更新する」を押してください。',
    openTyped: '対応中のインシデントを読み取れませんでした。もう一度入力してください。',
    people: 'このグループのメンバーをSlackから取得できませんでした。',
    deployments: 'デプロイを読み取れませんでした。「更新する」を押してください。',
    history: '履歴を読み取れませんでした。「更新する」を押してください。',
  },
  notDrawn: '画面を更新できませんでした。表示は古いままです。もう一度押してください。',
}
