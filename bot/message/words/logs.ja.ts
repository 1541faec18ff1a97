import type { Words } from '../words.ts'

const counted = (n: number): string => n.toLocaleString('en-US')

export const logs: Words['logs'] = {
  topErrors: '*主なエラー*',
  noErrors: (since) => `*主なエラー:* ${since} 以降のログにはありません`,
  error: ({ count, isLeast, isWarning, sample, function: name, versions, first }) =>
    `${counted(count)}回${isLeast ? '以上' : ''} ${sample}（${isWarning ? '警告、' : ''}${name}${versions ? ` ${versions}` : ''}、最初は${first}）`,
  impact: ({ failed, total, share, since, until }) => {
    const span = until === undefined ? `${since} から` : `${since} から ${until} まで（読み取れた範囲）`
    if (failed === 0) return `*影響:* ${span}${counted(total)}件のリクエストに失敗なし`
    return `*影響:* ${span}${counted(total)}件中${counted(failed)}件のリクエストが失敗（${share}）`
  },
  endpoint: (resource, failed, total) => `${resource} ${counted(total)}件中${counted(failed)}件`,
  noRoute: '存在しないパス',
  limited: (key, count) => `${key === undefined ? 'キーなし' : `キー ${key}`} ${counted(count)}回`,
  refused: (keys) => `429を返した相手：${keys.join('、')}`,
  details: (impact, endpoints, refused) => `${impact}：${[endpoints, refused].filter(Boolean).join('／')}`,
  links: { insights: 'Logs Insights', traces: 'X-Ray', dashboard: 'ダッシュボード' },
}
