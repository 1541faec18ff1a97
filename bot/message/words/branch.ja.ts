import type { Words } from '../words.ts'
import type { Share } from './branch.en.ts'

const most = ({ count, total }: Share): string => `${total}件中${count}件`

const attempts: Readonly<Record<string, string>> = {
  '429': 'の応答が429だった',
  '503': 'の応答が5xxだった',
  timeout: 'に応答がなかった',
  '401': 'が拒否された',
}

const errors: Readonly<Record<string, string>> = {
  'external-api': '価格提供元に関するもの',
  table: '価格テーブルによるもの',
  timeout: 'タイムアウト',
}

/** Each half sentence can be followed by ため, “because”. */
export const branch: Words['branch'] = {
  deployed: (version, gap) => `v${version}が${gap}にデプロイされている`,
  attempts: (id, share) =>
    `${share.whose ?? '?'}への失敗した呼び出し${most(share)}${attempts[id] ?? `が「${id}」だった`}`,
  statuses: (status, share) => `失敗したリクエスト${most(share)}が${status}だった`,
  errors: (id, share) => `エラー${most(share)}が${errors[id] ?? `「${id}」`}だった`,
  requestsOfAKey: (share) => `リクエスト${most(share)}がキー ${share.whose ?? '?'} によるものだった`,
  likely: (title, why, first) => `*可能性の高いケース：${title}*（${why}ため）。${first}`,
  likelyFirst: (why) => `${why}ため、可能性の高いケースを先頭に表示しています。`,
}
