import type { GuidanceByAlarm } from './guidance.ts'

export const ja: GuidanceByAlarm = {
  LambdaErrorAlarm: {
    title: 'APIのエラー率',
    measure: 'エラー率',
    plainMeasure: '失敗したリクエストの割合',
    impact: '価格を取得しようとしたお客様の一部に、エラーが返っています。',
    whatToLookAt: ['API関数の Errors、Invocations、Duration', '特定のエンドポイントだけか、全体か'],
    logs: [
      { group: 'api', pattern: 'ERROR' },
      { group: 'api', pattern: 'Exception' },
    ],
    firstSteps: [
      'デプロイから10分以内なら、自動ロールバックを2〜3分待ち、動かなければロールバックします。',
      '最新のエラーとスタックトレースを読み、価格の取得元・テーブル・タイムアウト・自社コードのどれかを見分けます。',
      '取得元やテーブルが原因ならロールバックは効きません。該当アラームの手順に移り、キャッシュでしのぎます。',
    ],
    escalateWhen: [
      'エラー率が10%を超えた',
      '15分を超えて続いている',
      '自動ロールバックが失敗した',
      '見たことのない問題である、または影響が広がっている',
    ],
  },
  ApiGateway5xxAlarm: {
    title: 'APIの5xx応答率',
    measure: '5xx応答率',
    plainMeasure: '失敗したリクエストの割合',
    impact: '価格を取得しようとしたお客様の一部に、エラーが返っています。',
    whatToLookAt: [
      'ゲートウェイの 5XXError、Count、Latency、IntegrationLatency',
      'API関数の Errors、Throttles、Duration',
    ],
    logs: [
      { group: 'gateway', pattern: 'status 5*' },
      { group: 'api', pattern: 'ERROR' },
    ],
    firstSteps: [
      'デプロイ直後ならロールバックします。',
      '502は関数の失敗（エラーログを確認）、503は同時実行数の上限、504は29秒を超えた応答です。',
      'アクセスの急増なら予約済み同時実行数を増やします。外部が原因なら復旧を待ちます。',
    ],
    escalateWhen: ['5xx応答率が20%を超えた', '10分を超えて続いている', 'お客様からの問い合わせが増えている'],
  },
  LambdaThrottleAlarm: {
    title: 'API呼び出しのスロットリング',
    measure: 'スロットリング',
    plainMeasure: '受け付けられなかったリクエスト',
    impact: '混雑のため、一部のお客様のリクエストを受け付けられていません。お客様側での再試行が必要です。',
    whatToLookAt: ['Throttles、ConcurrentExecutions、UnreservedConcurrentExecutions', '突発的な急増か、継続的な増加か'],
    firstSteps: [
      '同時実行数を、予約済み同時実行数とアカウント全体の上限と比べます。',
      'アカウントの上限が許す範囲で、予約済み同時実行数を増やします。',
      '1つのクライアントによる急増なら、そのAPIキーを調べます。デプロイ後に遅くなったのならロールバックします。',
    ],
    escalateWhen: ['3分続いている', '同時実行数の上限引き上げが必要'],
    note: 'スロットリングされた呼び出しには503が返り、クライアント側の再試行が必要です。',
  },
  ApiLatencyP95Alarm: {
    title: 'APIの応答時間（p95）',
    measure: '応答時間（p95）',
    plainMeasure: '遅いリクエストの待ち時間',
    impact: 'お客様が価格を受け取るまでの待ち時間が、目に見えて長くなっています。',
    whatToLookAt: [
      'ゲートウェイの Latency と関数の Duration（p95、p99）',
      'DynamoDBQueryLatency と ExternalApiLatency（どこで時間がかかっているか）',
    ],
    logs: [{ group: 'api', pattern: '{ $.duration > 1000 }' }],
    firstSteps: [
      '時間がかかっている場所を特定します（関数・テーブル・価格の取得元）。',
      '初回だけ遅いならコールドスタートです。Provisioned Concurrency かメモリの増加（現在512 MB）を検討します。',
      'デプロイ以降、通常の2倍以上に遅くなったのならロールバックします。',
    ],
    escalateWhen: ['p95が5秒を超えた', '1時間を超えて続いている', '利用者から苦情がある（3秒以上で体感に影響）'],
    note: '2秒以内は許容範囲です。一時的な山なら、対処せず様子を見ます。',
  },
  ExternalApiErrorAlarm: {
    title: '価格取得元への呼び出しの失敗率',
    measure: '取得元の失敗率',
    plainMeasure: '新しい価格の取得に失敗した割合',
    impact:
      '新しい価格が届いていません。お客様には保存済みの古い価格をお返ししており、1時間を超えるとお返しできなくなります。',
    whatToLookAt: [
      'ExternalApiErrors、ExternalApiCalls、ExternalApiLatency',
      '取得元のステータスページと公式のお知らせ',
    ],
    logs: [{ group: 'updater', pattern: '"External API" "ERROR"' }],
    firstSteps: [
      '取得元（CoinGecko）のステータスページと、ログのステータスコードを確認します。',
      '429なら更新間隔を5分から10分へ、キャッシュも10分へ。503なら復旧を待ちます（保存済みの価格は最大1時間）。',
      'タイムアウトならネットワークと制限時間5秒を確認します。当方に変更がなければロールバックは効きません。',
    ],
    escalateWhen: ['取得元が1時間以上停止している', '保存済みの価格が1時間より古くなった'],
    note: '最初の5分間はお客様への影響はありません。その後は、古い価格であることを示して返します。',
  },
  DynamoDBThrottleAlarm: {
    title: '価格テーブルのスロットリング',
    measure: 'テーブルのスロットリング',
    plainMeasure: '保存済み価格の読み書きが拒否された回数',
    impact: '一部の応答がふだんより遅く、失敗することもあります。',
    whatToLookAt: [
      '読み取りか書き込みか（ReadThrottleEvents、WriteThrottleEvents、消費キャパシティ）',
      'APIキーごとのアクセス数（特定キーへの集中か、全体の増加か）',
    ],
    logs: [
      { group: 'api', pattern: 'ProvisionedThroughputExceededException' },
      { group: 'updater', pattern: 'ProvisionedThroughputExceededException' },
    ],
    firstSteps: [
      '読み取りと書き込みのどちらか、そのためにAPI呼び出しが失敗しているかを確認します。',
      '特定のAPIキーが突出していればホットパーティションです。そのクライアントを調べます。',
      '続くようなら、テーブルがオンデマンドのままかを確認し、制限になっている値を上げます。',
    ],
    escalateWhen: ['30分以上続いている', 'API呼び出しのエラー率が5%を超えた'],
    note: '関数が自動で再試行するため、一時的なスロットリングは許容範囲です。',
  },
  PricesStaleAlarm: {
    title: '最新価格の経過時間',
    measure: '価格の経過時間',
    plainMeasure: '最新の価格の古さ',
    impact: '手元の価格が古くなりすぎ、お客様に価格をお返しできていません。',
    whatToLookAt: [
      '価格更新関数の Invocations と Errors（数分おきに動いているか）',
      'ExternalApiErrors（取得元が応答しているか）',
    ],
    logs: [{ group: 'updater', pattern: 'ERROR' }],
    firstSteps: [
      '更新関数が動いているか、最後に何を記録したかを確認します。',
      '動いていて取得元で失敗しているなら取得元のアラームの手順へ。ほかで失敗しているならエラーを読みます。',
      '直前に更新関数をデプロイしたのなら、それをロールバックします。APIのロールバックは効きません。',
    ],
    escalateWhen: ['1時間より古い状態が30分続いている'],
    note: '1時間より古い価格は返さず、503を返します。',
  },
}
