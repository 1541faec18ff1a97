import type { RemedyName } from '../../remedy/remedies.ts'
import type { Words } from '../words.ts'

const eased: Record<RemedyName, string> = {
  'update-less-often': '価格の取得間隔を延ばしました',
  'longer-cache': '価格を最新とみなす時間を延ばしました',
  'other-provider': '価格の取得元を予備に切り替えました',
  'disable-key': 'アクセスキーを1つ止めました',
  'new-key': '新しいアクセスキーを発行しました',
  'raise-concurrency': '同時に受け付けられるリクエストの数を増やしました',
  'maintenance-mode': 'サービスを停止し、メンテナンス中の表示に切り替えました',
}

export const manager: Words['manager'] = {
  title: 'ご判断をお願いします',
  titleOver: '解決しました（ご判断は不要です）',
  titleQuiet: '収まりました（様子を見ています）',
  why: (mention, reason) => `${mention} ご判断をお願いします。理由：${reason}。`,
  impact: '*お客様への影響*',
  unlisted: (name) => `システムの一部が問題を報告しています（${name}）。`,
  lasted: ({ lasted, asOf }) => `• ${lasted}継続中（${asOf} 時点）`,
  requests: ({ failed, total, share, since, isWhole }) =>
    isWhole
      ? `• ${since} 以降のリクエスト${total}件のうち${failed}件が失敗（${share}）`
      : `• ${since} 以降、少なくとも${failed}件のリクエストが失敗（集計した${total}件の${share}）`,
  measured: ({ measure, value, limit }) => `• 現在：${measure}：${value}（許容範囲は${limit}まで）`,
  priceAge: (age) => `• 最新の価格が${age}前のものです`,
  complaints: (n) => `• お客様からの問い合わせ${n}件`,
  tried: '*試したこと*',
  helped: (numbers) => `前の版に戻し、改善しました${numbers ? `（${numbers}）` : ''}`,
  didNotHelp: (numbers) => `前の版に戻しましたが、改善しませんでした${numbers ? `（${numbers}）` : ''}`,
  notProven: '前の版に戻しましたが、その後の利用が少なく、効果はまだ判断できません',
  failed: '前の版に戻す作業が失敗しました',
  running: '前の版に戻しているところです',
  automatic: {
    running: '最新の変更を自動で取り消しているところです',
    succeeded: '最新の変更を自動で取り消しました',
    failed: '最新の変更を自動で取り消せませんでした',
  },
  eased,
  triedBy: (what, who, at) => `${what}（${who}、${at}）`,
  easeFailed: (what) => `試みましたが、うまくいきませんでした（${what}）`,
  nothing: '取り消しや変更はまだ行っていません',
  asked: '*連絡した相手*',
  oncall: (who, at) => `• ${who}（オンコール担当、${at}）`,
  developers: (who, at) => `• ${who}（開発チーム、${at}）`,
  answered: (who, at) => `• ${who} が ${at} に引き受けました`,
  noAnswer: '• まだ誰も引き受けていません',
  decide: '*お願いしたい判断*',
  told: (text, who, at) => `*お客様へのお知らせ*（${who}、${at}）：「${text}」`,
  stopped: (who, at) =>
    `${who} が ${at} にサービスを停止しました。再開の時期を決めてください。「メンテナンスモードを解除」で元に戻ります。`,
  decision: {
    open: 'ご自身で引き継ぐか、復旧までサービスを止めるかどうかを決めてください。チームに時間が必要であれば、保留にしてください。',
    taken: (who) =>
      `${who} が対応中です。復旧までサービスを止めるかどうかを決めてください。チームに時間が必要であれば、保留にしてください。`,
  },
  by: (at) => `*期限:* ${at}。ご判断がない場合はもう一度だけ連絡し、サービスは今のまま続けます。`,
  askedTwice: 'すでに2回連絡しました。ご判断がなければ、サービスは今のまま続けます。',
  heldUntil: (at, by, reason) =>
    `${at} まで保留中です（依頼：${by}${reason === '' ? '' : `、理由：「${reason}」`}）。その後にもう一度連絡します。`,
  takenBy: (who, at) => `${who} が ${at} に引き継ぎました。`,
  quiet: (until) => `現在は失敗していません。再発しなければ ${until} に解決とします。`,
  again: (mention, lasted) =>
    `${mention} ${lasted}続いていますが、まだご判断をいただいていません。お願いしたい内容は上のメッセージにあります。`,
  outside: '営業時間外ですが、待てないため連絡しました。',
  over: (lasted, from, to) => `継続時間：${lasted}（${from} 〜 ${to}）。`,
  endedAlone: '自然に収まりました。',
  endedBy: (who) => `${who} が解決にしました。`,
  openThread: (url) => `<${url}|チームのやり取りを見る>`,
  noThread: (id) => `チームのやり取りは、アラートのチャンネルのインシデント ${id} にあります。`,
}
