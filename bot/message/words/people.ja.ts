import type { Words } from '../words.ts'

const because = (reason: string): string => (reason === '' ? '' : `（理由：「${reason}」）`)

export const people: Words['people'] = {
  takenOver: (by, from) =>
    from === undefined ? `${by} が引き受け、対応を始めました。` : `${by} が ${from} から引き継ぎ、対応を始めました。`,
  stillOnIt: (by) => `${by} は引き続き対応中です。`,
  reminder: (owner, minutes, other) =>
    other === undefined
      ? `${owner} ${minutes}間、こちらで動きが確認できておらず、アラームは鳴り続けています。対応中でしょうか。`
      : `${owner} ${minutes}間、こちらで動きが確認できていません。${other} 状況を確認し、対応者がいなければ引き継いでください。`,
  held: (by, until, reason) => `${by} が保留にしました。${until} までは誰にも連絡しません${because(reason)}`,
  holdUntil: (until, by, reason) => `*保留中:* ${until} までは誰にも連絡しません。依頼：${by}${because(reason)}`,
  holdModal: {
    title: '15分間の保留',
    submit: '保留にする',
    what: (minutes, next) =>
      `${minutes}の間、誰にも連絡しません${next === undefined ? '' : `（保留にしない場合：${next}）`}。保留にしたことは全員に表示されます。手動でのエスカレーションはいつでもできます。`,
    reason: '待てる理由',
    reasonHint: 'この間に何が起こる見込みかを書いてください。',
  },
  announcement: {
    open: (what, severity, since, who) => `${what} · ${severity}、${since} · ${who}`,
    nobody: '担当はまだいません',
    owner: (who) => `${who} が対応中`,
    gone: (level) => `${level}へエスカレーション済み`,
    quiet: '収束を確認中',
    over: (what, lasted, outcome) => `${what} · ${lasted} · ${outcome}`,
    thread: (url) => `<${url}|スレッド>`,
  },
  outcome: {
    alone: '自然に収まりました',
    closedBy: (who) => `${who} が解決にしました`,
    rolledBack: (from, to, by, numbers) =>
      `${by} がロールバック v${from} → v${to}${numbers === '' ? '' : `、${numbers}`}`,
    automatic: 'CodeDeployが自動で取り消しました',
    putBack: (by, numbers) => `${by} が前の版に戻しました${numbers === '' ? '' : `、${numbers}`}`,
    undone: '最新の変更は自動で取り消されました',
    remedies: (names) => `緩和策：${names}`,
    came: (times) => `再発${times}回`,
  },
  answers: {
    'already-yours': 'すでにあなたが担当です。',
    'not-the-owner': ({ owner }) =>
      `これに答えられるのは担当者${owner ? `（${owner}）` : ''}だけです。対応している場合は「引き継ぐ」を押してください。`,
    'nothing-to-hold': '今後15分間に連絡の予定はないため、保留にするものがありません。',
  },
}
