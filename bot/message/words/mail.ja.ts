import type { Words } from '../words.ts'

export const mail: Words['mail'] = {
  roles: {
    oncall: 'オンコール担当',
    developers: '開発チーム',
    managers: 'マネジメント',
    someone: 'オンコール担当者',
    team: '担当チーム',
  },
  both: (a, b) => `${a}、${b}`,
  thread: (id, channel) => `Slackでは、${channel}のインシデント ${id} をご覧ください。`,
  alertsChannel: 'アラートのチャンネル',
  manager: {
    subject: (impact) => `【ご判断のお願い】${impact}`,
    overSubject: (impact) => `【解決済み】${impact}`,
    because: (reason) => `ご判断をお願いします。理由：${reason}。`,
    over: (at) => `ご判断をお願いする予定でしたが、問題は ${at} に収まりました。ご対応は不要です。`,
    slackAway: '現在Slackでメッセージを送れません。担当者へは電話でご連絡ください。',
  },
  outage: {
    subject: (severity, news, headline, others) =>
      `[${severity}] ${news}${headline}${others > 0 ? `（ほか${others}件）` : ''}／Slack応答なし`,
    away: (since) => `Slackがメッセージを受け付けません。${since} から送信待ちです。`,
    later: 'Slackの復旧後、すべて順番どおりに届きます。それまで、対応が必要な知らせはメールで送ります。',
    backAgain: 'その後Slackが受け付けたため、インシデントのスレッドは最新の状態です。',
    what: (headline) => `*内容:* ${headline}`,
    severity: (severity, service) => `*重大度:* ${severity}、サービス ${service}`,
    since: (at) => `*発生:* ${at}`,
    meanwhile: '*Slackの復旧までにできること*',
    status: (url) => `• サービスの状態：${url}`,
    dashboard: (url) => `• ダッシュボード：<${url}>`,
    runbook: (url) => `• ランブック：<${url}>`,
    rollBack: (from, to) => `• 手動のロールバック（v${from} → v${to}）：`,
    buttons: '• 対応者は電話で伝え合ってください。Slackの復旧まで確認のボタンは届かず、エスカレーションは続きます。',
    beside: '*同じく送信待ちのインシデント*',
    besideLine: (severity, title, since, level, isOver) =>
      `${severity}：${title}、${since} から、${isOver ? '解決済み' : `現在は${level}`}`,
    id: (id) => `インシデント ${id}`,
    newsTitle: {
      escalated: (who) => `${who}へ連絡：`,
      reopened: '再発：',
      graver: '重大度の変更：',
    },
    news: {
      escalated: (who, at, reason) =>
        `*続報:* ${at} に${who}へエスカレーションしました。理由：${reason}。Slackでは届かないため、電話でご連絡ください。`,
      reopened: (at) => `*続報:* ${at} に再発しました。`,
      graver: (severity, at) => `*続報:* ${at} に重大度が${severity}になりました。`,
      resolved: (at) => `*続報:* ${at} に解決しました。`,
    },
  },
}
