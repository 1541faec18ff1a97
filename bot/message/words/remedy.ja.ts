import type { RemedyRefusal } from '../../incident/remedy.ts'
import type { RemedyName } from '../../remedy/remedies.ts'
import type { NotYet } from '../../remedy/remedy.ts'
import type { Words } from '../words.ts'
import type { RemedyAnswer, RemedyWords } from './facts-remedy.ts'
import { keyRemedies } from './key-remedies.ja.ts'
import { maintenanceRemedy } from './maintenance.ja.ts'

const each: Record<RemedyName, RemedyWords> = {
  'update-less-often': {
    button: '更新を10分ごとにする',
    undo: '取り消す：10分ごとの更新',
    title: '更新間隔を延ばす',
    setting: '価格の更新間隔',
    value: (shown) => `${shown}分ごと`,
    inForce: (shown) => `価格の更新は${shown}分ごとです`,
    customers:
      '価格は最大10分前のものになります。キャッシュの有効期間（変更していなければ5分）を過ぎた価格には、経過時間とともに「古い価格」の印が付きます。',
    provenBy: '35分以内に、約10分の間隔で更新が2回届くこと。',
    proven: ({ minutesApart }) => `${minutesApart ?? '?'}分の間隔で更新が届いています`,
  },
  'longer-cache': {
    button: 'キャッシュを10分に延ばす',
    undo: '取り消す：10分のキャッシュ',
    title: 'キャッシュを延ばす',
    setting: '価格を新しいとみなす時間',
    value: (shown) => `${shown}分`,
    inForce: (shown) => `価格を新しいとみなす時間は${shown}分です`,
    customers: '10分前までの価格には「古い価格」の印が付かなくなり、クライアントもその間は価格を保持できます。',
    provenBy: '5分以内に、設定を読み直して確認できること。',
    proven: ({ value }) => `設定を読み直し、${value ?? '?'}分であることを確認しました`,
  },
  'other-provider': {
    button: '第2の価格提供元を優先する',
    undo: '取り消す：第2の価格提供元の優先',
    title: '価格提供元を切り替える',
    setting: '優先する価格提供元',
    value: (shown) => (shown === 'second' ? '第2の提供元' : shown === 'first' ? '第1の提供元' : shown),
    inForce: (shown) =>
      shown === 'second' ? '第2の価格提供元を優先しています' : `優先している価格提供元は ${shown} です`,
    customers:
      '価格は第2の提供元のものになり、24時間の変動率は表示されません。この提供元が扱わない銘柄の価格は更新されません。',
    provenBy: '20分以内に、第2の提供元から新しい価格が届くこと。',
    proven: ({ source }) => `新しい価格が ${source ?? '?'} から届いています`,
  },
  ...keyRemedies,
  'maintenance-mode': maintenanceRemedy,
}

const missing: Record<NotYet, string> = {
  'not-readable': '効果を確かめる情報を読み取れませんでした',
  'no-update': 'その後、新しい価格が届いていません',
  'one-update': 'その後の更新が1回しか届いていません',
  'too-often': '更新がまだこれより短い間隔で届いています',
  'no-price-of-it': '新しい価格がその提供元のものではありません',
  'still-takes-it': 'ゲートウェイがまだこのキーを受け付けています',
  'still-refuses-it': 'ゲートウェイがまだこのキーを拒否しています',
  'still-throttled': 'まだ呼び出しが拒否されています',
  'still-answers': '価格APIがまだ価格を返しています',
}

const refusal: Record<RemedyRefusal, (now: string | undefined) => string> = {
  'already-so': (now) => `すでにその設定${now ? `（${now}）` : ''}のため、変更は不要です。`,
  'settings-unreadable': () => '設定を読み取れませんでした。読み取れない設定は上書きしません。',
  'keys-unreadable': () => 'APIキーを読み取れませんでした。安全に変更できません。',
  'none-reserved': () =>
    'APIには同時実行数が予約されておらず、アカウントの空きをすべて使える状態です。予約すると上限になり、かえって少なくなります。呼び出しが拒否されている場合は、アカウントの上限の引き上げをAWSに申請してください。',
  'no-room': (now) =>
    `アカウントに予約できる空きがありません${now ? `（現在は${now}）` : ''}。上限の引き上げをAWSに申請してください：Service Quotas → AWS Lambda → Concurrent executions`,
  'changed-meanwhile': (now) =>
    `その後、誰かが設定を変更しました${now ? `（現在は${now}）` : ''}。設定はそのままにしています。`,
  'aws-refused': () => 'AWSが変更を拒否しました。',
  'no-answer': () => 'AWSから応答がなく、設定が変わったかどうか分かりません。設定を確認してください。',
}

