import type { StatusAnswer, StatusIncident } from './schemas.ts'

export type StatusLanguage = 'en' | 'ja'

interface StatusWords {
  title: string
  summary: Record<StatusAnswer['status'], string>
  noPrices: string
  inMaintenance: string
  maintenance: { title: string; until: string; unknownEnd: string; since: string; expected: string; notKnown: string }
  /** What an alarm of nobody's list may mean for customers. */
  affects: (service: string) => string
  /** What people have reported to be wrong, and no alarm sees. */
  mayBeWrong: string
  now: string
  nothingNow: string
  notKnown: string
  recent: string
  nothingRecent: string
  newestPrice: string
  none: string
  since: string
  lastUpdate: string
  ended: string
  checked: string
  state: Record<StatusIncident['state'], string>
}

export const statusWords: Record<StatusLanguage, StatusWords> = {
  en: {
    title: 'Status of the price API',
    summary: {
      operational: 'Everything works.',
      degraded: 'Prices are served, with a problem that we know of.',
      disrupted: 'Some or all requests for prices fail.',
      unknown: 'Prices are served. Whether there is a known problem cannot be told at the moment.',
    },
    noPrices: 'No prices are served, because the newest ones are too old.',
    inMaintenance: 'No prices are served, because the service is in maintenance.',
    maintenance: {
      title: 'Maintenance',
      until: 'We have stopped answering requests for prices while we mend a problem. Please try again later.',
      unknownEnd:
        'We have stopped answering requests for prices while we mend a problem. We cannot say yet when prices will be back.',
      since: 'since',
      expected: 'expected until',
      notKnown: 'not known yet',
    },
    affects: (service) =>
      service === 'updater' ? 'Prices may be older than usual.' : 'Requests for prices may fail or take longer.',
    mayBeWrong: 'Some answers may be wrong.',
    now: 'Now',
    nothingNow: 'There is no open incident.',
    notKnown: 'The record of incidents cannot be read at the moment.',
    recent: 'Ended within the last 24 hours',
    nothingRecent: 'Nothing.',
    newestPrice: 'Newest price',
    none: 'none',
    since: 'since',
    lastUpdate: 'last update',
    ended: 'ended',
    checked: 'As of',
    state: {
      investigating: 'We are looking into it',
      'being-worked-on': 'We are working on it',
      recovering: 'It is recovering',
      resolved: 'Solved',
    },
  },
  ja: {
    title: '価格APIの稼働状況',
    summary: {
      operational: '正常に稼働しています。',
      degraded: '価格は提供していますが、問題を把握し対応しています。',
      disrupted: '価格の取得の一部または全部が失敗しています。',
      unknown: '価格は提供しています。障害の有無は現在確認できません。',
    },
    noPrices: '最新の価格が古すぎるため、価格を提供していません。',
    inMaintenance: 'メンテナンス中のため、価格を提供していません。',
    maintenance: {
      title: 'メンテナンス中',
      until: '問題に対応するため、価格の提供を一時的に停止しています。時間をおいて再度お試しください。',
      unknownEnd: '問題に対応するため、価格の提供を一時的に停止しています。再開の時刻はまだお知らせできません。',
      since: '開始',
      expected: '終了予定',
      notKnown: '未定',
    },
    affects: (service) =>
      service === 'updater'
        ? '価格がふだんより古い場合があります。'
        : '価格の取得が失敗したり、時間がかかったりする場合があります。',
    mayBeWrong: '一部の応答が正しくない可能性があります。',
    now: '現在',
    nothingNow: '発生中の障害はありません。',
    notKnown: '障害の記録を現在読み込めません。',
    recent: '24時間以内に解消した障害',
    nothingRecent: 'ありません。',
    newestPrice: '最新の価格',
    none: 'なし',
    since: '発生',
    lastUpdate: '最終更新',
    ended: '解消',
    checked: '確認時刻',
    state: {
      investigating: '調査しています',
      'being-worked-on': '対応しています',
      recovering: '回復を確認しています',
      resolved: '解消しました',
    },
  },
}
