import type { RemedyWords } from './facts-remedy.ts'

const states: Record<string, string> = { enabled: '有効', disabled: '無効', none: 'キーなし' }
const stateOf = (shown: string): string => states[shown] ?? shown

export const keyRemedies = {
  'disable-key': {
    button: 'APIキーを無効にする',
    undo: '取り消す：APIキーの無効化',
    title: 'APIキーを無効にする',
    setting: 'APIキー',
    value: stateOf,
    inForce: (shown) => `APIキーが${stateOf(shown)}になっています`,
    customers: 'このキーを使うリクエストはすべて403で拒否されます。ほかのお客様に影響はありません。',
    provenBy: '10分以内に、ゲートウェイがこのキーを拒否すること。',
    proven: () => 'ゲートウェイがこのキーを拒否しています',
  },
  'new-key': {
    button: '新しいAPIキーを発行する',
    undo: '取り消す：新しいAPIキーの発行',
    title: '新しいAPIキー',
    setting: '新しいAPIキー',
    value: stateOf,
    inForce: (shown) => `新しいAPIキーが${stateOf(shown)}になっています`,
    customers: 'お客様は新しいキーを受け取り次第、再び価格を取得できます。古いキーは無効のままです。',
    provenBy: '10分以内に、ゲートウェイが新しいキーを受け付けること。',
    proven: () => 'ゲートウェイが新しいキーを受け付けています',
  },
  'raise-concurrency': {
    button: '同時実行数を引き上げる',
    undo: '取り消す：同時実行数の引き上げ',
    title: '同時実行数を引き上げる',
    setting: 'APIの予約済み同時実行数',
    value: (shown) => `${shown}件`,
    inForce: (shown) => `APIは同時に${shown}件まで実行できます`,
    customers: '処理できる上限を超えて503で拒否されていたリクエストに、応答できるようになります。',
    provenBy: '15分以内に、拒否される呼び出しが数分間なくなること。',
    proven: () => '数分間、呼び出しは拒否されていません',
  },
} as const satisfies Record<string, RemedyWords>
