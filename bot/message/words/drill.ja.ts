import type { Words } from '../words.ts'

export const drill: Words['drill'] = {
  mark: (text) => `【訓練】${text}`,
  lines: (by, at, ends) => [
    `*これは訓練です。* ${by} が開始しました（${at}）。実際の障害はなく、ここでボタンを押してもSlackの外には影響しません。`,
    `実際の障害と同じように対応してください。誰かが「解決にする」を押すか、${ends} に自動で終了します。`,
  ],
  wasLine: (by, at) => `*これは訓練でした。* ${by} が開始しました（${at}）。統計には含めません。`,
  endedAlone: (minutes) => `訓練の上限である${minutes}が過ぎたため、自動で終了しました。`,
  button: '訓練を始める',
  sure: {
    title: '訓練を始めますか？',
    text: '実際の障害と同じように、アラートのチャンネルでオンコール担当を呼び出します。すべてのメッセージに訓練と表示されます。',
    yes: '始める',
    no: 'やめる',
  },
  windowTitle: '訓練',
  started: (id, channel) => `訓練を始めました：${channel} の ${id}。そこでオンコール担当を呼び出しています。`,
  answers: {
    'drill-on': 'すでに訓練中です。誰かが「解決にする」を押すか、開始から30分で自動的に終了します。',
    'only-a-drill': 'これは訓練です。実際の変更やお客様への案内はできないため、何も行っていません。',
  },
}
