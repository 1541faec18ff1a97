// Written by `npm run runbook` from docs/runbook/en and docs/runbook/ja. Change those.
import type { GuidanceByAlarm, RunbookByAlarm, RunbookLanguage } from './types.ts'

export const guidance: Record<RunbookLanguage, GuidanceByAlarm> = {
  "en": {
    "LambdaErrorAlarm": {
      "title": "API errors",
      "measure": "errors",
      "plainMeasure": "requests that fail",
      "impact": "Customers who ask for prices get an error for part of their requests.",
      "whatToLookAt": [
        "Errors, Invocations and Duration of the API function",
        "One endpoint only, or all of them"
      ],
      "metrics": [
        {
          "namespace": "AWS/Lambda",
          "name": "Errors"
        },
        {
          "namespace": "AWS/Lambda",
          "name": "Invocations"
        },
        {
          "namespace": "AWS/Lambda",
          "name": "Duration"
        }
      ],
      "logs": [
        {
          "group": "api",
          "pattern": "ERROR"
        },
        {
          "group": "api",
          "pattern": "Exception"
        }
      ],
      "escalateWhen": [
        "More than 10 % of the calls fail",
        "It lasts longer than 15 min",
        "The automatic rollback failed",
        "You have not seen this problem before, or it spreads"
      ],
      "remedies": [],
      "firstSteps": [
        "Deployed within the last 10 min: roll back, or give CodeDeploy 2 to 3 min while it is still at it.",
        "Read the newest error and its stack trace: the price provider, the table, a time-out or our own code.",
        "Provider or table at fault: a rollback does not help. Follow their alarm and let the cache serve."
      ],
      "cases": [
        {
          "branch": "external-api",
          "title": "The price provider",
          "first": "The log speaks of the provider: follow [ExternalApiErrorAlarm](ExternalApiErrorAlarm.md)."
        },
        {
          "branch": "table",
          "title": "The prices table",
          "first": "The log has `ProvisionedThroughputExceededException`, or the table cannot be reached: follow [DynamoDBThrottleAlarm](DynamoDBThrottleAlarm.md)."
        },
        {
          "branch": "code",
          "title": "Our own code, new since a deployment",
          "first": "The stack trace ends in our code, and the errors begin with the new version."
        },
        {
          "branch": "timeout",
          "title": "Time-outs",
          "first": "The log has `Task timed out`. The function may take 25 s; the gateway gives up after 29 s."
        }
      ]
    },
    "ApiGateway5xxAlarm": {
      "title": "API 5xx answers",
      "measure": "5xx answers",
      "plainMeasure": "requests that fail",
      "impact": "Customers who ask for prices get an error for part of their requests.",
      "whatToLookAt": [
        "5XXError, Count, Latency and IntegrationLatency of the gateway",
        "Errors, Throttles and Duration of the API function"
      ],
      "metrics": [
        {
          "namespace": "AWS/ApiGateway",
          "name": "5XXError"
        },
        {
          "namespace": "AWS/ApiGateway",
          "name": "Count"
        },
        {
          "namespace": "AWS/ApiGateway",
          "name": "Latency"
        },
        {
          "namespace": "AWS/ApiGateway",
          "name": "IntegrationLatency"
        },
        {
          "namespace": "AWS/Lambda",
          "name": "Errors"
        },
        {
          "namespace": "AWS/Lambda",
          "name": "Throttles"
        },
        {
          "namespace": "AWS/Lambda",
          "name": "Duration"
        }
      ],
      "logs": [
        {
          "group": "gateway",
          "pattern": "{ $.status = \"5*\" }"
        },
        {
          "group": "api",
          "pattern": "ERROR"
        }
      ],
      "escalateWhen": [
        "More than 20 % of the answers are 5xx",
        "It lasts longer than 10 min",
        "More customers are writing in"
      ],
      "remedies": [
        "raise-concurrency"
      ],
      "firstSteps": [
        "Just deployed: roll back.",
        "502 is the function failing (read its errors), 503 its concurrency limit, 504 slower than 29 s.",
        "Traffic jumped: press Raise the concurrency. Cause outside: wait for it to be solved there."
      ],
      "cases": [
        {
          "branch": "after-deployment",
          "title": "Just after a deployment",
          "first": "The 5xx begin with the new version: *Roll back*. CodeDeploy does it by itself while the deployment is under way."
        },
        {
          "branch": "502",
          "title": "502: the function fails",
          "first": "An error or a time-out of the function: follow [LambdaErrorAlarm](LambdaErrorAlarm.md)."
        },
        {
          "branch": "503",
          "title": "503: no free concurrency, or prices too old",
          "first": "Throttles above 0: compare what is reserved with what is used, and follow [LambdaThrottleAlarm](LambdaThrottleAlarm.md)."
        },
        {
          "branch": "504",
          "title": "504: too slow",
          "first": "The gateway gives up after 29 s. The time-out of the function is 25 s: has somebody raised it?"
        }
      ]
    },
    "LambdaThrottleAlarm": {
      "title": "API calls throttled",
      "measure": "throttled calls",
      "plainMeasure": "requests turned away",
      "impact": "The service turns some customers away because it is full; they have to ask again.",
      "whatToLookAt": [
        "Throttles, ConcurrentExecutions and UnreservedConcurrentExecutions",
        "A sudden jump, or steady growth"
      ],
      "metrics": [
        {
          "namespace": "AWS/Lambda",
          "name": "Throttles"
        },
        {
          "namespace": "AWS/Lambda",
          "name": "ConcurrentExecutions"
        },
        {
          "namespace": "AWS/Lambda",
          "name": "UnreservedConcurrentExecutions"
        }
      ],
      "logs": [],
      "escalateWhen": [
        "It goes on for 3 min",
        "The concurrency limit has to be raised"
      ],
      "remedies": [
        "raise-concurrency",
        "disable-key"
      ],
      "firstSteps": [
        "Compare concurrent executions with the reserved concurrency and with the limit of the account.",
        "Press Raise the concurrency: it doubles what is reserved, as far as the account allows.",
        "One client behind the jump: look at its API key. Just deployed and slower: roll back."
      ],
      "cases": [
        {
          "branch": "after-deployment",
          "title": "Slower since a deployment",
          "first": "Each call holds its place longer, so the same traffic needs more of them. Duration on the dashboard shows it: *Roll back*."
        },
        {
          "branch": "jump",
          "title": "A sudden jump",
          "first": "One client (`keyId` in the access log): lower its plan, or press *Disable an API key* if its key leaked; see [common problems](common-problems.md)."
        },
        {
          "branch": "growth",
          "title": "Steady growth",
          "first": "Raise what is reserved for good. Developers think about provisioned concurrency and its scaling."
        }
      ],
      "note": "Throttled calls are answered 503; clients have to try again."
    },
    "ApiLatencyP95Alarm": {
      "title": "API response time (p95)",
      "measure": "response time (p95)",
      "plainMeasure": "waiting time of the slowest requests",
      "impact": "Customers wait noticeably longer for prices.",
      "whatToLookAt": [
        "Latency of the gateway and Duration of the function, p95 and p99",
        "DynamoDBQueryLatency and ExternalApiLatency: where the time goes"
      ],
      "metrics": [
        {
          "namespace": "AWS/ApiGateway",
          "name": "Latency"
        },
        {
          "namespace": "AWS/Lambda",
          "name": "Duration"
        },
        {
          "namespace": "Custom/CryptoWatch",
          "name": "DynamoDBQueryLatency"
        },
        {
          "namespace": "Custom/CryptoWatch",
          "name": "ExternalApiLatency"
        }
      ],
      "logs": [
        {
          "group": "api",
          "pattern": "{ $.duration > 1000 }"
        }
      ],
      "escalateWhen": [
        "p95 is above 5 s",
        "It lasts longer than 1 h",
        "Users complain; from 3 s on they feel it"
      ],
      "remedies": [
        "longer-cache"
      ],
      "firstSteps": [
        "Find where the time goes: the function, the table or the price provider.",
        "Slow first calls only are cold starts: provisioned concurrency or more memory (now 512 MB).",
        "Twice the usual since a deployment: roll back."
      ],
      "cases": [
        {
          "branch": "after-deployment",
          "title": "Slower since a deployment",
          "first": "p95 is twice that of the 24 h before the deployment, or more: *Roll back*, even if no limit is reached."
        },
        {
          "branch": "table",
          "title": "The table is slow",
          "first": "DynamoDBQueryLatency rises with it: is the table throttled? Then follow [DynamoDBThrottleAlarm](DynamoDBThrottleAlarm.md)."
        },
        {
          "branch": "function",
          "title": "The function is slow",
          "first": "Duration is high on every call: the code, or too little memory. More memory means more CPU too."
        },
        {
          "branch": "cold-start",
          "title": "Cold starts",
          "first": "Only first calls are slow, 2 to 3 s, after quiet hours or at a jump of traffic: provisioned concurrency, more memory, fewer dependencies; see [common problems](common-problems.md)."
        },
        {
          "branch": "external-api",
          "title": "The price provider is slow",
          "first": "ExternalApiLatency rises: customers do not wait for the provider, the updater does. If prices grow old, follow [ExternalApiErrorAlarm](ExternalApiErrorAlarm.md)."
        },
        {
          "branch": "growth",
          "title": "Long steady growth",
          "first": "Nothing for the night. In office hours, developers look at the architecture: a cache in front of the API (CloudFront), the data model."
        }
      ],
      "note": "Up to 2 s is accepted; a short peak needs watching, not action."
    },
    "ExternalApiErrorAlarm": {
      "title": "Failed calls to the price provider",
      "measure": "failed provider calls",
      "plainMeasure": "failed attempts to fetch new prices",
      "impact": "No new prices arrive. Customers get saved prices that grow older, and none once those are over 1 hour old.",
      "whatToLookAt": [
        "ExternalApiErrors, ExternalApiCalls and ExternalApiLatency",
        "The provider's status page and announcements"
      ],
      "metrics": [
        {
          "namespace": "Custom/CryptoWatch",
          "name": "ExternalApiErrors"
        },
        {
          "namespace": "Custom/CryptoWatch",
          "name": "ExternalApiCalls"
        },
        {
          "namespace": "Custom/CryptoWatch",
          "name": "ExternalApiLatency"
        }
      ],
      "logs": [
        {
          "group": "updater",
          "pattern": "\"External API\" \"ERROR\""
        }
      ],
      "escalateWhen": [
        "The provider is down for longer than 1 h",
        "Saved prices are older than 1 h"
      ],
      "remedies": [
        "update-less-often",
        "longer-cache",
        "other-provider"
      ],
      "firstSteps": [
        "Look at the status page of the provider (CoinGecko) and at the status codes in the log.",
        "429: update every 10 min instead of 5 and keep the cache 10 min. 503: wait, saved prices last up to 1 h.",
        "Time-outs: check the network and the limit of 5 s. Nothing of ours changed: a rollback does not help."
      ],
      "cases": [
        {
          "branch": "429",
          "title": "429: we ask too often",
          "first": "`rate-limited` in the log. Ask every 10 min and keep prices fresh for 10 min; it counts from the next run, without a deployment."
        },
        {
          "branch": "503",
          "title": "503: the provider is down",
          "first": "`unavailable` in the log. Wait for the provider; saved prices last an hour."
        },
        {
          "branch": "timeout",
          "title": "Time-outs",
          "first": "`timed-out` or `unreachable` in the log. An attempt may take 5 s. Does the provider answer from elsewhere?"
        },
        {
          "branch": "401",
          "title": "401: our key is refused",
          "first": "`refused` in the log: the key expired or was replaced. Put the new one in; see [the key of the price source](../../deploy.md#the-key-of-the-price-source)."
        },
        {
          "branch": "after-deployment",
          "title": "The updater was deployed shortly before",
          "first": "The failures begin with the new version: *Roll back*, of the updater. Otherwise a rollback does not help."
        }
      ],
      "note": "For the first 5 min customers notice nothing; after that prices are marked as stale."
    },
    "DynamoDBThrottleAlarm": {
      "title": "Prices table throttled",
      "measure": "throttled table requests",
      "plainMeasure": "refused reads and writes of saved prices",
      "impact": "Some answers are slower than usual, and a few may fail.",
      "whatToLookAt": [
        "Reads or writes: ReadThrottleEvents, WriteThrottleEvents and consumed capacity",
        "Access per API key: one hot partition, or more traffic in all"
      ],
      "metrics": [
        {
          "namespace": "AWS/DynamoDB",
          "name": "ReadThrottleEvents"
        },
        {
          "namespace": "AWS/DynamoDB",
          "name": "WriteThrottleEvents"
        },
        {
          "namespace": "AWS/DynamoDB",
          "name": "SystemErrors"
        },
        {
          "namespace": "AWS/DynamoDB",
          "name": "UserErrors"
        },
        {
          "namespace": "AWS/DynamoDB",
          "name": "ConsumedReadCapacityUnits"
        },
        {
          "namespace": "AWS/DynamoDB",
          "name": "ConsumedWriteCapacityUnits"
        }
      ],
      "logs": [
        {
          "group": "api",
          "pattern": "ProvisionedThroughputExceededException"
        },
        {
          "group": "updater",
          "pattern": "ProvisionedThroughputExceededException"
        }
      ],
      "escalateWhen": [
        "It lasts longer than 30 min",
        "More than 5 % of the API calls fail"
      ],
      "remedies": [
        "disable-key",
        "longer-cache"
      ],
      "firstSteps": [
        "Check whether reads or writes are throttled, and whether API calls fail because of it.",
        "One API key far ahead of the others makes a hot partition: look at that client.",
        "It goes on: check that the table is still billed on demand, and raise what limits it."
      ],
      "cases": [
        {
          "branch": "peak",
          "title": "A short peak",
          "first": "The functions try again by themselves, and the API serves from memory for a while. Watch it; nothing more."
        },
        {
          "branch": "hot-partition",
          "title": "One partition is hot",
          "first": "One client far ahead of all others (`keyId` in the access log): lower its plan, or press *Disable an API key* if its key leaked; see [common problems](common-problems.md)."
        },
        {
          "branch": "capacity",
          "title": "Traffic outgrows the table",
          "first": "On demand (`PAY_PER_REQUEST`): the table doubles its former peak within 30 minutes by itself."
        },
        {
          "branch": "recurring",
          "title": "It comes back again and again",
          "first": "Developers look at how the table is read: the keys, the memory of the function, DAX in front of it."
        }
      ],
      "note": "The functions retry by themselves; brief throttling is acceptable."
    },
    "PricesStaleAlarm": {
      "title": "Age of the newest price",
      "measure": "price age",
      "plainMeasure": "age of the newest price",
      "impact": "Our newest prices are so old that customers get none.",
      "whatToLookAt": [
        "Invocations and Errors of the price update function: does it still run every few minutes",
        "ExternalApiErrors: does the provider answer"
      ],
      "metrics": [
        {
          "namespace": "Custom/CryptoWatch",
          "name": "PriceAge"
        },
        {
          "namespace": "Custom/CryptoWatch",
          "name": "ExternalApiErrors"
        },
        {
          "namespace": "AWS/Lambda",
          "name": "Invocations"
        },
        {
          "namespace": "AWS/Lambda",
          "name": "Errors"
        }
      ],
      "logs": [
        {
          "group": "updater",
          "pattern": "ERROR"
        }
      ],
      "escalateWhen": [
        "Prices stay older than 1 h for 30 min"
      ],
      "remedies": [
        "other-provider"
      ],
      "firstSteps": [
        "Check that the update function still runs and what it logged last.",
        "It runs and fails at the provider: follow the provider alarm. It fails elsewhere: read the error.",
        "The updater was deployed shortly before: roll it back. Rolling back the API does not help."
      ],
      "cases": [
        {
          "branch": "external-api",
          "title": "It runs, and the provider fails",
          "first": "Follow [ExternalApiErrorAlarm](ExternalApiErrorAlarm.md). The second provider should have stood in: the log says why it did not."
        },
        {
          "branch": "code",
          "title": "It runs, and fails elsewhere",
          "first": "The table cannot be written: follow [DynamoDBThrottleAlarm](DynamoDBThrottleAlarm.md). Anything else is for the developers."
        },
        {
          "branch": "not-running",
          "title": "It does not run",
          "first": "The `State` of its schedule has to be `ENABLED`. Calls that failed wait in `crypto-watch-undelivered`."
        },
        {
          "branch": "after-deployment",
          "title": "The updater was deployed shortly before",
          "first": "It runs and fails since then, or does not run at all: *Roll back*, of the updater."
        }
      ],
      "note": "Prices older than 1 h are answered with 503 rather than served."
    }
  },
  "ja": {
    "LambdaErrorAlarm": {
      "title": "APIのエラー率",
      "measure": "エラー率",
      "plainMeasure": "失敗したリクエストの割合",
      "impact": "価格を取得しようとしたお客様の一部に、エラーが返っています。",
      "whatToLookAt": [
        "API関数の Errors、Invocations、Duration",
        "特定のエンドポイントだけか、全体か"
      ],
      "metrics": [
        {
          "namespace": "AWS/Lambda",
          "name": "Errors"
        },
        {
          "namespace": "AWS/Lambda",
          "name": "Invocations"
        },
        {
          "namespace": "AWS/Lambda",
          "name": "Duration"
        }
      ],
      "logs": [
        {
          "group": "api",
          "pattern": "ERROR"
        },
        {
          "group": "api",
          "pattern": "Exception"
        }
      ],
      "escalateWhen": [
        "エラー率が10%を超えた",
        "15分を超えて続いている",
        "自動ロールバックが失敗した",
        "見たことのない問題である、または影響が広がっている"
      ],
      "remedies": [],
      "firstSteps": [
        "デプロイから10分以内ならロールバックします。デプロイの途中なら、自動ロールバックを2〜3分待ちます。",
        "最新のエラーとスタックトレースを読み、価格の取得元・テーブル・タイムアウト・自社コードのどれかを見分けます。",
        "取得元やテーブルが原因ならロールバックは効きません。該当アラームの手順に移り、キャッシュでしのぎます。"
      ],
      "cases": [
        {
          "branch": "external-api",
          "title": "価格の取得元の障害",
          "first": "ログに取得元のエラーが出ている場合は、[ExternalApiErrorAlarm](ExternalApiErrorAlarm.md) の手順に移ります。"
        },
        {
          "branch": "table",
          "title": "価格テーブルの障害",
          "first": "ログに `ProvisionedThroughputExceededException` がある、またはテーブルに接続できない場合は、[DynamoDBThrottleAlarm](DynamoDBThrottleAlarm.md) の手順に移ります。"
        },
        {
          "branch": "code",
          "title": "デプロイ後に現れた自社コードの不具合",
          "first": "スタックトレースが自社コードで終わっていて、新しいバージョンからエラーが始まっている場合です。"
        },
        {
          "branch": "timeout",
          "title": "タイムアウト",
          "first": "ログに `Task timed out` が出ている場合です。関数の制限時間は25秒、ゲートウェイの制限は29秒です。"
        }
      ]
    },
    "ApiGateway5xxAlarm": {
      "title": "APIの5xx応答率",
      "measure": "5xx応答率",
      "plainMeasure": "失敗したリクエストの割合",
      "impact": "価格を取得しようとしたお客様の一部に、エラーが返っています。",
      "whatToLookAt": [
        "ゲートウェイの 5XXError、Count、Latency、IntegrationLatency",
        "API関数の Errors、Throttles、Duration"
      ],
      "metrics": [
        {
          "namespace": "AWS/ApiGateway",
          "name": "5XXError"
        },
        {
          "namespace": "AWS/ApiGateway",
          "name": "Count"
        },
        {
          "namespace": "AWS/ApiGateway",
          "name": "Latency"
        },
        {
          "namespace": "AWS/ApiGateway",
          "name": "IntegrationLatency"
        },
        {
          "namespace": "AWS/Lambda",
          "name": "Errors"
        },
        {
          "namespace": "AWS/Lambda",
          "name": "Throttles"
        },
        {
          "namespace": "AWS/Lambda",
          "name": "Duration"
        }
      ],
      "logs": [
        {
          "group": "gateway",
          "pattern": "{ $.status = \"5*\" }"
        },
        {
          "group": "api",
          "pattern": "ERROR"
        }
      ],
      "escalateWhen": [
        "5xx応答率が20%を超えた",
        "10分を超えて続いている",
        "お客様からの問い合わせが増えている"
      ],
      "remedies": [
        "raise-concurrency"
      ],
      "firstSteps": [
        "デプロイ直後ならロールバックします。",
        "502は関数の失敗（エラーログを確認）、503は同時実行数の上限、504は29秒を超えた応答です。",
        "アクセスの急増なら「同時実行数を引き上げる」を押します。外部が原因なら復旧を待ちます。"
      ],
      "cases": [
        {
          "branch": "after-deployment",
          "title": "デプロイ直後",
          "first": "新しいバージョンから5xxが始まっていれば「ロールバック」を押します。デプロイの途中であれば、CodeDeployが自動で戻します。"
        },
        {
          "branch": "502",
          "title": "502：関数の失敗",
          "first": "関数のエラーかタイムアウトです。[LambdaErrorAlarm](LambdaErrorAlarm.md) の手順に移ります。"
        },
        {
          "branch": "503",
          "title": "503：同時実行数の不足、または古すぎる価格",
          "first": "Throttles が出ていれば、予約済みの数と使用中の数を比べ、[LambdaThrottleAlarm](LambdaThrottleAlarm.md) の手順に移ります。"
        },
        {
          "branch": "504",
          "title": "504：応答が遅すぎる",
          "first": "ゲートウェイは29秒で打ち切ります。関数の制限時間は25秒のはずです。誰かが延ばしていないかを確認します。"
        }
      ]
    },
    "LambdaThrottleAlarm": {
      "title": "API呼び出しのスロットリング",
      "measure": "スロットリング",
      "plainMeasure": "受け付けられなかったリクエスト",
      "impact": "混雑のため、一部のお客様のリクエストを受け付けられていません。お客様側での再試行が必要です。",
      "whatToLookAt": [
        "Throttles、ConcurrentExecutions、UnreservedConcurrentExecutions",
        "突発的な急増か、継続的な増加か"
      ],
      "metrics": [
        {
          "namespace": "AWS/Lambda",
          "name": "Throttles"
        },
        {
          "namespace": "AWS/Lambda",
          "name": "ConcurrentExecutions"
        },
        {
          "namespace": "AWS/Lambda",
          "name": "UnreservedConcurrentExecutions"
        }
      ],
      "logs": [],
      "escalateWhen": [
        "3分続いている",
        "同時実行数の上限引き上げが必要"
      ],
      "remedies": [
        "raise-concurrency",
        "disable-key"
      ],
      "firstSteps": [
        "同時実行数を、予約済み同時実行数とアカウント全体の上限と比べます。",
        "「同時実行数を引き上げる」を押します。アカウントの上限が許す範囲で、予約済み同時実行数が2倍になります。",
        "1つのクライアントによる急増なら、そのAPIキーを調べます。デプロイ後に遅くなったのならロールバックします。"
      ],
      "cases": [
        {
          "branch": "after-deployment",
          "title": "デプロイ以降に遅くなった",
          "first": "1回の呼び出しが長くなると、同じアクセス数でも多くの同時実行が必要になります。ダッシュボードの Duration が長くなっていれば「ロールバック」を押します。"
        },
        {
          "branch": "jump",
          "title": "突発的な急増",
          "first": "1つのクライアント（アクセスログの `keyId` ）によるものなら、プランを下げるか、漏えいしたキーなら「APIキーを無効にする」を押します。詳しくは [よくある問題](common-problems.md) をご覧ください。"
        },
        {
          "branch": "growth",
          "title": "継続的な増加",
          "first": "予約済み同時実行数を恒久的に増やします。Provisioned Concurrencyとその自動スケーリングは、開発チームが検討します。"
        }
      ],
      "note": "スロットリングされた呼び出しには503が返り、クライアント側の再試行が必要です。"
    },
    "ApiLatencyP95Alarm": {
      "title": "APIの応答時間（p95）",
      "measure": "応答時間（p95）",
      "plainMeasure": "遅いリクエストの待ち時間",
      "impact": "お客様が価格を受け取るまでの待ち時間が、目に見えて長くなっています。",
      "whatToLookAt": [
        "ゲートウェイの Latency と関数の Duration（p95、p99）",
        "DynamoDBQueryLatency と ExternalApiLatency（どこで時間がかかっているか）"
      ],
      "metrics": [
        {
          "namespace": "AWS/ApiGateway",
          "name": "Latency"
        },
        {
          "namespace": "AWS/Lambda",
          "name": "Duration"
        },
        {
          "namespace": "Custom/CryptoWatch",
          "name": "DynamoDBQueryLatency"
        },
        {
          "namespace": "Custom/CryptoWatch",
          "name": "ExternalApiLatency"
        }
      ],
      "logs": [
        {
          "group": "api",
          "pattern": "{ $.duration > 1000 }"
        }
      ],
      "escalateWhen": [
        "p95が5秒を超えた",
        "1時間を超えて続いている",
        "利用者から苦情がある（3秒以上で体感に影響）"
      ],
      "remedies": [
        "longer-cache"
      ],
      "firstSteps": [
        "時間がかかっている場所を特定します（関数・テーブル・価格の取得元）。",
        "初回だけ遅いならコールドスタートです。Provisioned Concurrency かメモリの増加（現在512 MB）を検討します。",
        "デプロイ以降、通常の2倍以上に遅くなったのならロールバックします。"
      ],
      "cases": [
        {
          "branch": "after-deployment",
          "title": "デプロイ以降に遅くなった",
          "first": "p95がデプロイ前24時間の2倍以上なら、しきい値に達していなくても「ロールバック」を押します。"
        },
        {
          "branch": "table",
          "title": "テーブルが遅い",
          "first": "DynamoDBQueryLatency も上がっている場合です。スロットリングが起きていれば [DynamoDBThrottleAlarm](DynamoDBThrottleAlarm.md) の手順に移ります。"
        },
        {
          "branch": "function",
          "title": "関数が遅い",
          "first": "どの呼び出しでも Duration が長いなら、コードかメモリ不足が原因です。メモリを増やすとCPUも増えます。"
        },
        {
          "branch": "cold-start",
          "title": "コールドスタート",
          "first": "アクセスの少ない時間の後や急増時に、初回の応答だけが2〜3秒かかる場合です。Provisioned Concurrencyの設定、メモリの増加、依存関係の削減を検討します。詳しくは [よくある問題](common-problems.md) をご覧ください。"
        },
        {
          "branch": "external-api",
          "title": "取得元の応答が遅い",
          "first": "ExternalApiLatency が上がっている場合です。取得元を待つのは価格更新関数で、お客様は待ちません。価格が古くなってきたら [ExternalApiErrorAlarm](ExternalApiErrorAlarm.md) の手順に移ります。"
        },
        {
          "branch": "growth",
          "title": "長期的にゆるやかに悪化している",
          "first": "夜間の対応は不要です。営業時間内に開発チームが、API前段のキャッシュ（CloudFront）やデータモデルなど、構成の見直しを検討します。"
        }
      ],
      "note": "2秒以内は許容範囲です。一時的な山なら、対処せず様子を見ます。"
    },
    "ExternalApiErrorAlarm": {
      "title": "価格取得元への呼び出しの失敗率",
      "measure": "取得元の失敗率",
      "plainMeasure": "新しい価格の取得に失敗した割合",
      "impact": "新しい価格が届いていません。お客様には保存済みの古い価格をお返ししており、1時間を超えるとお返しできなくなります。",
      "whatToLookAt": [
        "ExternalApiErrors、ExternalApiCalls、ExternalApiLatency",
        "取得元のステータスページと公式のお知らせ"
      ],
      "metrics": [
        {
          "namespace": "Custom/CryptoWatch",
          "name": "ExternalApiErrors"
        },
        {
          "namespace": "Custom/CryptoWatch",
          "name": "ExternalApiCalls"
        },
        {
          "namespace": "Custom/CryptoWatch",
          "name": "ExternalApiLatency"
        }
      ],
      "logs": [
        {
          "group": "updater",
          "pattern": "\"External API\" \"ERROR\""
        }
      ],
      "escalateWhen": [
        "取得元が1時間以上停止している",
        "保存済みの価格が1時間より古くなった"
      ],
      "remedies": [
        "update-less-often",
        "longer-cache",
        "other-provider"
      ],
      "firstSteps": [
        "取得元（CoinGecko）のステータスページと、ログのステータスコードを確認します。",
        "429なら更新間隔を5分から10分へ、キャッシュも10分へ。503なら復旧を待ちます（保存済みの価格は最大1時間）。",
        "タイムアウトならネットワークと制限時間5秒を確認します。当方に変更がなければロールバックは効きません。"
      ],
      "cases": [
        {
          "branch": "429",
          "title": "429：呼び出しが多すぎる",
          "first": "ログに `rate-limited` が出ている場合です。更新間隔を10分に、価格の有効時間も10分にします。デプロイは不要で、次の実行から反映されます。"
        },
        {
          "branch": "503",
          "title": "503：取得元の停止",
          "first": "ログに `unavailable` が出ている場合です。復旧を待ちます。保存済みの価格は最大1時間使えます。"
        },
        {
          "branch": "timeout",
          "title": "タイムアウト",
          "first": "ログに `timed-out` か `unreachable` が出ている場合です。1回の呼び出しの制限時間は5秒です。別の場所からは応答するかを確認します。"
        },
        {
          "branch": "401",
          "title": "401：キーが拒否された",
          "first": "ログに `refused` が出ている場合です。キーの期限が切れたか、差し替えられています。新しいキーを登録します（[取得元のキー](../../deploy.md#the-key-of-the-price-source)）。"
        },
        {
          "branch": "after-deployment",
          "title": "直前に価格更新関数をデプロイした",
          "first": "新しいバージョンから失敗が始まっていれば、価格更新関数を「ロールバック」します。そうでなければロールバックは効きません。"
        }
      ],
      "note": "最初の5分間はお客様への影響はありません。その後は、古い価格であることを示して返します。"
    },
    "DynamoDBThrottleAlarm": {
      "title": "価格テーブルのスロットリング",
      "measure": "テーブルのスロットリング",
      "plainMeasure": "保存済み価格の読み書きが拒否された回数",
      "impact": "一部の応答がふだんより遅く、失敗することもあります。",
      "whatToLookAt": [
        "読み取りか書き込みか（ReadThrottleEvents、WriteThrottleEvents、消費キャパシティ）",
        "APIキーごとのアクセス数（特定キーへの集中か、全体の増加か）"
      ],
      "metrics": [
        {
          "namespace": "AWS/DynamoDB",
          "name": "ReadThrottleEvents"
        },
        {
          "namespace": "AWS/DynamoDB",
          "name": "WriteThrottleEvents"
        },
        {
          "namespace": "AWS/DynamoDB",
          "name": "SystemErrors"
        },
        {
          "namespace": "AWS/DynamoDB",
          "name": "UserErrors"
        },
        {
          "namespace": "AWS/DynamoDB",
          "name": "ConsumedReadCapacityUnits"
        },
        {
          "namespace": "AWS/DynamoDB",
          "name": "ConsumedWriteCapacityUnits"
        }
      ],
      "logs": [
        {
          "group": "api",
          "pattern": "ProvisionedThroughputExceededException"
        },
        {
          "group": "updater",
          "pattern": "ProvisionedThroughputExceededException"
        }
      ],
      "escalateWhen": [
        "30分以上続いている",
        "API呼び出しのエラー率が5%を超えた"
      ],
      "remedies": [
        "disable-key",
        "longer-cache"
      ],
      "firstSteps": [
        "読み取りと書き込みのどちらか、そのためにAPI呼び出しが失敗しているかを確認します。",
        "特定のAPIキーが突出していればホットパーティションです。そのクライアントを調べます。",
        "続くようなら、テーブルがオンデマンドのままかを確認し、制限になっている値を上げます。"
      ],
      "cases": [
        {
          "branch": "peak",
          "title": "一時的な山",
          "first": "関数が自動で再試行し、APIもしばらくはメモリ上の価格を返します。様子を見るだけで十分です。"
        },
        {
          "branch": "hot-partition",
          "title": "ホットパーティション",
          "first": "1つのクライアント（アクセスログの `keyId` ）が突出しているなら、プランを下げるか、漏えいしたキーなら「APIキーを無効にする」を押します。詳しくは [よくある問題](common-problems.md) をご覧ください。"
        },
        {
          "branch": "capacity",
          "title": "アクセスの増加に追いついていない",
          "first": "オンデマンド（ `PAY_PER_REQUEST` ）なら、過去のピークの2倍まで、30分ほどで自動的に広がります。"
        },
        {
          "branch": "recurring",
          "title": "繰り返し起きる",
          "first": "開発チームが読み取り方を見直します。テーブルのキー、関数内のキャッシュ、DAXの導入が候補です。"
        }
      ],
      "note": "関数が自動で再試行するため、一時的なスロットリングは許容範囲です。"
    },
    "PricesStaleAlarm": {
      "title": "最新価格の経過時間",
      "measure": "価格の経過時間",
      "plainMeasure": "最新の価格の古さ",
      "impact": "手元の価格が古くなりすぎ、お客様に価格をお返しできていません。",
      "whatToLookAt": [
        "価格更新関数の Invocations と Errors（数分おきに動いているか）",
        "ExternalApiErrors（取得元が応答しているか）"
      ],
      "metrics": [
        {
          "namespace": "Custom/CryptoWatch",
          "name": "PriceAge"
        },
        {
          "namespace": "Custom/CryptoWatch",
          "name": "ExternalApiErrors"
        },
        {
          "namespace": "AWS/Lambda",
          "name": "Invocations"
        },
        {
          "namespace": "AWS/Lambda",
          "name": "Errors"
        }
      ],
      "logs": [
        {
          "group": "updater",
          "pattern": "ERROR"
        }
      ],
      "escalateWhen": [
        "1時間より古い状態が30分続いている"
      ],
      "remedies": [
        "other-provider"
      ],
      "firstSteps": [
        "更新関数が動いているか、最後に何を記録したかを確認します。",
        "動いていて取得元で失敗しているなら取得元のアラームの手順へ。ほかで失敗しているならエラーを読みます。",
        "直前に更新関数をデプロイしたのなら、それをロールバックします。APIのロールバックは効きません。"
      ],
      "cases": [
        {
          "branch": "external-api",
          "title": "動いているが、取得元で失敗している",
          "first": "[ExternalApiErrorAlarm](ExternalApiErrorAlarm.md) の手順に移ります。もう一方の取得元が代わりに使われなかった理由は、ログに残っています。"
        },
        {
          "branch": "code",
          "title": "動いているが、ほかで失敗している",
          "first": "テーブルに書き込めないなら [DynamoDBThrottleAlarm](DynamoDBThrottleAlarm.md) の手順に移ります。それ以外は開発チームに引き継ぎます。"
        },
        {
          "branch": "not-running",
          "title": "動いていない",
          "first": "スケジュールの `State` は `ENABLED` のはずです。失敗した呼び出しは `crypto-watch-undelivered` に残っています。"
        },
        {
          "branch": "after-deployment",
          "title": "直前に価格更新関数をデプロイした",
          "first": "デプロイ以降に失敗している、またはまったく動いていないなら、価格更新関数を「ロールバック」します。"
        }
      ],
      "note": "1時間より古い価格は返さず、503を返します。"
    }
  }
}

