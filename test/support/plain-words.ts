type Language = 'en' | 'ja'

/** Names of services, which tell something only to those who use them. */
const wordsOfAws: readonly RegExp[] = [
  /\bLambda\b/i,
  /\bCloudWatch\b/i,
  /\bDynamoDB\b/i,
  /\bSNS\b/,
  /\bSQS\b/,
  /\bAPI ?Gateway\b/i,
  /\bCodeDeploy\b/i,
]

/** The status 503, and no number that happens to hold these digits. */
const unavailable = /(?<![\d,.])503(?![\d,])/

/** Words of those who build and operate the service. Managers and customers read none of them. */
const jargon: Record<Language, readonly RegExp[]> = {
  en: [
    /\balias(es)?\b/i,
    /\bp95\b/i,
    /\b5xx\b/i,
    unavailable,
    /\bMTTR\b/i,
    /\broll(s|ed|ing)?[ -]?back\b/i,
    /\bdeploy(s|ed|ing|ment|ments)?\b/i,
    /\bthrottl\w*/i,
    /\blatenc(y|ies)\b/i,
  ],
  ja: [
    /エイリアス/,
    /p95/i,
    /5xx/i,
    unavailable,
    /MTTR/i,
    /ロールバック/,
    /デプロイ/,
    /スロットリング|スロットル/,
    /レイテンシ/,
  ],
}

/** The words in a text that its readers would not know. A Japanese text must be free of the English ones too. */
export const jargonIn = (text: string, language: Language): string[] => [
  ...new Set(
    [...wordsOfAws, ...jargon.en, ...(language === 'ja' ? jargon.ja : [])].flatMap(
      (word) => word.exec(text)?.[0] ?? [],
    ),
  ),
]
