/** Whose numbers they are, and how many of how many. */
export interface Share {
  count: string
  total: string
  whose?: string
}

const most = ({ count, total }: Share): string => `${count} of ${total}`

/** How an attempt ended, by the case of the runbook that it speaks for. */
const attempts: Readonly<Record<string, string>> = {
  '429': 'were answered 429',
  '503': 'were answered 5xx',
  timeout: 'got no answer',
  '401': 'were refused',
}

const errors: Readonly<Record<string, string>> = {
  'external-api': 'speak of the price source',
  table: 'come from the prices table',
  timeout: 'are time-outs',
}

const ofCase = (all: Readonly<Record<string, string>>, branch: string): string => all[branch] ?? `are of ${branch}`

/** Why the evidence speaks for a case of the runbook, as half a sentence. */
export const branch = {
  deployed: (version: string, gap: string) => `v${version} was deployed ${gap}`,
  attempts: (id: string, share: Share) =>
    `most failed attempts at ${share.whose ?? '?'}, ${most(share)}, ${ofCase(attempts, id)}`,
  statuses: (status: string, share: Share) => `most failed requests, ${most(share)}, were ${status}`,
  errors: (id: string, share: Share) => `most errors, ${most(share)}, ${ofCase(errors, id)}`,
  requestsOfAKey: (share: Share) => `most requests, ${most(share)}, came with key ${share.whose ?? '?'}`,
  /** In the message, with the first thing to do about it. */
  likely: (title: string, why: string, first: string) => `*Likely case: ${title}* (${why}). ${first}`,
  /** In the runbook, above the cases. */
  likelyFirst: (why: string) => `The first case is the likely one: ${why}.`,
}
