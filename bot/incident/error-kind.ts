/** Where an error of the API comes from, by the words of its log. */
export type ErrorKind = 'external-api' | 'table' | 'timeout' | 'code'

/** The first that fits; what none fits is our own code, such as a table of another name. */
const kinds: readonly { kind: ErrorKind; words: RegExp }[] = [
  { kind: 'timeout', words: /\bTask timed out\b/ },
  {
    kind: 'table',
    words: /\b(?:ProvisionedThroughputExceeded|RequestLimitExceeded|Throttling|InternalServerError)(?:Exception)?\b/,
  },
  { kind: 'external-api', words: /\bExternal API\b|\bcoingecko\b|\bcoinbase\b|\bprice source\b/i },
]

export const kindOf = (sample: string): ErrorKind => kinds.find(({ words }) => words.test(sample))?.kind ?? 'code'
