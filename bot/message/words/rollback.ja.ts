import type { Words } from '../words.ts'
import type { ProofFacts } from './facts.ts'

const numbers = ({ measure, before, after }: ProofFacts): string | undefined => {
  if (after === undefined) return before === undefined ? undefined : `${measure}は実行前${before}`
  return before === undefined ? `${measure}は現在${after}` : `${measure} ${before} → ${after}`
}

const doubts = ({ aliasReadBack, priceAnswered }: ProofFacts, to: string): string[] => [
  ...(aliasReadBack ? [] : [`エイリアスがv${to}を指していない`]),
  ...(priceAnswered ? [] : ['既知の価格が返らない']),
]

const over = (requests: number): string => `${requests}リクエスト`

const unread = '数値を読み取れませんでした'

export const rollback: Words['rollback'] = {
  verdict: {
    alarm: {
      likely: '原因の可能性が高い（デプロイ開始から30分以内にアラーム発生）',
      possible: '原因の可能性あり（デプロイ開始から1日以内にアラーム発生、または開始時刻が不明）',
      unlikely: '原因の可能性は低い（アラームのほうが先、またはデプロイ開始から1日より後）',
    },
    report: {
      likely: '原因の可能性が高い（デプロイ開始から30分以内に報告）',
      possible: '原因の可能性あり（デプロイ開始から1日以内に報告、または開始時刻が不明）',
      unlikely: '原因の可能性は低い（報告のほうが先、またはデプロイ開始から1日より後）',
    },
  },
  refusal: {
    'no-function': () => 'このアラームはロールバックでは直りません。原因となる関数が当方にありません。',
    'evidence-missing': ({ function: name }) =>
      `${name} のバージョンとデプロイを読み取れず、このままでは何が起こるか確かめられません。1分後にもう一度お試しください。`,
    'no-previous-version': ({ function: name, now }) =>
      `${name} には戻せる以前のバージョンがありません${now ? `（現在はv${now}）` : ''}。`,
    'already-undone': ({ function: name, now }) =>
      `CodeDeployがすでに ${name} を${now ? `v${now}へ` : ''}戻しています。それ以前のバージョンに問題はありません。`,
    'deployment-unlikely': ({ function: name }) =>
      `アラームの前の1日間に ${name} のデプロイはなく、ロールバックで直る見込みはありません。`,
    'target-missing': ({ to, now }) =>
      `${to ? `バージョンv${to}` : '選ばれたバージョン'}は削除されています${now ? `（現在はv${now}）` : ''}。残っているバージョンへ手作業で戻すか、エスカレーションしてください。`,
    'equals-current': ({ to }) =>
      `すでに${to ? `バージョンv${to}` : '選ばれたバージョン'}がすべてのリクエストに応答しています。動かすものがありません。`,
    'rollback-running': ({ running }) =>
      running
        ? `${running.by} が依頼したロールバック v${running.from} → v${running.to} を実行中です（${running.since} から）。現在の手順：${running.step}`
        : 'すでにロールバックを実行中です。',
    'alarm-clear': ({ quietSince, onlyFollowing }) =>
      `${onlyFollowing ? 'このインシデント自身の' : ''}すべてのアラームが収まっているため${quietSince ? `（${quietSince} から）` : ''}、ロールバックは行いません。`,
    'already-resolved': ({ resolved }) =>
      resolved
        ? `このインシデントは${resolved.by ? ` ${resolved.by} が` : ''} ${resolved.at} に解決済みです。`
        : 'このインシデントは解決済みです。',
    'alias-moved': ({ function: name, now }) =>
      `ご覧になった後で ${name} の向き先が変更されました${now ? `（最後に読み取った時点ではv${now}）` : ''}。もう一度確認してからロールバックしてください。`,
    'function-busy': ({ function: name }) => `${name} に別の変更を実行中です。終わってからもう一度お試しください。`,
    'aws-refused': ({ function: name }) => `AWSが ${name} の変更を拒否しました。`,
    'took-too-long': () => '手順の1つが10分以内に終わりませんでした。',
  },
  numbers,
  helped: ({ by, from, to }, proof) => {
    const alarm = proof.okAfter === undefined ? `${over(proof.requests)}で上限以内` : `${proof.okAfter}後にアラームがOK`
    return [`${by} が v${from} → v${to} にロールバック`, numbers(proof), alarm].filter(Boolean).join('、')
  },
  didNotHelp: ({ by, from, to }, proof) => {
    const measured = numbers(proof)
    const standing = proof.isUnread ? unread : over(proof.requests)
    const why = [measured && `${measured}（${standing}）`, ...doubts(proof, to)].filter(Boolean).join('、')
    return `${by} によるロールバック v${from} → v${to} では改善しませんでした${why ? `：${why}` : ''}。`
  },
  notProven: ({ by, from, to }, proof) => {
    const seen =
      proof.requests === 0 ? 'リクエストなし' : `その後${over(proof.requests)}のみ、判定には${proof.enough}必要`
    const why = proof.isUnread ? unread : seen
    return `${[`${by} が v${from} → v${to} にロールバック、効果は未確認：${why}`, ...doubts(proof, to)].join('、')}。`
  },
  failed: ({ by, from, to }, why) => `${by} によるロールバック v${from} → v${to} は失敗しました。${why}`,
  commandsInThread: '手動で行うコマンドはスレッドにあります。',
  escalated: (who) => `${who}にエスカレーションしました。`,
  alreadyWith: (who) => `すでに${who}に連絡済みです。`,
  running: ({ by, from, to }, since) => `*ロールバック中 v${from} → v${to}*（${by} が依頼、${since}）`,
  steps: {
    check: 'バージョンと実行中のデプロイを確認',
    stop: (deployment) => `デプロイ ${deployment} を停止し、終了を待つ`,
    move: (from, to) => `エイリアスを v${from} → v${to} に切り替え`,
    prove: '効果を確認：エイリアスの読み直し、既知の価格の応答、アラームのOK',
  },
  soFar: (proof, requests) => `途中経過：${proof}（${over(requests)}）`,
  automatic: {
    running: (of, by) =>
      `*自動ロールバック:* CodeDeployがデプロイ ${of} を取り消し中です（${by}）。2〜3分お待ちください。`,
    succeeded: (of, by) => `*自動ロールバック:* CodeDeployがデプロイ ${of} を取り消しました（${by}）。`,
    failed: (of, by) =>
      `*自動ロールバック:* CodeDeployはデプロイ ${of} を取り消せませんでした（${by}）。手動でロールバックしてください。`,
  },
  changed: (version, name, gap, judged) =>
    `*変更点:* ${name} のv${version}、${gap ? `${gap}にデプロイ` : 'デプロイの記録なし'}：${judged}`,
  before: { alarm: (lead) => `アラームの${lead}前`, report: (lead) => `報告の${lead}前` },
  after: { alarm: (lag) => `アラームの${lag}後`, report: (lag) => `報告の${lag}後` },
  commit: (commit, author, subject) => [commit, author, subject && `「${subject}」`].filter(Boolean).join(' '),
  alias: (version) => `*現在の向き先:* v${version}`,
  aliasSplit: (version, others) => `*現在の向き先:* v${version}、うち${others}`,
  share: (share, version) => `トラフィックの${share}はv${version}`,
  undone: (undone, name, now) =>
    `*変更点:* ${name} のv${undone}がデプロイ中に失敗し、CodeDeployがv${now}へ戻しました。`,
  noRole: '原因となる当方のデプロイは見つかっておらず、ロールバックするものがありません。',
  gathering: '*変更点:* バージョン、デプロイ、数値を読み取り中です。',
  couldNotRead: (parts, because) => `*読み取れなかったもの:* ${parts.join('、')}（${because}）`,
  noAnswer: (within) => `${within}以内に応答なし`,
  readAt: (at) => `${at} に読み取りました。`,
  readEveryMinute: (at) => `${at} に読み取りました。続いている間は1分ごとに読み直します。`,
  readLongAgo: (at) => `*古い情報:* ${at} に読み取ったもので、その後は読み取れていません。1分ごとに再試行しています。`,
  neverRead: '*まだ何も読み取れていません。* 1分ごとに再試行しています。',
  prices: (all) => `*最後に更新された価格:* ${all}`,
  pricesOf: (currency, at) => `${currency} ${at}`,
  parts: {
    function: 'バージョンとデプロイ',
    metrics: '現在の数値',
    chart: '直近30分の推移',
    prices: '価格の更新時刻',
    errors: 'ログのエラー',
    requests: 'アクセスログ',
    changes: 'ボットによる変更の記録',
    settings: '現在の設定',
    'api-deployments': 'APIのデプロイ',
    'updater-deployments': '価格更新のデプロイ',
    health: 'ランブックの基準に使うエラー率とp95',
  },
}
