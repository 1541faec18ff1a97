import type { EscalationReason, NothingDue, Status } from '../../incident/incident.ts'
import type { Words } from '../words.ts'

const nothingDue: Record<NothingDue, (owner: string | undefined) => string> = {
  'low-severity': () => 'エスカレーションなし（Lowは営業時間に確認すれば足ります）',
  recovering: () => 'アラームが収まっている間はエスカレーションしません',
  'maintenance-on': () => 'メンテナンスモード中のため、エスカレーションなし（マネジメントが承認済み）',
  'cause-over': () => 'エスカレーションなし（鳴っているのは、このインシデントから生じたアラームだけです）',
  'top-level': () => 'これ以上のエスカレーションはありません（マネジメントに連絡済み）',
  owned: (owner) => (owner ? `予定されたエスカレーションなし（${owner} が対応中）` : '予定されたエスカレーションなし'),
  drill: () => '自動ではエスカレーションしません（訓練のため）',
  resolved: () => 'エスカレーションなし（解決済み）',
}

const unless: Record<EscalationReason, string> = {
  'alarm-opened': '',
  reported: '',
  'not-acknowledged': '（誰かが確認すれば行いません）',
  'alarm-lasts': '（その時点で鳴り続けていれば）',
  'alarm-grew': '（数値が悪化し続けているため）',
  'customers-complain': '（お客様から複数の問い合わせがあったため）',
  'automatic-rollback-failed': '（自動ロールバックが失敗したため）',
  'rollback-failed': '（ロールバックが失敗したため）',
  'rollback-did-not-help': '（ロールバックで改善しなかったため）',
  'level-2-lasts': '（その時点で鳴り続けていれば）',
  'asked-by-person': '（依頼があったため）',
}

const fallback: Record<Status, (owner: string | undefined) => string> = {
  open: (owner) => (owner ? `${owner} が対応中です。` : 'まだ誰も確認していません。'),
  acknowledged: (owner) => (owner ? `${owner} が対応中です。` : '確認済みです。'),
  recovering: () => 'このまま鳴らなければ自動で解決にします。',
  resolved: () => '解決しました。',
}

export const incident: Words['incident'] = {
  sentences: (all) => all.join(''),
  severity: { Critical: 'Critical', High: 'High', Medium: 'Medium', Low: 'Low' },
  levels: { 1: 'オンコール担当', 2: '開発チーム', 3: 'マネジメント' },
  alarm: ({ title, value, limit }) => {
    if (value !== undefined) return `${title}が${value}${limit === undefined ? '' : `（上限${limit}）`}`
    return limit === undefined ? title : `${title}が上限（${limit}）を超過`
  },
  unlisted: (name) => `アラーム「${name}」`,
  quietHeadline: (title) => `収まりました：${title}`,
  resolvedHeadline: (title) => `解決：${title}`,
  since: (at) => `${at} から`,
  service: (name) => `サービス ${name}`,
  reopened: (times) => `再発${times}回`,
  complaints: (n, last) => `*お客様からの問い合わせ:* ${n}件（最後は ${last}）`,
  nobody: '*担当:* まだいません',
  owner: (who, since) => `*担当:* ${who}（${since} から）`,
  quietUntil: (until) => `*収束確認中:* 再び鳴らなければ ${until} に自動で解決にします。`,
  atLevel: (who, since, reason) => `*エスカレーション済み:* ${who}（${since}）。理由：${reason}`,
  next: (who, due, why) => `*次:* ${due} に${who}へエスカレーション${unless[why]}。`,
  noNext: (why, owner) => `*次:* ${nothingDue[why](owner)}`,
  officeHours: (hours) => `Mediumは営業時間内に対応します（${hours}）。`,
  hours: (open, close, zone) => `月〜金 ${open}〜${close} ${zone}`,
  alsoRinging: (alarms) => `*ほかに鳴っているアラーム:* ${alarms}`,
  followsFromIt: (alarms, why) => `*このインシデントから生じているもの:* ${alarms}。${why}です`,
  explained: {
    'prices-too-old': (served) => `価格が${served}より古く、APIが提供を断っているため`,
    'maintenance-mode': (_served) => 'メンテナンスモード中で、APIが価格を返していないため',
  },
  nowQuiet: (alarms) => `*すでに収まったアラーム:* ${alarms}`,
  andMore: (n) => `ほか${n}件`,
  reasonOver: (n, m, isAbove, limit, values) =>
    `直近${m}回の測定のうち${n}回が${limit}を${isAbove ? '上回りました' : '下回りました'}：${values}`,
  reasonNoData: 'データが届いておらず、このアラームではそれを異常とみなします。',
  firstSteps: '*最初にすること*',
  stepsDone: (n, latest) => `*ランブック:* ${n}件の手順が完了。最後：${latest}`,
  logs: (where) => `ログ：${where}`,
  onCall: (who) => `${who} 確認をお願いします。`,
  fallback: (level, headline, status, owner) =>
    `${status === 'recovering' ? '' : `${level}：`}${headline}。${fallback[status](owner)}`,
  resolvedFallback: (headline, lasted) => `${headline}（継続時間 ${lasted}）`,
  lasted: (lasted, from, to) => `継続時間：${lasted}（${from} 〜 ${to}）`,
  endedBy: (who) => `${who} が解決にしました。`,
  endedAlone: (quiet) => `すべてのアラームが${quiet}間鳴らなかったため、自動で解決にしました。`,
  wasOwned: (who) => `担当：${who}`,
  wasNotOwned: '担当：なし',
  wasEscalated: (who) => `${who}までエスカレーションしました。`,
}