export const runbooks: Record<RunbookLanguage, RunbookByAlarm> = {
  "en": {
    "LambdaErrorAlarm": {
      "intro": [
        {
          "kind": "text",
          "text": "**Critical.** More than 5 % of the calls of `crypto-watch-api-function` ended as errors, in two minutes running with at least 20 calls each. A minute without calls is no alarm."
        }
      ],
      "firstSteps": [
        {
          "kind": "step",
          "text": "Deployed within the last 10 min: roll back, or give CodeDeploy 2 to 3 min while it is still at it."
        },
        {
          "kind": "step",
          "text": "Read the newest error and its stack trace: the price provider, the table, a time-out or our own code."
        },
        {
          "kind": "command",
          "text": "aws logs tail /aws/lambda/crypto-watch-api-function --since 15m --filter-pattern ERROR"
        },
        {
          "kind": "step",
          "text": "Provider or table at fault: a rollback does not help. Follow their alarm and let the cache serve."
        },
        {
          "kind": "step",
          "text": "Find out how far it reaches: what share of the requests, since when, one endpoint or all of them."
        },
        {
          "kind": "command",
          "text": "aws logs tail /aws/apigateway/crypto-watch-api --since 15m --filter-pattern '{ $.status = \"5*\" }'"
        },
        {
          "kind": "step",
          "text": "Is the alarm still on? A cause of long standing is fixed by a release; a cause outside has to be waited for."
        },
        {
          "kind": "command",
          "text": "aws cloudwatch describe-alarms --alarm-names LambdaErrorAlarm"
        }
      ],
      "cases": [
        {
          "branch": "external-api",
          "title": "The price provider",
          "pieces": [
            {
              "kind": "bullet",
              "text": "The log speaks of the provider: follow [ExternalApiErrorAlarm](ExternalApiErrorAlarm.md)."
            },
            {
              "kind": "bullet",
              "text": "Saved prices are served for up to an hour meanwhile. A rollback of the API does not help."
            }
          ]
        },
        {
          "branch": "table",
          "title": "The prices table",
          "pieces": [
            {
              "kind": "bullet",
              "text": "The log has `ProvisionedThroughputExceededException`, or the table cannot be reached: follow [DynamoDBThrottleAlarm](DynamoDBThrottleAlarm.md)."
            },
            {
              "kind": "bullet",
              "text": "A rollback does not help, unless the new version reads far more than the one before."
            }
          ]
        },
        {
          "branch": "code",
          "title": "Our own code, new since a deployment",
          "pieces": [
            {
              "kind": "bullet",
              "text": "The stack trace ends in our code, and the errors begin with the new version."
            },
            {
              "kind": "bullet",
              "text": "Press *Roll back*. The message proves the result within about five minutes."
            },
            {
              "kind": "bullet",
              "text": "The same error on the version before: it is older than the deployment. Find the cause and release a fix."
            }
          ]
        },
        {
          "branch": "timeout",
          "title": "Time-outs",
          "pieces": [
            {
              "kind": "bullet",
              "text": "The log has `Task timed out`. The function may take 25 s; the gateway gives up after 29 s."
            },
            {
              "kind": "bullet",
              "text": "Compare Duration with the time of a read of the table and with the provider's latency on the dashboard; a trace in X-Ray shows one call in parts."
            },
            {
              "kind": "bullet",
              "text": "Slower since a deployment: *Roll back*. Otherwise follow [ApiLatencyP95Alarm](ApiLatencyP95Alarm.md)."
            }
          ]
        }
      ],
      "impact": [
        {
          "kind": "text",
          "text": "Customers get an error for a part of their requests, or for all of them."
        }
      ],
      "communication": [
        {
          "kind": "text",
          "text": "Acknowledge, so that everybody sees who has it, and write into the thread what you found. Write there too when the cause lies outside. `/status` of the API tells customers by itself."
        }
      ],
      "escalation": [
        {
          "kind": "text",
          "text": "Press *Escalate* with one sentence on what you saw and what you tried. The bot does it by itself when nobody answers within 15 min, and when the conditions above are met; see [the levels](escalation.md)."
        }
      ]
    },
    "ApiGateway5xxAlarm": {
      "intro": [
        {
          "kind": "text",
          "text": "**Critical.** More than 10 % of the answers of the gateway were 5xx, in two minutes running with at least 20 requests each."
        }
      ],
      "firstSteps": [
        {
          "kind": "step",
          "text": "Just deployed: roll back."
        },
        {
          "kind": "step",
          "text": "502 is the function failing (read its errors), 503 its concurrency limit, 504 slower than 29 s."
        },
        {
          "kind": "command",
          "text": "aws logs tail /aws/apigateway/crypto-watch-api --since 15m --filter-pattern '{ $.status = \"5*\" }'"
        },
        {
          "kind": "step",
          "text": "Traffic jumped: press Raise the concurrency. Cause outside: wait for it to be solved there."
        },
        {
          "kind": "step",
          "text": "Look at Errors, Throttles and Duration of the API function; one of them tells the case."
        }
      ],
      "cases": [
        {
          "branch": "after-deployment",
          "title": "Just after a deployment",
          "pieces": [
            {
              "kind": "bullet",
              "text": "The 5xx begin with the new version: *Roll back*. CodeDeploy does it by itself while the deployment is under way."
            },
            {
              "kind": "bullet",
              "text": "They began before it: the deployment is not the cause. Go by the status."
            }
          ]
        },
        {
          "branch": "502",
          "title": "502: the function fails",
          "pieces": [
            {
              "kind": "bullet",
              "text": "An error or a time-out of the function: follow [LambdaErrorAlarm](LambdaErrorAlarm.md)."
            },
            {
              "kind": "command",
              "text": "aws logs tail /aws/lambda/crypto-watch-api-function --since 15m --filter-pattern ERROR"
            }
          ]
        },
        {
          "branch": "503",
          "title": "503: no free concurrency, or prices too old",
          "pieces": [
            {
              "kind": "bullet",
              "text": "Throttles above 0: compare what is reserved with what is used, and follow [LambdaThrottleAlarm](LambdaThrottleAlarm.md)."
            },
            {
              "kind": "bullet",
              "text": "No throttles: prices older than an hour are refused with 503 on purpose. Follow [PricesStaleAlarm](PricesStaleAlarm.md); a rollback of the API does not help."
            },
            {
              "kind": "command",
              "text": "aws lambda get-function-concurrency --function-name crypto-watch-api-function"
            }
          ]
        },
        {
          "branch": "504",
          "title": "504: too slow",
          "pieces": [
            {
              "kind": "bullet",
              "text": "The gateway gives up after 29 s. The time-out of the function is 25 s: has somebody raised it?"
            },
            {
              "kind": "command",
              "text": "aws lambda get-function-configuration --function-name crypto-watch-api-function --query '[Timeout,MemorySize]'"
            },
            {
              "kind": "bullet",
              "text": "Look at reads of the table and calls to the provider, then follow [ApiLatencyP95Alarm](ApiLatencyP95Alarm.md)."
            }
          ]
        }
      ],
      "impact": [
        {
          "kind": "text",
          "text": "Customers get an error for a part of their requests. While prices are older than an hour that is on purpose: the alarm then joins the incident of the updater, asks nobody anew, and no rollback of the API is offered."
        }
      ],
      "communication": [
        {
          "kind": "text",
          "text": "Say in the thread which status it is and what you do next. If the cause is outside, write there where it can be followed."
        }
      ],
      "escalation": [
        {
          "kind": "text",
          "text": "Press *Escalate* with the status and the share of failed requests. When more customers write in, the developers have to know, whatever the numbers say; see [the levels](escalation.md)."
        }
      ]
    },
    "LambdaThrottleAlarm": {
      "intro": [
        {
          "kind": "text",
          "text": "**High.** Lambda turned away more than 10 calls of `crypto-watch-api-function` in one minute: its concurrency is used up."
        }
      ],
      "firstSteps": [
        {
          "kind": "step",
          "text": "Compare concurrent executions with the reserved concurrency and with the limit of the account."
        },
        {
          "kind": "command",
          "text": "aws lambda get-function-concurrency --function-name crypto-watch-api-function\naws lambda get-account-settings --query AccountLimit"
        },
        {
          "kind": "step",
          "text": "Press Raise the concurrency: it doubles what is reserved, as far as the account allows."
        },
        {
          "kind": "command",
          "text": "aws lambda put-function-concurrency --function-name crypto-watch-api-function --reserved-concurrent-executions 50"
        },
        {
          "kind": "step",
          "text": "One client behind the jump: look at its API key. Just deployed and slower: roll back."
        },
        {
          "kind": "step",
          "text": "For good, set `apiReservedConcurrency` in `infra/stages.json`: the next deployment would undo what was set by hand."
        }
      ],
      "cases": [
        {
          "branch": "after-deployment",
          "title": "Slower since a deployment",
          "pieces": [
            {
              "kind": "bullet",
              "text": "Each call holds its place longer, so the same traffic needs more of them. Duration on the dashboard shows it: *Roll back*."
            }
          ]
        },
        {
          "branch": "jump",
          "title": "A sudden jump",
          "pieces": [
            {
              "kind": "bullet",
              "text": "One client (`keyId` in the access log): lower its plan, or press *Disable an API key* if its key leaked; see [common problems](common-problems.md)."
            },
            {
              "kind": "command",
              "text": "aws logs tail /aws/apigateway/crypto-watch-api --since 15m --format short\naws apigateway update-api-key --api-key KEY-ID --patch-operations op=replace,path=/enabled,value=false"
            },
            {
              "kind": "bullet",
              "text": "Many clients: raise what is reserved, and see whether the jump passes."
            }
          ]
        },
        {
          "branch": "growth",
          "title": "Steady growth",
          "pieces": [
            {
              "kind": "bullet",
              "text": "Raise what is reserved for good. Developers think about provisioned concurrency and its scaling."
            },
            {
              "kind": "bullet",
              "text": "The limit of the account is reached: AWS raises it on request, which takes hours. Ask early."
            }
          ]
        }
      ],
      "impact": [
        {
          "kind": "text",
          "text": "Customers who were turned away get 503 and have to ask again. Calls that got a place are answered as usual."
        }
      ],
      "communication": [
        {
          "kind": "text",
          "text": "Say in the thread what was reserved before and what is reserved now. Whoever raises the limit of the account names the request there."
        }
      ],
      "escalation": [
        {
          "kind": "text",
          "text": "It goes on although you have raised what is reserved, or the account allows no more: press *Escalate*. Raising the limit of the account is a matter of the developers; see [the levels](escalation.md)."
        }
      ]
    },
    "ApiLatencyP95Alarm": {
      "intro": [
        {
          "kind": "text",
          "text": "**Medium.** One request in twenty took longer than 2 s, five minutes running."
        }
      ],
      "firstSteps": [
        {
          "kind": "step",
          "text": "Find where the time goes: the function, the table or the price provider."
        },
        {
          "kind": "step",
          "text": "Slow first calls only are cold starts: provisioned concurrency or more memory (now 512 MB)."
        },
        {
          "kind": "step",
          "text": "Twice the usual since a deployment: roll back."
        },
        {
          "kind": "step",
          "text": "Take one slow request apart: in X-Ray, or in the access log, where `latencyMs` stands beside the path and the key."
        },
        {
          "kind": "command",
          "text": "aws logs tail /aws/apigateway/crypto-watch-api --since 15m --format short"
        },
        {
          "kind": "step",
          "text": "Watch the trend. A short peak needs nothing more."
        }
      ],
      "cases": [
        {
          "branch": "after-deployment",
          "title": "Slower since a deployment",
          "pieces": [
            {
              "kind": "bullet",
              "text": "p95 is twice that of the 24 h before the deployment, or more: *Roll back*, even if no limit is reached."
            }
          ]
        },
        {
          "branch": "table",
          "title": "The table is slow",
          "pieces": [
            {
              "kind": "bullet",
              "text": "DynamoDBQueryLatency rises with it: is the table throttled? Then follow [DynamoDBThrottleAlarm](DynamoDBThrottleAlarm.md)."
            },
            {
              "kind": "bullet",
              "text": "Otherwise it is how we read: developers look at the keys of the table, at how long prices stay fresh, and at DAX."
            }
          ]
        },
        {
          "branch": "function",
          "title": "The function is slow",
          "pieces": [
            {
              "kind": "bullet",
              "text": "Duration is high on every call: the code, or too little memory. More memory means more CPU too."
            },
            {
              "kind": "command",
              "text": "aws lambda get-function-configuration --function-name crypto-watch-api-function --query '[Timeout,MemorySize]'"
            }
          ]
        },
        {
          "branch": "cold-start",
          "title": "Cold starts",
          "pieces": [
            {
              "kind": "bullet",
              "text": "Only first calls are slow, 2 to 3 s, after quiet hours or at a jump of traffic: provisioned concurrency, more memory, fewer dependencies; see [common problems](common-problems.md)."
            }
          ]
        },
        {
          "branch": "external-api",
          "title": "The price provider is slow",
          "pieces": [
            {
              "kind": "bullet",
              "text": "ExternalApiLatency rises: customers do not wait for the provider, the updater does. If prices grow old, follow [ExternalApiErrorAlarm](ExternalApiErrorAlarm.md)."
            }
          ]
        },
        {
          "branch": "growth",
          "title": "Long steady growth",
          "pieces": [
            {
              "kind": "bullet",
              "text": "Nothing for the night. In office hours, developers look at the architecture: a cache in front of the API (CloudFront), the data model."
            }
          ]
        }
      ],
      "impact": [
        {
          "kind": "text",
          "text": "Customers wait. Up to 2 s is accepted, from 3 s on they feel it, 5 s is serious."
        }
      ],
      "communication": [
        {
          "kind": "text",
          "text": "Nobody has to be woken for it. Say in the thread where the time goes, so that whoever comes next does not begin anew."
        }
      ],
      "escalation": [
        {
          "kind": "text",
          "text": "Above 5 s, after an hour, or when customers complain, press *Escalate*; see [the levels](escalation.md)."
        }
      ]
    },
    "ExternalApiErrorAlarm": {
      "intro": [
        {
          "kind": "text",
          "text": "**High.** Half or more of the attempts at the first price provider failed over ten minutes. Without any attempt the alarm stays as it was."
        }
      ],
      "firstSteps": [
        {
          "kind": "step",
          "text": "Look at the status page of the provider (CoinGecko) and at the status codes in the log."
        },
        {
          "kind": "command",
          "text": "aws logs tail /aws/lambda/crypto-watch-price-update-function --since 30m --filter-pattern '\"External API\" \"ERROR\"'"
        },
        {
          "kind": "step",
          "text": "429: update every 10 min instead of 5 and keep the cache 10 min. 503: wait, saved prices last up to 1 h."
        },
        {
          "kind": "step",
          "text": "Time-outs: check the network and the limit of 5 s. Nothing of ours changed: a rollback does not help."
        },
        {
          "kind": "step",
          "text": "See how often an attempt was made again and with what result: `attempt` in the log, three at most."
        },
        {
          "kind": "step",
          "text": "Look how old the prices are: `PriceAge` on the dashboard, `ageSeconds` in an answer of the API."
        }
      ],
      "cases": [
        {
          "branch": "429",
          "title": "429: we ask too often",
          "pieces": [
            {
              "kind": "bullet",
              "text": "`rate-limited` in the log. Ask every 10 min and keep prices fresh for 10 min; it counts from the next run, without a deployment."
            },
            {
              "kind": "command",
              "text": "aws dynamodb put-item --table-name crypto-watch-data \\\n  --item '{\"pk\":{\"S\":\"SETTINGS\"},\"sk\":{\"S\":\"SETTINGS\"},\"updateEveryMinutes\":{\"N\":\"10\"},\"cacheTtlMinutes\":{\"N\":\"10\"}}'"
            },
            {
              "kind": "bullet",
              "text": "It comes back: a bigger plan at the provider, or the other provider first."
            },
            {
              "kind": "bullet",
              "text": "Over: delete the item, which brings back 5 min."
            },
            {
              "kind": "command",
              "text": "aws dynamodb delete-item --table-name crypto-watch-data --key '{\"pk\":{\"S\":\"SETTINGS\"},\"sk\":{\"S\":\"SETTINGS\"}}'"
            }
          ]
        },
        {
          "branch": "503",
          "title": "503: the provider is down",
          "pieces": [
            {
              "kind": "bullet",
              "text": "`unavailable` in the log. Wait for the provider; saved prices last an hour."
            },
            {
              "kind": "bullet",
              "text": "The second provider (Coinbase) answers: ask it first until the first one is back."
            },
            {
              "kind": "command",
              "text": "aws dynamodb put-item --table-name crypto-watch-data \\\n  --item '{\"pk\":{\"S\":\"SETTINGS\"},\"sk\":{\"S\":\"SETTINGS\"},\"provider\":{\"S\":\"second\"}}'"
            }
          ]
        },
        {
          "branch": "timeout",
          "title": "Time-outs",
          "pieces": [
            {
              "kind": "bullet",
              "text": "`timed-out` or `unreachable` in the log. An attempt may take 5 s. Does the provider answer from elsewhere?"
            },
            {
              "kind": "command",
              "text": "curl -sS -m 5 -o /dev/null -w '%{http_code} %{time_total}\\n' https://api.coingecko.com/api/v3/ping"
            },
            {
              "kind": "bullet",
              "text": "It answers there: the network between us is at fault, or the limit is too short for this provider. Developers decide."
            }
          ]
        },
        {
          "branch": "401",
          "title": "401: our key is refused",
          "pieces": [
            {
              "kind": "bullet",
              "text": "`refused` in the log: the key expired or was replaced. Put the new one in; see [the key of the price source](../../deploy.md#the-key-of-the-price-source)."
            }
          ]
        },
        {
          "branch": "after-deployment",
          "title": "The updater was deployed shortly before",
          "pieces": [
            {
              "kind": "bullet",
              "text": "The failures begin with the new version: *Roll back*, of the updater. Otherwise a rollback does not help."
            }
          ]
        }
      ],
      "impact": [
        {
          "kind": "text",
          "text": "Customers notice nothing for 5 minutes. Then prices are marked stale and `/health` says `degraded`; after 1 hour they are refused. While the second provider stands in, prices stay fresh, without the change in 24 hours."
        }
      ],
      "communication": [
        {
          "kind": "text",
          "text": "Say in the thread what the provider says and where it can be followed. `/status` of the API tells customers by itself; when it takes long, a manager decides what else they are told."
        }
      ],
      "escalation": [
        {
          "kind": "text",
          "text": "After an hour, or when saved prices are older than that, the developers take over; see [the levels](escalation.md)."
        }
      ]
    },
    "DynamoDBThrottleAlarm": {
      "intro": [
        {
          "kind": "text",
          "text": "**High.** DynamoDB throttled or failed at least one request to `crypto-watch-data` in a minute."
        }
      ],
      "firstSteps": [
        {
          "kind": "step",
          "text": "Check whether reads or writes are throttled, and whether API calls fail because of it."
        },
        {
          "kind": "command",
          "text": "aws logs tail /aws/lambda/crypto-watch-api-function --since 30m --filter-pattern ProvisionedThroughputExceededException\naws logs tail /aws/lambda/crypto-watch-price-update-function --since 30m --filter-pattern ProvisionedThroughputExceededException"
        },
        {
          "kind": "step",
          "text": "One API key far ahead of the others makes a hot partition: look at that client."
        },
        {
          "kind": "step",
          "text": "It goes on: check that the table is still billed on demand, and raise what limits it."
        },
        {
          "kind": "command",
          "text": "aws dynamodb describe-table --table-name crypto-watch-data --query 'Table.[BillingModeSummary,ProvisionedThroughput,TableStatus]'"
        },
        {
          "kind": "step",
          "text": "See how far it reaches: the share of failed API calls, since when, how much slower the answers are."
        }
      ],
      "cases": [
        {
          "branch": "peak",
          "title": "A short peak",
          "pieces": [
            {
              "kind": "bullet",
              "text": "The functions try again by themselves, and the API serves from memory for a while. Watch it; nothing more."
            }
          ]
        },
        {
          "branch": "hot-partition",
          "title": "One partition is hot",
          "pieces": [
            {
              "kind": "bullet",
              "text": "One client far ahead of all others (`keyId` in the access log): lower its plan, or press *Disable an API key* if its key leaked; see [common problems](common-problems.md)."
            },
            {
              "kind": "command",
              "text": "aws logs tail /aws/apigateway/crypto-watch-api --since 15m --format short"
            }
          ]
        },
        {
          "branch": "capacity",
          "title": "Traffic outgrows the table",
          "pieces": [
            {
              "kind": "bullet",
              "text": "On demand (`PAY_PER_REQUEST`): the table doubles its former peak within 30 minutes by itself."
            },
            {
              "kind": "bullet",
              "text": "Anything else was changed by hand: change it back, or raise the provisioned units if on demand is not wanted."
            },
            {
              "kind": "command",
              "text": "aws dynamodb update-table --table-name crypto-watch-data --billing-mode PAY_PER_REQUEST"
            }
          ]
        },
        {
          "branch": "recurring",
          "title": "It comes back again and again",
          "pieces": [
            {
              "kind": "bullet",
              "text": "Developers look at how the table is read: the keys, the memory of the function, DAX in front of it."
            }
          ]
        }
      ],
      "impact": [
        {
          "kind": "text",
          "text": "Some answers are slower, a few may fail. The API serves from memory, so that short throttling is harmless. If the updater cannot write, prices grow old."
        }
      ],
      "communication": [
        {
          "kind": "text",
          "text": "Say in the thread whether reads or writes are throttled, and which client stands out."
        }
      ],
      "escalation": [
        {
          "kind": "text",
          "text": "After 30 minutes, or when more than 5 % of the API calls fail, the developers are asked; see [the levels](escalation.md)."
        }
      ]
    },
    "PricesStaleAlarm": {
      "intro": [
        {
          "kind": "text",
          "text": "**High.** The newest price is older than an hour, or nobody has told its age for ten minutes."
        }
      ],
      "firstSteps": [
        {
          "kind": "step",
          "text": "Check that the update function still runs and what it logged last."
        },
        {
          "kind": "command",
          "text": "aws logs tail /aws/lambda/crypto-watch-price-update-function --since 30m"
        },
        {
          "kind": "step",
          "text": "It runs and fails at the provider: follow the provider alarm. It fails elsewhere: read the error."
        },
        {
          "kind": "step",
          "text": "The updater was deployed shortly before: roll it back. Rolling back the API does not help."
        }
      ],
      "cases": [
        {
          "branch": "external-api",
          "title": "It runs, and the provider fails",
          "pieces": [
            {
              "kind": "bullet",
              "text": "Follow [ExternalApiErrorAlarm](ExternalApiErrorAlarm.md). The second provider should have stood in: the log says why it did not."
            }
          ]
        },
        {
          "branch": "code",
          "title": "It runs, and fails elsewhere",
          "pieces": [
            {
              "kind": "bullet",
              "text": "The table cannot be written: follow [DynamoDBThrottleAlarm](DynamoDBThrottleAlarm.md). Anything else is for the developers."
            },
            {
              "kind": "command",
              "text": "aws logs tail /aws/lambda/crypto-watch-price-update-function --since 30m --filter-pattern ERROR"
            }
          ]
        },
        {
          "branch": "not-running",
          "title": "It does not run",
          "pieces": [
            {
              "kind": "bullet",
              "text": "The `State` of its schedule has to be `ENABLED`. Calls that failed wait in `crypto-watch-undelivered`."
            },
            {
              "kind": "command",
              "text": "aws scheduler get-schedule --name crypto-watch-price-update-function"
            }
          ]
        },
        {
          "branch": "after-deployment",
          "title": "The updater was deployed shortly before",
          "pieces": [
            {
              "kind": "bullet",
              "text": "It runs and fails since then, or does not run at all: *Roll back*, of the updater."
            }
          ]
        }
      ],
      "impact": [
        {
          "kind": "text",
          "text": "Customers get 503 with `Retry-After` in place of prices. [ApiGateway5xxAlarm](ApiGateway5xxAlarm.md) then joins this incident and pages nobody anew."
        }
      ],
      "communication": [
        {
          "kind": "text",
          "text": "`/status` of the API tells customers by itself, from the record of the incident. Say in the thread when prices came last."
        }
      ],
      "escalation": [
        {
          "kind": "text",
          "text": "When it lasts 30 minutes the developers are asked; see [the levels](escalation.md)."
        }
      ]
    }
  },
  "ja": {
    "LambdaErrorAlarm": {
      "intro": [
        {
          "kind": "text",
          "text": "**Critical** `crypto-watch-api-function` の呼び出しのうち5%を超えるものがエラーで終わる状態が、2分続いたときに鳴ります。1分あたり20回以上の呼び出しがある場合だけが対象で、呼び出しのない時間帯はアラームになりません。"
        }
      ],
      "firstSteps": [
        {
          "kind": "step",
          "text": "デプロイから10分以内ならロールバックします。デプロイの途中なら、自動ロールバックを2〜3分待ちます。"
        },
        {
          "kind": "step",
          "text": "最新のエラーとスタックトレースを読み、価格の取得元・テーブル・タイムアウト・自社コードのどれかを見分けます。"
        },
        {
          "kind": "command",
          "text": "aws logs tail /aws/lambda/crypto-watch-api-function --since 15m --filter-pattern ERROR"
        },
        {
          "kind": "step",
          "text": "取得元やテーブルが原因ならロールバックは効きません。該当アラームの手順に移り、キャッシュでしのぎます。"
        },
        {
          "kind": "step",
          "text": "影響の広がりを確認します。リクエスト全体の何割か、いつからか、特定のエンドポイントだけか全体かを見ます。"
        },
        {
          "kind": "command",
          "text": "aws logs tail /aws/apigateway/crypto-watch-api --since 15m --filter-pattern '{ $.status = \"5*\" }'"
        },
        {
          "kind": "step",
          "text": "アラームがまだ鳴っているかを確認します。以前からの問題なら修正をリリースし、外部の問題なら復旧を待ちます。"
        },
        {
          "kind": "command",
          "text": "aws cloudwatch describe-alarms --alarm-names LambdaErrorAlarm"
        }
      ],
      "cases": [
        {
          "branch": "external-api",
          "title": "価格の取得元の障害",
          "pieces": [
            {
              "kind": "bullet",
              "text": "ログに取得元のエラーが出ている場合は、[ExternalApiErrorAlarm](ExternalApiErrorAlarm.md) の手順に移ります。"
            },
            {
              "kind": "bullet",
              "text": "その間は、保存済みの価格を最大1時間まで返します。APIのロールバックは効きません。"
            }
          ]
        },
        {
          "branch": "table",
          "title": "価格テーブルの障害",
          "pieces": [
            {
              "kind": "bullet",
              "text": "ログに `ProvisionedThroughputExceededException` がある、またはテーブルに接続できない場合は、[DynamoDBThrottleAlarm](DynamoDBThrottleAlarm.md) の手順に移ります。"
            },
            {
              "kind": "bullet",
              "text": "新しいバージョンで読み取りが大幅に増えた場合を除き、ロールバックは効きません。"
            }
          ]
        },
        {
          "branch": "code",
          "title": "デプロイ後に現れた自社コードの不具合",
          "pieces": [
            {
              "kind": "bullet",
              "text": "スタックトレースが自社コードで終わっていて、新しいバージョンからエラーが始まっている場合です。"
            },
            {
              "kind": "bullet",
              "text": "「ロールバック」を押します。効果があったかどうかは、約5分以内にメッセージで確認できます。"
            },
            {
              "kind": "bullet",
              "text": "前のバージョンでも同じエラーが出ていれば、デプロイが原因ではありません。原因を調べて修正をリリースします。"
            }
          ]
        },
        {
          "branch": "timeout",
          "title": "タイムアウト",
          "pieces": [
            {
              "kind": "bullet",
              "text": "ログに `Task timed out` が出ている場合です。関数の制限時間は25秒、ゲートウェイの制限は29秒です。"
            },
            {
              "kind": "bullet",
              "text": "ダッシュボードの Duration を、テーブルの読み取り時間や取得元の応答時間と比べます。X-Rayのトレースでは、1回の呼び出しの内訳がわかります。"
            },
            {
              "kind": "bullet",
              "text": "デプロイ以降に遅くなったのなら「ロールバック」を押します。そうでなければ [ApiLatencyP95Alarm](ApiLatencyP95Alarm.md) の手順に移ります。"
            }
          ]
        }
      ],
      "impact": [
        {
          "kind": "text",
          "text": "お客様のリクエストの一部、またはすべてにエラーが返ります。"
        }
      ],
      "communication": [
        {
          "kind": "text",
          "text": "まず「確認して対応する」を押し、誰が対応しているかを全員に見えるようにします。わかったことはスレッドに書き、原因が外部にある場合もそこで共有します。お客様には、APIの `/status` が自動で状況を伝えます。"
        }
      ],
      "escalation": [
        {
          "kind": "text",
          "text": "確認したことと試したことを一文で添えて、「エスカレーション」を押します。15分以内に誰も応答しないときと、上の条件に当てはまったときは、ボットが自動で引き上げます。詳しくは [エスカレーションのレベル](escalation.md) をご覧ください。"
        }
      ]
    },
    "ApiGateway5xxAlarm": {
      "intro": [
        {
          "kind": "text",
          "text": "**Critical** ゲートウェイの応答のうち10%を超えるものが5xxになる状態が、2分続いたときに鳴ります。1分あたり20件以上のリクエストがある場合だけが対象です。"
        }
      ],
      "firstSteps": [
        {
          "kind": "step",
          "text": "デプロイ直後ならロールバックします。"
        },
        {
          "kind": "step",
          "text": "502は関数の失敗（エラーログを確認）、503は同時実行数の上限、504は29秒を超えた応答です。"
        },
        {
          "kind": "command",
          "text": "aws logs tail /aws/apigateway/crypto-watch-api --since 15m --filter-pattern '{ $.status = \"5*\" }'"
        },
        {
          "kind": "step",
          "text": "アクセスの急増なら「同時実行数を引き上げる」を押します。外部が原因なら復旧を待ちます。"
        },
        {
          "kind": "step",
          "text": "API関数の Errors、Throttles、Duration を確認します。どれが増えているかで、下のどのケースかがわかります。"
        }
      ],
      "cases": [
        {
          "branch": "after-deployment",
          "title": "デプロイ直後",
          "pieces": [
            {
              "kind": "bullet",
              "text": "新しいバージョンから5xxが始まっていれば「ロールバック」を押します。デプロイの途中であれば、CodeDeployが自動で戻します。"
            },
            {
              "kind": "bullet",
              "text": "デプロイより前から出ているなら、デプロイは原因ではありません。ステータスごとの手順に進みます。"
            }
          ]
        },
        {
          "branch": "502",
          "title": "502：関数の失敗",
          "pieces": [
            {
              "kind": "bullet",
              "text": "関数のエラーかタイムアウトです。[LambdaErrorAlarm](LambdaErrorAlarm.md) の手順に移ります。"
            },
            {
              "kind": "command",
              "text": "aws logs tail /aws/lambda/crypto-watch-api-function --since 15m --filter-pattern ERROR"
            }
          ]
        },
        {
          "branch": "503",
          "title": "503：同時実行数の不足、または古すぎる価格",
          "pieces": [
            {
              "kind": "bullet",
              "text": "Throttles が出ていれば、予約済みの数と使用中の数を比べ、[LambdaThrottleAlarm](LambdaThrottleAlarm.md) の手順に移ります。"
            },
            {
              "kind": "bullet",
              "text": "Throttles が出ていなければ、1時間より古い価格を意図的に503で断っています。[PricesStaleAlarm](PricesStaleAlarm.md) の手順に移ります。APIのロールバックは効きません。"
            },
            {
              "kind": "command",
              "text": "aws lambda get-function-concurrency --function-name crypto-watch-api-function"
            }
          ]
        },
        {
          "branch": "504",
          "title": "504：応答が遅すぎる",
          "pieces": [
            {
              "kind": "bullet",
              "text": "ゲートウェイは29秒で打ち切ります。関数の制限時間は25秒のはずです。誰かが延ばしていないかを確認します。"
            },
            {
              "kind": "command",
              "text": "aws lambda get-function-configuration --function-name crypto-watch-api-function --query '[Timeout,MemorySize]'"
            },
            {
              "kind": "bullet",
              "text": "テーブルの読み取りと取得元の呼び出しにかかる時間を確認し、[ApiLatencyP95Alarm](ApiLatencyP95Alarm.md) の手順に移ります。"
            }
          ]
        }
      ],
      "impact": [
        {
          "kind": "text",
          "text": "お客様のリクエストの一部にエラーが返ります。価格が1時間より古い間は意図的な動作のため、このアラームは価格更新のインシデントに加わり、改めて呼び出しは行わず、APIのロールバックも提案しません。"
        }
      ],
      "communication": [
        {
          "kind": "text",
          "text": "どのステータスか、次に何をするかをスレッドに書きます。原因が外部にあれば、状況を追える場所も書いておきます。"
        }
      ],
      "escalation": [
        {
          "kind": "text",
          "text": "ステータスと失敗の割合を添えて「エスカレーション」を押します。お客様からの問い合わせが増えているときは、数値にかかわらず開発チームに伝えます。詳しくは [エスカレーションのレベル](escalation.md) をご覧ください。"
        }
      ]
    },
    "LambdaThrottleAlarm": {
      "intro": [
        {
          "kind": "text",
          "text": "**High** `crypto-watch-api-function` の呼び出しが1分間に10回を超えて断られたときに鳴ります。同時実行数を使い切っている状態です。"
        }
      ],
      "firstSteps": [
        {
          "kind": "step",
          "text": "同時実行数を、予約済み同時実行数とアカウント全体の上限と比べます。"
        },
        {
          "kind": "command",
          "text": "aws lambda get-function-concurrency --function-name crypto-watch-api-function\naws lambda get-account-settings --query AccountLimit"
        },
        {
          "kind": "step",
          "text": "「同時実行数を引き上げる」を押します。アカウントの上限が許す範囲で、予約済み同時実行数が2倍になります。"
        },
        {
          "kind": "command",
          "text": "aws lambda put-function-concurrency --function-name crypto-watch-api-function --reserved-concurrent-executions 50"
        },
        {
          "kind": "step",
          "text": "1つのクライアントによる急増なら、そのAPIキーを調べます。デプロイ後に遅くなったのならロールバックします。"
        },
        {
          "kind": "step",
          "text": "恒久的に変えるには `infra/stages.json` の `apiReservedConcurrency` を設定します。手作業で変えた値は、次のデプロイで元に戻ります。"
        }
      ],
      "cases": [
        {
          "branch": "after-deployment",
          "title": "デプロイ以降に遅くなった",
          "pieces": [
            {
              "kind": "bullet",
              "text": "1回の呼び出しが長くなると、同じアクセス数でも多くの同時実行が必要になります。ダッシュボードの Duration が長くなっていれば「ロールバック」を押します。"
            }
          ]
        },
        {
          "branch": "jump",
          "title": "突発的な急増",
          "pieces": [
            {
              "kind": "bullet",
              "text": "1つのクライアント（アクセスログの `keyId` ）によるものなら、プランを下げるか、漏えいしたキーなら「APIキーを無効にする」を押します。詳しくは [よくある問題](common-problems.md) をご覧ください。"
            },
            {
              "kind": "command",
              "text": "aws logs tail /aws/apigateway/crypto-watch-api --since 15m --format short\naws apigateway update-api-key --api-key KEY-ID --patch-operations op=replace,path=/enabled,value=false"
            },
            {
              "kind": "bullet",
              "text": "多くのクライアントによるものなら、予約済み同時実行数を増やし、急増が収まるかを見守ります。"
            }
          ]
        },
        {
          "branch": "growth",
          "title": "継続的な増加",
          "pieces": [
            {
              "kind": "bullet",
              "text": "予約済み同時実行数を恒久的に増やします。Provisioned Concurrencyとその自動スケーリングは、開発チームが検討します。"
            },
            {
              "kind": "bullet",
              "text": "アカウントの上限に達しているなら、AWSに引き上げを申請します。数時間かかるため、早めに申請します。"
            }
          ]
        }
      ],
      "impact": [
        {
          "kind": "text",
          "text": "断られたリクエストには503が返り、お客様側での再試行が必要です。受け付けられたリクエストには、通常どおり応答します。"
        }
      ],
      "communication": [
        {
          "kind": "text",
          "text": "変更前と変更後の予約済み同時実行数をスレッドに書きます。アカウントの上限引き上げを申請した人は、申請番号もそこに書きます。"
        }
      ],
      "escalation": [
        {
          "kind": "text",
          "text": "予約済み同時実行数を増やしても収まらない、またはこれ以上増やせないときは「エスカレーション」を押します。アカウントの上限引き上げは開発チームが扱います。詳しくは [エスカレーションのレベル](escalation.md) をご覧ください。"
        }
      ]
    },
    "ApiLatencyP95Alarm": {
      "intro": [
        {
          "kind": "text",
          "text": "**Medium** 20件に1件のリクエストが2秒より長くかかる状態が、5分続いたときに鳴ります。"
        }
      ],
      "firstSteps": [
        {
          "kind": "step",
          "text": "時間がかかっている場所を特定します（関数・テーブル・価格の取得元）。"
        },
        {
          "kind": "step",
          "text": "初回だけ遅いならコールドスタートです。Provisioned Concurrency かメモリの増加（現在512 MB）を検討します。"
        },
        {
          "kind": "step",
          "text": "デプロイ以降、通常の2倍以上に遅くなったのならロールバックします。"
        },
        {
          "kind": "step",
          "text": "遅いリクエストを1件選び、内訳を調べます。X-Rayのトレースか、パスやキーと並んで `latencyMs` が記録されたアクセスログを見ます。"
        },
        {
          "kind": "command",
          "text": "aws logs tail /aws/apigateway/crypto-watch-api --since 15m --format short"
        },
        {
          "kind": "step",
          "text": "推移を見守ります。一時的な山であれば、それ以上の対処は不要です。"
        }
      ],
      "cases": [
        {
          "branch": "after-deployment",
          "title": "デプロイ以降に遅くなった",
          "pieces": [
            {
              "kind": "bullet",
              "text": "p95がデプロイ前24時間の2倍以上なら、しきい値に達していなくても「ロールバック」を押します。"
            }
          ]
        },
        {
          "branch": "table",
          "title": "テーブルが遅い",
          "pieces": [
            {
              "kind": "bullet",
              "text": "DynamoDBQueryLatency も上がっている場合です。スロットリングが起きていれば [DynamoDBThrottleAlarm](DynamoDBThrottleAlarm.md) の手順に移ります。"
            },
            {
              "kind": "bullet",
              "text": "起きていなければ、読み取り方の問題です。開発チームが、テーブルのキー、キャッシュの有効時間、DAXの導入を検討します。"
            }
          ]
        },
        {
          "branch": "function",
          "title": "関数が遅い",
          "pieces": [
            {
              "kind": "bullet",
              "text": "どの呼び出しでも Duration が長いなら、コードかメモリ不足が原因です。メモリを増やすとCPUも増えます。"
            },
            {
              "kind": "command",
              "text": "aws lambda get-function-configuration --function-name crypto-watch-api-function --query '[Timeout,MemorySize]'"
            }
          ]
        },
        {
          "branch": "cold-start",
          "title": "コールドスタート",
          "pieces": [
            {
              "kind": "bullet",
              "text": "アクセスの少ない時間の後や急増時に、初回の応答だけが2〜3秒かかる場合です。Provisioned Concurrencyの設定、メモリの増加、依存関係の削減を検討します。詳しくは [よくある問題](common-problems.md) をご覧ください。"
            }
          ]
        },
        {
          "branch": "external-api",
          "title": "取得元の応答が遅い",
          "pieces": [
            {
              "kind": "bullet",
              "text": "ExternalApiLatency が上がっている場合です。取得元を待つのは価格更新関数で、お客様は待ちません。価格が古くなってきたら [ExternalApiErrorAlarm](ExternalApiErrorAlarm.md) の手順に移ります。"
            }
          ]
        },
        {
          "branch": "growth",
          "title": "長期的にゆるやかに悪化している",
          "pieces": [
            {
              "kind": "bullet",
              "text": "夜間の対応は不要です。営業時間内に開発チームが、API前段のキャッシュ（CloudFront）やデータモデルなど、構成の見直しを検討します。"
            }
          ]
        }
      ],
      "impact": [
        {
          "kind": "text",
          "text": "お客様の待ち時間が長くなります。2秒以内は許容範囲、3秒以上で体感に影響し、5秒以上は深刻です。"
        }
      ],
      "communication": [
        {
          "kind": "text",
          "text": "このアラームだけで人を起こす必要はありません。どこで時間がかかっているかをスレッドに残し、次に見る人が一から調べずに済むようにします。"
        }
      ],
      "escalation": [
        {
          "kind": "text",
          "text": "5秒を超えた、1時間続いた、またはお客様から苦情があった場合は「エスカレーション」を押します。詳しくは [エスカレーションのレベル](escalation.md) をご覧ください。"
        }
      ]
    },
    "ExternalApiErrorAlarm": {
      "intro": [
        {
          "kind": "text",
          "text": "**High** 最初に問い合わせる取得元への呼び出しのうち、10分間で半分以上が失敗したときに鳴ります。呼び出しがまったくない間は、直前の状態が続きます。"
        }
      ],
      "firstSteps": [
        {
          "kind": "step",
          "text": "取得元（CoinGecko）のステータスページと、ログのステータスコードを確認します。"
        },
        {
          "kind": "command",
          "text": "aws logs tail /aws/lambda/crypto-watch-price-update-function --since 30m --filter-pattern '\"External API\" \"ERROR\"'"
        },
        {
          "kind": "step",
          "text": "429なら更新間隔を5分から10分へ、キャッシュも10分へ。503なら復旧を待ちます（保存済みの価格は最大1時間）。"
        },
        {
          "kind": "step",
          "text": "タイムアウトならネットワークと制限時間5秒を確認します。当方に変更がなければロールバックは効きません。"
        },
        {
          "kind": "step",
          "text": "再試行の回数と結果を確認します。ログの `attempt` が試行の番号で、最大3回です。"
        },
        {
          "kind": "step",
          "text": "価格の古さを確認します。ダッシュボードの PriceAge か、APIの応答の `ageSeconds` を見ます。"
        }
      ],
      "cases": [
        {
          "branch": "429",
          "title": "429：呼び出しが多すぎる",
          "pieces": [
            {
              "kind": "bullet",
              "text": "ログに `rate-limited` が出ている場合です。更新間隔を10分に、価格の有効時間も10分にします。デプロイは不要で、次の実行から反映されます。"
            },
            {
              "kind": "command",
              "text": "aws dynamodb put-item --table-name crypto-watch-data \\\n  --item '{\"pk\":{\"S\":\"SETTINGS\"},\"sk\":{\"S\":\"SETTINGS\"},\"updateEveryMinutes\":{\"N\":\"10\"},\"cacheTtlMinutes\":{\"N\":\"10\"}}'"
            },
            {
              "kind": "bullet",
              "text": "繰り返すようなら、取得元の上位プランへの変更か、もう一方の取得元への切り替えを検討します。"
            },
            {
              "kind": "bullet",
              "text": "収まったら設定を削除します。既定の5分に戻ります。"
            },
            {
              "kind": "command",
              "text": "aws dynamodb delete-item --table-name crypto-watch-data --key '{\"pk\":{\"S\":\"SETTINGS\"},\"sk\":{\"S\":\"SETTINGS\"}}'"
            }
          ]
        },
        {
          "branch": "503",
          "title": "503：取得元の停止",
          "pieces": [
            {
              "kind": "bullet",
              "text": "ログに `unavailable` が出ている場合です。復旧を待ちます。保存済みの価格は最大1時間使えます。"
            },
            {
              "kind": "bullet",
              "text": "もう一方の取得元（Coinbase）が応答していれば、復旧するまでそちらを先に使います。"
            },
            {
              "kind": "command",
              "text": "aws dynamodb put-item --table-name crypto-watch-data \\\n  --item '{\"pk\":{\"S\":\"SETTINGS\"},\"sk\":{\"S\":\"SETTINGS\"},\"provider\":{\"S\":\"second\"}}'"
            }
          ]
        },
        {
          "branch": "timeout",
          "title": "タイムアウト",
          "pieces": [
            {
              "kind": "bullet",
              "text": "ログに `timed-out` か `unreachable` が出ている場合です。1回の呼び出しの制限時間は5秒です。別の場所からは応答するかを確認します。"
            },
            {
              "kind": "command",
              "text": "curl -sS -m 5 -o /dev/null -w '%{http_code} %{time_total}\\n' https://api.coingecko.com/api/v3/ping"
            },
            {
              "kind": "bullet",
              "text": "別の場所から応答するなら、途中のネットワークか、制限時間が原因です。制限時間の見直しは開発チームが判断します。"
            }
          ]
        },
        {
          "branch": "401",
          "title": "401：キーが拒否された",
          "pieces": [
            {
              "kind": "bullet",
              "text": "ログに `refused` が出ている場合です。キーの期限が切れたか、差し替えられています。新しいキーを登録します（[取得元のキー](../../deploy.md#the-key-of-the-price-source)）。"
            }
          ]
        },
        {
          "branch": "after-deployment",
          "title": "直前に価格更新関数をデプロイした",
          "pieces": [
            {
              "kind": "bullet",
              "text": "新しいバージョンから失敗が始まっていれば、価格更新関数を「ロールバック」します。そうでなければロールバックは効きません。"
            }
          ]
        }
      ],
      "impact": [
        {
          "kind": "text",
          "text": "最初の5分間はお客様への影響はありません。その後は古い価格であることを示して返し、 `/health` は `degraded` になります。1時間を超えると価格を返せなくなります。もう一方の取得元が代わりに応答している間、価格は新しいままですが、24時間の変動率は含まれません。"
        }
      ],
      "communication": [
        {
          "kind": "text",
          "text": "取得元の発表内容と、状況を追える場所をスレッドに書きます。お客様にはAPIの `/status` が自動で伝えます。長引く場合にそれ以外の案内をするかどうかは、マネジメントが判断します。"
        }
      ],
      "escalation": [
        {
          "kind": "text",
          "text": "1時間続いたとき、または保存済みの価格が1時間より古くなったときは、開発チームが引き継ぎます。詳しくは [エスカレーションのレベル](escalation.md) をご覧ください。"
        }
      ]
    },
    "DynamoDBThrottleAlarm": {
      "intro": [
        {
          "kind": "text",
          "text": "**High** `crypto-watch-data` への要求が、1分間に1件でもスロットリングされるか失敗したときに鳴ります。"
        }
      ],
      "firstSteps": [
        {
          "kind": "step",
          "text": "読み取りと書き込みのどちらか、そのためにAPI呼び出しが失敗しているかを確認します。"
        },
        {
          "kind": "command",
          "text": "aws logs tail /aws/lambda/crypto-watch-api-function --since 30m --filter-pattern ProvisionedThroughputExceededException\naws logs tail /aws/lambda/crypto-watch-price-update-function --since 30m --filter-pattern ProvisionedThroughputExceededException"
        },
        {
          "kind": "step",
          "text": "特定のAPIキーが突出していればホットパーティションです。そのクライアントを調べます。"
        },
        {
          "kind": "step",
          "text": "続くようなら、テーブルがオンデマンドのままかを確認し、制限になっている値を上げます。"
        },
        {
          "kind": "command",
          "text": "aws dynamodb describe-table --table-name crypto-watch-data --query 'Table.[BillingModeSummary,ProvisionedThroughput,TableStatus]'"
        },
        {
          "kind": "step",
          "text": "影響の広がりを確認します。失敗したAPI呼び出しの割合、いつからか、応答がどれだけ遅くなったかを見ます。"
        }
      ],
      "cases": [
        {
          "branch": "peak",
          "title": "一時的な山",
          "pieces": [
            {
              "kind": "bullet",
              "text": "関数が自動で再試行し、APIもしばらくはメモリ上の価格を返します。様子を見るだけで十分です。"
            }
          ]
        },
        {
          "branch": "hot-partition",
          "title": "ホットパーティション",
          "pieces": [
            {
              "kind": "bullet",
              "text": "1つのクライアント（アクセスログの `keyId` ）が突出しているなら、プランを下げるか、漏えいしたキーなら「APIキーを無効にする」を押します。詳しくは [よくある問題](common-problems.md) をご覧ください。"
            },
            {
              "kind": "command",
              "text": "aws logs tail /aws/apigateway/crypto-watch-api --since 15m --format short"
            }
          ]
        },
        {
          "branch": "capacity",
          "title": "アクセスの増加に追いついていない",
          "pieces": [
            {
              "kind": "bullet",
              "text": "オンデマンド（ `PAY_PER_REQUEST` ）なら、過去のピークの2倍まで、30分ほどで自動的に広がります。"
            },
            {
              "kind": "bullet",
              "text": "それ以外の値は手作業で変更されたものです。オンデマンドに戻すか、戻さない事情があれば、プロビジョニング済みキャパシティを増やします。"
            },
            {
              "kind": "command",
              "text": "aws dynamodb update-table --table-name crypto-watch-data --billing-mode PAY_PER_REQUEST"
            }
          ]
        },
        {
          "branch": "recurring",
          "title": "繰り返し起きる",
          "pieces": [
            {
              "kind": "bullet",
              "text": "開発チームが読み取り方を見直します。テーブルのキー、関数内のキャッシュ、DAXの導入が候補です。"
            }
          ]
        }
      ],
      "impact": [
        {
          "kind": "text",
          "text": "一部の応答が遅くなり、失敗することもあります。APIはメモリ上の価格を返せるため、短時間のスロットリングに実害はありません。価格更新関数が書き込めない状態が続くと、価格が古くなります。"
        }
      ],
      "communication": [
        {
          "kind": "text",
          "text": "読み取りと書き込みのどちらか、どのクライアントが目立つかをスレッドに書きます。"
        }
      ],
      "escalation": [
        {
          "kind": "text",
          "text": "30分続いたとき、またはAPI呼び出しの5%を超えて失敗しているときは、開発チームに引き継ぎます。詳しくは [エスカレーションのレベル](escalation.md) をご覧ください。"
        }
      ]
    },
    "PricesStaleAlarm": {
      "intro": [
        {
          "kind": "text",
          "text": "**High** 最新の価格が1時間より古いか、価格の古さが10分間記録されないときに鳴ります。"
        }
      ],
      "firstSteps": [
        {
          "kind": "step",
          "text": "更新関数が動いているか、最後に何を記録したかを確認します。"
        },
        {
          "kind": "command",
          "text": "aws logs tail /aws/lambda/crypto-watch-price-update-function --since 30m"
        },
        {
          "kind": "step",
          "text": "動いていて取得元で失敗しているなら取得元のアラームの手順へ。ほかで失敗しているならエラーを読みます。"
        },
        {
          "kind": "step",
          "text": "直前に更新関数をデプロイしたのなら、それをロールバックします。APIのロールバックは効きません。"
        }
      ],
      "cases": [
        {
          "branch": "external-api",
          "title": "動いているが、取得元で失敗している",
          "pieces": [
            {
              "kind": "bullet",
              "text": "[ExternalApiErrorAlarm](ExternalApiErrorAlarm.md) の手順に移ります。もう一方の取得元が代わりに使われなかった理由は、ログに残っています。"
            }
          ]
        },
        {
          "branch": "code",
          "title": "動いているが、ほかで失敗している",
          "pieces": [
            {
              "kind": "bullet",
              "text": "テーブルに書き込めないなら [DynamoDBThrottleAlarm](DynamoDBThrottleAlarm.md) の手順に移ります。それ以外は開発チームに引き継ぎます。"
            },
            {
              "kind": "command",
              "text": "aws logs tail /aws/lambda/crypto-watch-price-update-function --since 30m --filter-pattern ERROR"
            }
          ]
        },
        {
          "branch": "not-running",
          "title": "動いていない",
          "pieces": [
            {
              "kind": "bullet",
              "text": "スケジュールの `State` は `ENABLED` のはずです。失敗した呼び出しは `crypto-watch-undelivered` に残っています。"
            },
            {
              "kind": "command",
              "text": "aws scheduler get-schedule --name crypto-watch-price-update-function"
            }
          ]
        },
        {
          "branch": "after-deployment",
          "title": "直前に価格更新関数をデプロイした",
          "pieces": [
            {
              "kind": "bullet",
              "text": "デプロイ以降に失敗している、またはまったく動いていないなら、価格更新関数を「ロールバック」します。"
            }
          ]
        }
      ],
      "impact": [
        {
          "kind": "text",
          "text": "お客様には価格の代わりに、 `Retry-After` を付けた503が返ります。続いて鳴る [ApiGateway5xxAlarm](ApiGateway5xxAlarm.md) はこのインシデントに加わり、改めて呼び出しは行いません。"
        }
      ],
      "communication": [
        {
          "kind": "text",
          "text": "お客様には、APIの `/status` がインシデントの記録をもとに自動で伝えます。最後に価格が届いた時刻をスレッドに書きます。"
        }
      ],
      "escalation": [
        {
          "kind": "text",
          "text": "30分続いたときは、開発チームに引き継ぎます。詳しくは [エスカレーションのレベル](escalation.md) をご覧ください。"
        }
      ]
    }
  }
}
