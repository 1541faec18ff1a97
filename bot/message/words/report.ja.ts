import type { ReportKind } from '../../incident/report.ts'
import type { Words } from '../words.ts'

const kind: Record<ReportKind, string> = {
  'leaked-key': 'APIキー漏えいの疑い',
  'wrong-data': '誤った応答の報告',
  security: 'セキュリティ上の問題の報告',
}

const impact: Record<ReportKind, string> = {
  'leaked-key': 'お客様のアクセス権を第三者が使っているおそれがあります。',
  'wrong-data': 'お客様に誤った価格が届いているおそれがあります。',
  security: 'サービスにセキュリティ上の問題が見つかりました。',
}

const firstSteps: Record<ReportKind, readonly string[]> = {
  'leaked-key': [
    'すぐにキーを無効にします。お客様が一時的に使えなくなっても、第三者に使われ続けるよりは安全です。',
    'アクセスログで、いつから、どこから、何に使われたかを確認します。',
    '新しいキーを発行し、漏えいしていない経路でお客様に渡します。',
  ],
  'wrong-data': [
    'APIの応答を価格提供元と見比べ、どの銘柄のどの通貨がいつから違うかを確認します。',
    'その前に何が変わったかを確認します。アラームが鳴っていなくてもロールバックできます。',
    '直ったら「解決にする」を押します。アラームでは終わりません。',
  ],
  security: [
    'まず止めます。問題を持ち込んだバージョンをロールバックするか、使われているキーを無効にします。',
    'ログ、リクエスト、時刻など証拠を残します。詳細を公開チャンネルで話さないでください。',
    '直ったら「解決にする」を押します。アラームでは終わりません。',
  ],
}

export const report: Words['report'] = {
  kind,
  impact,
  firstSteps,
  security: '*セキュリティインシデント*',
  line: (by, at, text) => `*報告:* ${by}、${at}：${text}`,
  staysOpen: 'アラームでは終わりを判断できないため、誰かが解決にするまで続きます。',
  joined: (by, what, text) => `${by} からの報告：${what}。「${text}」`,
  keyShown: (by, name) => `新しいキー ${name} を ${by} に一度だけ表示しました。もう誰も見ることはできません。`,
  checkIt: '報告された問題が直ったかどうかは、人が確認してください。',
  modal: {
    keyTitle: 'APIキーの漏えい',
    rollbackTitle: 'ロールバック',
    submit: '記録して進む',
    keyIntro: 'アラートのチャンネルに*セキュリティインシデント*として記録し、続けてキーの一覧と使用状況を表示します。',
    rollbackIntro:
      'アラームでは分からない問題のためのものです。アラートのチャンネルにインシデントとして記録し、続けてロールバックの内容を表示します。',
    joins: (id) => `このサービスのインシデント ${id} が進行中です。書いた内容はそこに加わります。`,
    what: '何を見ましたか',
    whatHint: '誰から聞いたか、何で分かったか、いつからか。キーそのものは書かないでください。',
    kind: '問題の種類',
    kinds: { 'wrong-data': 'データや動作の誤り', security: 'セキュリティ上の問題' },
    service: '対象の関数',
    services: { api: '価格API', updater: '価格の更新' },
  },
  keys: {
    pick: '無効にするキー',
    pickHint: '直近1時間の使用が多い順です。ゲートウェイに反映され次第、このキーのリクエストは拒否されます。',
    usage: '*直近1時間の使用状況*（アクセスログより）',
    usageUnread: (why) => `直近1時間の使用状況を読み取れませんでした：${why}`,
    noUsage: '直近1時間に、キーを使ったリクエストはありません。',
    atLeast: '読み取れる数を超えるリクエストがありました。数字は少なくともこれだけあったという値です。',
    line: (bar, name, { count, share, refused, addresses }) =>
      `\`${bar}\` ${name}：${count}件（${share}）、うち429で拒否 ${refused}件、${addresses}`,
    addresses: (n, isLeast) => `接続元${n}か所${isLeast ? '以上' : ''}`,
    option: (count) => `直近1時間に${count}件`,
    noOption: '直近1時間は未使用',
    none: 'すべてのAPIキーがすでに無効です。',
    more: (n) => `ほかに${n}個のキーがあります。API Gatewayで確認してください。`,
  },
  show: {
    button: '新しいキーを表示する',
    title: '新しいAPIキー',
    loading: '新しいキーを読み取っています。ここに一度だけ表示します。',
    key: (name, value) => `${name}\n\`${value}\``,
    once: '表示はこの一度だけです。今すぐ控え、安全な経路でお客様に渡してください。Slackには貼り付けないでください。',
    unread: 'キーを読み取れず、表示できませんでした。閉じて、もう一度押してください。',
  },
  command: {
    help: (command) =>
      [
        `*${command}* – 対応中のインシデント、担当者、次の予定の一覧`,
        `*${command} key* – APIキーの漏えいが疑われるとき：記録し、キーを無効にし、新しいキーを発行します`,
        `*${command} rollback* – アラームでは分からない問題があるとき：記録し、ロールバックします`,
        `*${command} help* – この一覧`,
      ].join('\n'),
    unknown: (word) => `「${word}」というコマンドはありません。`,
    unreadable: 'コマンドを読み取れなかったため、何も行っていません。もう一度入力してください。',
  },
}
