import type { Language } from './format.ts'

/** What is needed to say in plain words what Slack would draw for each reader. */
export interface PlainPlace {
  language: Language
  /** The IANA zone whose clock the readers go by; UTC stands behind it. */
  zone: string
  /** What people are called, by user id. */
  names: ReadonlyMap<string, string>
  /** What groups of people are called, by the id of their group. */
  groups: ReadonlyMap<string, string>
  /** For a person and for a group that nobody knows by name. */
  someone: string
  team: string
}

const userMention = /<@([A-Z0-9_]+)(?:\|[^>]*)?>/g

/** The people that mrkdwn mentions, by user id. */
export const mentionsIn = (mrkdwn: string): string[] => [
  ...new Set([...mrkdwn.matchAll(userMention)].flatMap(([, id]) => id ?? [])),
]

/**
 * Our mrkdwn as plain text: bold and code lose their marks, a link shows its address, a Slack date is written out, and
 * people are called by name. What came from outside loses its entities last, so that it is never taken for a mark.
 */
export function plainTextOf(mrkdwn: string, place: PlainPlace): string {
  const { names, groups, someone, team } = place
  return mrkdwn
    .split(/(```[\s\S]*?```|`[^`\n]*`)/)
    .map((piece, index) => (index % 2 === 1 ? piece.replace(/^`+|`+$/g, '') : withoutBold(piece)))
    .join('')
    .replace(/<!date\^(\d+)\^[^>]*>/g, (_, seconds: string) => timeText(Number(seconds) * 1000, place))
    .replace(userMention, (_, id: string) => names.get(id) ?? someone)
    .replace(/<!subteam\^([A-Z0-9]+)[^>]*>/g, (_, id: string) => groups.get(id) ?? team)
    .replace(/<(https?:[^|>]+)\|([^>]*)>/g, '$2: $1')
    .replace(/<(https?:[^>]+)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

/** Only labels at the beginning of a line are bold in what we write. */
const withoutBold = (text: string): string => text.replace(/^(• )?\*(?=\S)([^*\n]+?)\*/gm, '$1$2')

const locales: Record<Language, string> = { en: 'en-GB', ja: 'ja-JP' }
const joined: Record<Language, (local: string, zone: string, utc: string) => string> = {
  en: (local, zone, utc) => `${local} (${zone}), ${utc} UTC`,
  ja: (local, zone, utc) => `${local}（${zone}、UTCでは${utc}）`,
}

/** A moment by the clock of the zone and by UTC, as in `23 Nov 2026, 12:00 (Asia/Tokyo), 03:00 UTC`. */
export function timeText(at: number, { language, zone }: Pick<PlainPlace, 'language' | 'zone'>): string {
  const clock = (timeZone: string) => {
    const day = new Intl.DateTimeFormat(locales[language], { timeZone, dateStyle: 'medium' }).format(at)
    const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at)
    return { day, time, both: language === 'ja' ? `${day} ${time}` : `${day}, ${time}` }
  }
  const local = clock(zone)
  const utc = clock('UTC')
  // Around midnight the day differs too, and only then it is worth its room.
  return joined[language](local.both, zone, utc.day === local.day ? utc.time : utc.both)
}