const answers: Record<RemedyAnswer, string> = {
  'remedy-not-offered': 'この対処が役立つアラームはもう鳴っていません。何も行いませんでした。',
  'remedy-running': 'この変更はすでに進行中です。何も行いませんでした。',
  'remedy-in-force': 'この対処はすでに適用されています。何も行いませんでした。',
  'remedy-not-in-force': 'この対処は適用されていないため、取り消すものがありません。何も行いませんでした。',
  'too-many-remedies': 'このインシデントに記録できる変更の数を超えています。何も行いませんでした。',
  'key-not-yours': '新しいキーは、発行を依頼した人にだけ表示します。',
  'key-already-shown':
    'このキーはすでに表示しました。表示は一度だけです。控えていない場合は、発行を取り消して、もう一度発行してください。',
  'version-going-back':
    '現在、前のバージョンに戻しています。価格が返ることで効果を確かめるため、何も行いませんでした。数分後にもう一度押してください。',
  'maintenance-on':
    'メンテナンスモード中のため、何も行いませんでした。価格APIが応答しない間は効果を確かめられません。先にメンテナンスモードを解除してください。',
}

export const remedy: Words['remedy'] = {
  named: (text, label) => `${text}（${label}）`,
  each,
  missing,
  refusal,
  answers,
  modal: {
    loading: '現在の状態を読み取っています。数秒かかります。',
    submit: '適用する',
    undoSubmit: '取り消す',
    change: (setting, from, to) => `*${setting}:* ${from} → ${to}`,
    customers: (what) => `*お客様への影響:* ${what}`,
    provenBy: (what) => `*効果の確認:* ${what}`,
    undoing: (from) =>
      `*取り消し:* インシデントのメニューから、終了後でも「${from}」に戻せます。インシデントが終わっても自動では戻りません。`,
    guarded: '先に誰かが変更していた場合は、何も変更しません。',
    undoProof: '*効果の確認:* この対処で変えた状態のままの場合にだけ、元に戻します。',
    undoCustomers: '*お客様への影響:* 変更前の状態に戻ります。',
  },
  running: ({ what, by, since }) => `▸ ${what}（${by} が ${since} に依頼）`,
  undoRunning: ({ what, by, since }) => `▸ 取り消し中：${what}（${by} が ${since} に依頼）`,
  inForce: ({ what, by, since }, proof) => {
    const told = {
      proven: `確認済み：${proof.text}。`,
      waits: '効果を確認しています。それまでインシデントは自動では終わりません。',
      missing: `未確認：${proof.text}。`,
    }
    return `*変更中:* ${what}（${by}、${since} から）。${told[proof.is]}下の操作で取り消せます。`
  },
  stillInForce: ({ what, by, since }) =>
    `*継続中の変更:* ${what}（${by}、${since} から）。インシデントが終わっても元に戻していません。下のボタンで取り消せます。`,
  thread: {
    asked: (by, setting, from, to) => `${by} が変更を依頼しました。${setting}：${from} → ${to}`,
    undoAsked: (by, setting, from, to) => `${by} が変更の取り消しを依頼しました。${setting}：${from} → ${to}`,
    applied: (setting, from, to) => `変更しました。${setting}：${from} → ${to}。効果を確認しています。`,
    refused: (setting, by, why) => `${by} が依頼した変更は行いませんでした（${setting}）。${why}`,
    undoRefused: (setting, by, why) => `${by} が依頼した取り消しは行いませんでした（${setting}）。${why}`,
    said: (message) => `AWSの応答：「${message}」`,
    proven: (what, shows, minutes) => `${what}。${minutes}分後に確認しました：${shows}。`,
    notProven: (what, why, minutes) =>
      `${what}。${minutes}分以内に効果を確認できませんでした：${why}。誰かが取り消すまで、この設定のままです。`,
    overtaken: (setting, to, now) =>
      `その後、誰かが設定を変更しました。${setting}：${to} → ${now ?? '?'}。取り消すものはもうありません。`,
    answersAgain: {
      proven: (minutes) =>
        `メンテナンスモードの解除から${minutes}分後に、価格APIが再び価格を返していることを確認しました。`,
      'not-proven': (minutes) =>
        `メンテナンスモードの解除から${minutes}分たちますが、価格APIはまだ価格を返していません。原因を確認してください。`,
    },
    undone: (by, setting, from, to) => `${by} が変更を取り消しました。${setting}：${from} → ${to}`,
  },
}
