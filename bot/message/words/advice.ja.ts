import type { Met } from '../../incident/rollback-advice.ts'
import type { Words } from '../words.ts'

const marks: Record<Met, string> = { met: '✓ 該当', 'not-met': '✗ 非該当', 'not-known': '? 不明' }

export const advice: Words['advice'] = {
  title: '*ランブックのロールバック基準*',
  criterion: {
    'just-deployed': ({ minutesAfter, waitMinutes, taken }) => {
      if (minutesAfter === undefined) return 'デプロイから10分以内のアラーム'
      const came = `デプロイ完了の${minutesAfter}分後にアラーム発生（10分以内で該当）`
      if (taken) return `${came}、CodeDeployが自動で取り消し済みまたは取り消し中`
      return waitMinutes === undefined ? came : `${came}、自動ロールバックをあと${waitMinutes}分待つ`
    },
    errors: ({ percent, calls, least }) => {
      if (percent !== undefined) return `直近3分のエラー率${percent}、呼び出し${calls}回（3%以上で該当）`
      return `直近3分のエラー率（3%以上で該当）${calls === undefined ? '' : `：呼び出しが${calls}回のみ、判定には${least}回必要`}`
    },
    p95: ({ now, before }) => {
      if (now !== undefined && before !== undefined) return `p95は${now}、デプロイ前24時間は${before}（2倍以上で該当）`
      return `デプロイ前24時間と比べたp95（2倍以上で該当）${now === undefined ? '' : `：現在${now}`}`
    },
    complaints: ({ count }) =>
      count === undefined ? 'お客様からの問い合わせの増加' : `お客様からの問い合わせ${count}件（増えていれば該当）`,
  },
  marked: (is, told) => `${marks[is]}：${told}`,
  advises: (met) => `*ランブックはロールバックを勧めています:* ${met.join('；')}。`,
  waits: (why, met) =>
    `*ランブックではまず待ちます:* ${why}。${met.length > 0 ? `すでに該当：${met.join('；')}。` : ''}`,
  advisesNot: (known) => `*ランブックのロールバック基準に該当するものはまだありません:* ${known.join('；')}。`,
}
